import HTTPTypes

/// Some of the rows of a FetchXML query.
public struct FetchXMLPage: Sendable, Hashable {
    /// The rows.
    public let rows: [Record]
    /// The query for the next page, or `nil` after the last one.
    public let next: FetchXML?
}

// Queries that are written as text. Sources: Dataverse Web API, "Use FetchXml with Web API", and the option `sql`.
extension CallContext {
    /// The longest URL that Dataverse takes.
    static let maximumURLLength = 32_768

    /// Reads one page of a FetchXML query.
    func page(of query: FetchXML) -> ODataOperation<FetchXMLPage> {
        requestForPage(of: query).flatMap { request -> ODataOperation<HTTPReply> in
            guard let request else { return .done(HTTPReply(status: .noContent)) }
            return send(request)
        }.map { reply throws(DataverseError) in try reply.page(of: query) }
    }

    /// The request for one page of a FetchXML query.
    func requestForPage(of query: FetchXML) -> ODataOperation<ServiceRequest?> {
        let annotations = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords"
        return entitySetName(of: .table(query.table)).flatMap { set in
            let target = set + QueryText.joined([("fetchXml", query.text)])
            guard service.root.url.utf8.count + 1 + target.utf8.count <= Self.maximumURLLength else {
                return .failed(
                    DataverseError(
                        .invalidRequest,
                        "The FetchXML query is too long for a URL (\(Self.maximumURLLength) characters). Ask for "
                            + "fewer columns, or split its conditions."
                    )
                )
            }
            let headers: HTTPFields = [.prefer: "odata.include-annotations=\"\(annotations)\""]
            return .done(ServiceRequest(.get, target, headers: headers))
        }
    }

    /// Reads all pages of a FetchXML query.
    func allRows(of query: FetchXML, after rows: [Record] = []) -> ODataOperation<[Record]> {
        page(of: query).flatMap { page in
            let rows = rows + page.rows
            guard let next = page.next else { return .done(rows) }
            return allRows(of: next, after: rows)
        }
    }

    /// Reads all rows of a SQL query.
    func allRows(of query: SQLQuery) -> ODataOperation<[Record]> {
        entitySetName(of: .table(query.table)).flatMap { set in
            sqlRows(at: target(of: query, in: set), after: [], seen: [])
        }
    }

    /// The request for the first page of a SQL query.
    func requestForFirstPage(of query: SQLQuery) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: .table(query.table)).map { set in ServiceRequest(.get, target(of: query, in: set)) }
    }

    private func target(of query: SQLQuery, in set: String) -> String {
        set + QueryText.joined([("sql", query.text)])
    }

    /// - Parameter seen: the links that were followed. The service has been seen to give the same one for ever.
    private func sqlRows(at target: String, after rows: [Record], seen: Set<String>) -> ODataOperation<[Record]> {
        send(ServiceRequest(.get, target)).map { reply throws(DataverseError) -> Page<Record> in
            try reply.page()
        }.flatMap { page in
            let rows = rows + page.rows
            guard let link = page.nextLink else { return .done(rows) }
            guard !seen.contains(link) else {
                return .failed(
                    DataverseError(
                        .unexpectedReply,
                        "The service gave the same link to a next page twice, after \(rows.count) rows. Add a TOP that "
                            + "fits on one page to the SQL query."
                    )
                )
            }
            return sqlRows(at: link, after: rows, seen: seen.union([link]))
        }
    }
}

extension HTTPReply {
    /// Reads a page of a FetchXML query, and where the next one is.
    func page(of query: FetchXML) throws(DataverseError) -> FetchXMLPage {
        let page: Page<Record> = try page()
        let body = try record()
        let more = body["@Microsoft.Dynamics.CRM.morerecords"]
        let hasMore = more?.boolValue ?? (more?.stringValue?.lowercased() == "true")
        let cookie = body["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"]?.stringValue
        return FetchXMLPage(rows: page.rows, next: hasMore ? query.nextPage(cookie: cookie) : nil)
    }
}
