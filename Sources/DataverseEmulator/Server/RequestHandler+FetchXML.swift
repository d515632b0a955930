import GRDB
import HTTPTypes
import ODataCore
import ODataQuery

extension RequestHandler {
    /// Answers `accounts?fetchXml=…`.
    ///
    /// - Parameter isView: Whether the query is a stored one, whose pages have links instead of paging cookies.
    func respond(fetchXML text: String, _ table: TableSchema, isView: Bool = false) throws -> EmulatorResponse {
        guard request.method == .get else { throw notAllowed }
        let query = try FetchQuery(text)
        var translator = try FetchTranslator(query, table: table, context: context)
        if query.isAggregate, let limit = query.aggregateLimit,
            try translator.tabular.sourceCount(upTo: limit + 1, db) > limit
        {
            throw ServiceError(
                status: 400,
                code: "0x8004E023",
                message: "AggregateQueryRecordLimit exceeded. Cannot perform this operation."
            )
        }
        let total = query.wantsTotal ? try translator.tabular.count(db) : nil
        let size = min(query.top ?? query.count ?? preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        // Rows are found again by their number where each row of the table is in the result once.
        let hasStableRows = !query.isAggregate && !query.isDistinct && !translator.repeatsRows
        let cookie = try query.pagingCookie.map { try FetchCookie($0, orderCount: translator.order.count) }
        let skipToken = isView ? try options.skipToken.map { try SkipToken($0, orderCount: 0) } : nil
        if hasStableRows { translator.page(after: cookie?.token) }
        let offset =
            skipToken?.delivered ?? (cookie?.token == nil || !hasStableRows ? (query.page - 1) * size : 0)
        translator.limit(query.top == nil ? size + 1 : size, offset: offset)
        var rows = try translator.tabular.rows(db)
        let hasMore = rows.count > size
        if hasMore { rows.removeLast() }

        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL(table.entitySetName))
        if let total, preferences.includes("Microsoft.Dynamics.CRM.totalrecordcount") {
            json.name("@Microsoft.Dynamics.CRM.totalrecordcount")
            json.raw(String(min(total, limits.count ?? total)))
            json.name("@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded")
            json.raw(limits.count.map { total > $0 } ?? false ? "true" : "false")
        }
        if preferences.includes("Microsoft.Dynamics.CRM.morerecords") {
            json.name("@Microsoft.Dynamics.CRM.morerecords")
            json.raw(hasMore ? "true" : "false")
        }
        if hasMore, preferences.includes("Microsoft.Dynamics.CRM.fetchxmlpagingcookie") {
            var token: SkipToken?
            if hasStableRows, let last = rows.last?.suffix(translator.tabular.extra.count),
                let number = last.last.flatMap({ Int64.fromDatabaseValue($0) })
            {
                token = SkipToken(values: Array(last.dropLast()), row: number, delivered: query.page * size)
            }
            json.member(
                "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie",
                FetchCookie.annotation(page: query.page, token: token)
            )
        }
        json.name("value")
        translator.tabular.write(rows, formatted: writer.annotations.formattedValues, into: &json)
        if isView, hasMore {
            json.member("@odata.nextLink", nextLink(SkipToken(values: [], row: 0, delivered: offset + rows.count)))
        }
        json.endObject()
        return applied(EmulatorResponse(.ok, body: json.bytes))
    }

    /// Answers `accounts?savedQuery=…` and `accounts?userQuery=…`: runs the query of a view.
    ///
    /// Source: Dataverse Web API, "Retrieve and execute predefined queries".
    func respond(view option: CustomOption, _ table: TableSchema) throws -> EmulatorResponse {
        let type = option.name.lowercased()
        guard let views = schema.table(ofType: type) else {
            throw ServiceError.unsupported("the option '\(option.name)': the metadata has no table '\(type)'")
        }
        guard let key = views.key.first, views.key.count == 1,
            let id = option.value?.filter({ $0 != "{" && $0 != "}" }),
            let column = views.column(key), let stored = column.type.stored(Value.string(id))
        else { throw ServiceError.badQuery("'\(option.value ?? "")' is not the identifier of a view.") }
        let view = try store.locate(RowKey(table: views, values: [(key, stored)]))
        let values = try store.values(["fetchxml", "returnedtypecode"].filter { views.column($0) != nil }, of: view)
        guard let query = values.first.flatMap({ String.fromDatabaseValue($0) }) else {
            throw ServiceError.badQuery("The view has no 'fetchxml'.")
        }
        return try respond(fetchXML: query, table, isView: true)
    }
}

/// The paging cookie of FetchXML: where the last page ended.
struct FetchCookie {
    let token: SkipToken?

    /// - Throws: ``ServiceError`` with status 400 if the text is no cookie of the emulator's.
    init(_ text: String, orderCount: Int) throws {
        let element = try XMLElement.parse(text)
        guard element.name == "cookie" else { throw ServiceError.badQuery("The paging cookie is malformed.") }
        token = try element.children(named: "row").first?.attributes["last"].map {
            try SkipToken($0, orderCount: orderCount)
        }
    }

    /// The annotation of a response: the cookie is encoded twice in it, as Dataverse does.
    static func annotation(page: Int, token: SkipToken?) -> String {
        let row = token.map { "<row last=\"\($0.text)\" />" } ?? ""
        let cookie = PercentEncoding.segment(PercentEncoding.segment("<cookie page=\"\(page)\">\(row)</cookie>"))
        return "<cookie pagenumber=\"\(page + 1)\" pagingcookie=\"\(cookie)\" istracking=\"False\" />"
    }
}
