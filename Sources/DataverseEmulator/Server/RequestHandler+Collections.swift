import GRDB
import HTTPTypes
import ODataQuery

extension RequestHandler {
    func respond(collection table: TableSchema, _ membership: RequestTarget.Membership?) throws -> EmulatorResponse {
        for option in options.custom {
            switch option.name {
            case "fetchXml" where membership == nil: return try respond(fetchXML: option.value ?? "", table)
            case "sql" where membership == nil: return try respond(sql: option.value ?? "", table)
            case "savedQuery" where membership == nil, "userQuery" where membership == nil:
                return try respond(view: option, table)
            case "fetchXml", "sql", "savedQuery", "userQuery":
                throw ServiceError.unsupported("'\(option.name)' on a collection of a row")
            default: break
            }
        }
        switch request.method {
        case .get:
            if membership == nil, tracksChanges { return try listChanges(table) }
            if let apply = options.apply { return try respond(apply: apply, table, membership) }
            return try list(table, membership)
        case .post:
            let body = try request.object()
            let location: RowLocation
            if let membership {
                location = try store.createMember(body, of: membership.collection, owner: membership.owner)
            } else {
                location = try store.create(body, in: table)
            }
            return try created(location)
        default: throw notAllowed
        }
    }

    // MARK: Listing

    private func list(_ table: TableSchema, _ membership: RequestTarget.Membership?) throws -> EmulatorResponse {
        let plan = try plan(table)
        let scope = try context.scope(for: table)
        let condition = try condition(scope, membership)
        let order = try RowReader.order(options.orderBy, reader.translator(scope))
        let pageSize = min(preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        let token = try options.skipToken.map { try SkipToken($0, orderCount: order.count) }
        let delivered = token?.delivered ?? 0
        let wanted = options.top.map { max(0, $0 - delivered) } ?? Int.max
        var selection = RowReader.Selection()
        var conditions = [condition].compactMap { $0 }
        if let token {
            conditions.append(
                token.condition(order.map { ($0.key, $0.descending) }, row: scope.reference(HiddenColumn.row))
            )
        }
        selection.condition = conditions.isEmpty ? nil : .all(conditions)
        selection.order = order.map(\.sql)
        selection.extra = order.enumerated().map { ("@order\($0.offset)", $0.element.key.fragment) }
        selection.limit = wanted <= pageSize ? wanted : pageSize + 1
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL(plan, single: false))
        if options.count == true { try writeCount(scope, condition, &json) }
        json.name("value")
        json.beginArray()
        let page = try write(plan, scope, selection, upTo: min(wanted, pageSize), &json)
        json.endArray()
        if page.isCut {
            let token = SkipToken(values: page.lastValues, row: page.lastRow, delivered: delivered + page.count)
            json.member("@odata.nextLink", nextLink(token))
        }
        json.endObject()
        return applied(EmulatorResponse(.ok, body: json.bytes))
    }

    /// Writes a page of rows, one row more than it has being in the selection where there is another page.
    private func write(
        _ plan: RowPlan,
        _ scope: QueryScope,
        _ selection: RowReader.Selection,
        upTo limit: Int,
        _ json: inout JSONBuffer
    ) throws -> DirectReader.Page {
        guard !isDirect(plan) else {
            let query = try reader.query(plan, scope, selection)
            let extra = selection.extra.count
            return try DirectReader(db: db).write(query, plan, plan.head, extraCount: extra, limit: limit, into: &json)
        }
        let set = try reader.rows(plan, scope, selection)
        let writer = writer
        for row in set.rows.prefix(limit) { writer.write(row, of: set, into: &json) }
        var page = DirectReader.Page()
        page.count = min(set.rows.count, limit)
        page.isCut = set.rows.count > limit
        guard page.isCut, limit > 0 else { return page }
        let last = set.rows[limit - 1]
        page.lastRow = Int64.fromDatabaseValue(last[RowHead.rowPlace]) ?? 0
        page.lastValues = selection.extra.map { set.value($0.name, of: last) }
        return page
    }

    /// The condition of a request: membership in a collection, and the filter.
    private func condition(_ scope: QueryScope, _ membership: RequestTarget.Membership?) throws -> SQLFragment? {
        var conditions: [SQLFragment] = []
        if let membership { conditions.append(try store.membership(scope, membership)) }
        if let partition = try partitionCondition(scope) { conditions.append(partition) }
        if let filter = options.filter { conditions.append(try reader.translator(scope).predicate(filter)) }
        return conditions.isEmpty ? nil : .all(conditions)
    }

    func nextLink(_ token: SkipToken) -> String {
        let kept = (request.query ?? "").split(separator: "&").filter { option in
            !option.lowercased().hasPrefix("$skiptoken=") && !option.lowercased().hasPrefix("%24skiptoken=")
        }
        return "\(request.root)\(request.path)?\((kept + ["$skiptoken=\(token.text)"]).joined(separator: "&"))"
    }

    // MARK: Counting

    private func writeCount(_ scope: QueryScope, _ condition: SQLFragment?, _ json: inout JSONBuffer) throws {
        let (count, isExceeded) = try count(scope, condition)
        json.name("@odata.count")
        json.raw(String(count))
        guard writer.annotations.totals else { return }
        json.name("@Microsoft.Dynamics.CRM.totalrecordcount")
        json.raw(String(count))
        json.name("@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded")
        json.raw(isExceeded ? "true" : "false")
    }

    private func count(_ scope: QueryScope, _ condition: SQLFragment?) throws -> (count: Int, isExceeded: Bool) {
        var rows: SQLFragment = "SELECT 1 FROM \(try context.source(scope))"
        if let condition { rows = "\(rows) WHERE \(condition)" }
        if let limit = limits.count { rows = "\(rows) LIMIT \(number: limit + 1)" }
        let query: SQLFragment = "SELECT COUNT(*) FROM (\(rows))"
        let count = try Int.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments)) ?? 0
        guard let limit = limits.count, count > limit else { return (count, false) }
        return (limit, true)
    }

    /// `accounts/$count`: the number as plain text.
    func count(_ table: TableSchema, _ membership: RequestTarget.Membership?) throws -> EmulatorResponse {
        if options.apply != nil { throw ServiceError.unsupported("$apply together with /$count") }
        let scope = try context.scope(for: table)
        let number = try count(scope, try condition(scope, membership)).count
        var response = EmulatorResponse(.ok)
        response.body = Array(String(number).utf8)
        response.fields[.contentType] = "text/plain"
        return response
    }

    // MARK: References

    /// The addresses of rows.
    func references(_ table: TableSchema, _ membership: RequestTarget.Membership?) throws -> EmulatorResponse {
        var keysOnly = options
        keysOnly.select = table.key.map { SelectItem(path: [$0]) }
        keysOnly.expand = []
        let plan = try RowPlan(table, options: keysOnly, schema: schema)
        let scope = try context.scope(for: table)
        var selection = RowReader.Selection()
        selection.condition = try condition(scope, membership)
        selection.order = try RowReader.order(options.orderBy, reader.translator(scope)).map(\.sql)
        selection.limit = min(options.top ?? limits.pageSize, limits.pageSize) + 1
        let set = try reader.rows(plan, scope, selection)
        if options.top == nil, set.rows.count > limits.pageSize {
            throw ServiceError.unsupported("more than \(limits.pageSize) references in one response")
        }
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL("Collection($ref)"))
        json.name("value")
        json.beginArray()
        for row in set.rows.prefix(options.top ?? limits.pageSize) {
            json.beginObject()
            json.member("@odata.id", writer.address(of: row, in: set))
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return EmulatorResponse(.ok, body: json.bytes)
    }
}

extension RowStore {
    /// The condition that a row is in a collection of another row.
    func membership(_ scope: QueryScope, _ membership: RequestTarget.Membership) throws -> SQLFragment {
        switch membership.collection.kind {
        case .oneToMany(let lookup):
            let key = try values([lookup.referencedColumn], of: membership.owner)[0]
            let match: SQLFragment = "\(scope.reference(lookup.column)) = \(value: key)"
            guard let type = lookup.typeColumn else { return match }
            let owner = membership.owner.table.logicalName.databaseValue
            return "(\(match) AND \(scope.reference(type)) = \(value: owner))"
        case .manyToMany(let link):
            try context.use(membership.collection)
            let key = try values([link.ownKey], of: membership.owner)[0]
            return """
                \(scope.reference(link.otherKey)) IN (SELECT \(identifier: link.otherColumn) \
                FROM \(identifier: link.table) WHERE \(identifier: link.ownColumn) = \(value: key))
                """
        }
    }
}
