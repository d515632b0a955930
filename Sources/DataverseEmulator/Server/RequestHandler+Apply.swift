import GRDB
import ODataQuery

extension RequestHandler {
    /// Answers a request for rows that `$apply` makes out of those of a table or a collection.
    func respond(
        apply transformations: [Transformation],
        _ table: TableSchema,
        _ membership: RequestTarget.Membership?
    ) throws -> EmulatorResponse {
        guard request.method == .get else { throw notAllowed }
        if !options.expand.isEmpty { throw ServiceError.unsupported("$expand together with $apply") }
        var translator = try ApplyTranslator(table, context: context, aliases: options.aliases) { scope in
            try membership.map { try store.membership(scope, $0) }
        }
        for transformation in transformations { try translator.apply(transformation) }
        if !options.compute.isEmpty { try translator.apply(.compute(options.compute)) }
        if let filter = options.filter { try translator.filter(filter) }
        let total = options.count == true ? try translator.query.count(db) : nil
        if !options.orderBy.isEmpty { try translator.order(options.orderBy) }
        if let select = options.select { try translator.select(select) }

        let token = try options.skipToken.map { try SkipToken($0, orderCount: 0) }
        let delivered = token?.delivered ?? 0
        let wanted = options.top.map { max(0, $0 - delivered) } ?? Int.max
        let size = min(preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        try translator.page(limit: wanted <= size ? wanted : size + 1, offset: delivered)
        var rows = try translator.query.rows(db)
        let isCut = rows.count > size
        if isCut { rows.removeLast() }
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL(table.entitySetName))
        if let total {
            json.name("@odata.count")
            json.raw(String(total))
        }
        json.name("value")
        translator.query.write(rows, formatted: writer.annotations.formattedValues, into: &json)
        if isCut {
            json.member("@odata.nextLink", nextLink(SkipToken(values: [], row: 0, delivered: delivered + rows.count)))
        }
        json.endObject()
        return applied(EmulatorResponse(.ok, body: json.bytes))
    }
}
