import GRDB
import HTTPTypes

extension RequestHandler {
    /// Answers `accounts?fetchXml=…`.
    func respond(fetchXML text: String, _ table: TableSchema) throws -> EmulatorResponse {
        guard request.method == .get else { throw notAllowed }
        let query = try FetchQuery(text)
        var translator = try FetchTranslator(query, table: table, context: context)
        let total = query.wantsTotal ? try translator.tabular.count(db) : nil
        let size = min(query.top ?? query.count ?? preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        // Rows are found again by their number where each row of the table is in the result once.
        let hasStableRows = !query.isAggregate && !query.isDistinct && !translator.hasLinks
        let cookie = try query.pagingCookie.map { try FetchCookie($0, orderCount: translator.order.count) }
        if hasStableRows { translator.page(after: cookie?.token) }
        let offset = cookie?.token == nil || !hasStableRows ? (query.page - 1) * size : 0
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
        json.endObject()
        return applied(EmulatorResponse(.ok, body: json.bytes))
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
