import GRDB
import HTTPTypes

extension RequestHandler {
    /// Answers `accounts?sql=SELECT …`.
    func respond(sql text: String, _ table: TableSchema) throws -> EmulatorResponse {
        guard request.method == .get else { throw notAllowed }
        let statement = try SelectParser.statement(text)
        guard statement.table.name.lowercased() == table.logicalName else {
            throw ServiceError.badQuery(
                "The SQL is about '\(statement.table.name)', but was sent to '\(table.entitySetName)'."
            )
        }
        var translator = SelectTranslator(context: context)
        var query = try translator.query(statement)
        let token = try options.skipToken.map { try SkipToken($0, orderCount: 0) }
        let delivered = token?.delivered ?? 0
        let wanted = (statement.top ?? statement.fetch).map { max(0, $0 - delivered) } ?? Int.max
        let size = min(preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        query.limit = wanted <= size ? wanted : size + 1
        query.offset = (statement.offset ?? 0) + delivered
        var rows = try query.rows(db)
        let isCut = rows.count > size
        if isCut { rows.removeLast() }
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL(table.entitySetName))
        json.name("value")
        query.write(rows, formatted: writer.annotations.formattedValues, into: &json)
        if isCut {
            json.member("@odata.nextLink", nextLink(SkipToken(values: [], row: 0, delivered: delivered + rows.count)))
        }
        json.endObject()
        return applied(EmulatorResponse(.ok, body: json.bytes))
    }
}
