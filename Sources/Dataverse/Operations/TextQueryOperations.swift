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
        let headers: HTTPFields = [.prefer: "odata.include-annotations=\"\(annotations)\""]
        return entitySetName(of: .table(query.table)).map { set in
            ServiceRequest(.get, set + QueryText.joined([("fetchXml", query.text)]), headers: headers)
        }
    }

    /// Reads all pages of a FetchXML query.
    func allRows(of query: FetchXML) -> ODataOperation<[Record]> {
        pages(of: query, after: []).map { pages in pages.flatMap(\.rows) }
    }

    /// Rows are put together at the end: adding each page to the ones before would copy them again and again.
    private func pages(of query: FetchXML, after pages: [FetchXMLPage]) -> ODataOperation<[FetchXMLPage]> {
        page(of: query).flatMap { page in
            let pages = pages + [page]
            guard let next = page.next else { return .done(pages) }
            return self.pages(of: next, after: pages)
        }
    }

    /// Reads one page of a SQL query.
    func page(at cursor: SQLCursor) -> ODataOperation<Page<Record>> {
        let target: ODataOperation<String>
        switch cursor.position {
        case .first(let query):
            target = entitySetName(of: .table(query.table)).map { self.target(of: query, in: $0) }
        case .next(let link) where cursor.followed.contains(link):
            return .failed(
                DataverseError(
                    .unexpectedReply,
                    "The service gave the same link to a next page twice, after \(cursor.rowCount) rows. Add a TOP that "
                        + "fits on one page to the SQL query."
                )
            )
        case .next(let link): target = .done(link)
        case .ended: return .done(Page(rows: [], totalCount: nil, nextLink: nil))
        }
        return target.flatMap { send(ServiceRequest(.get, $0)) }.map { reply throws(DataverseError) in
            try reply.page()
        }
    }

    /// Reads all rows of a SQL query.
    func allRows(of query: SQLQuery) -> ODataOperation<[Record]> {
        pages(at: SQLCursor(query), after: []).map { pages in pages.flatMap(\.rows) }
    }

    /// The request for the first page of a SQL query.
    func requestForFirstPage(of query: SQLQuery) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: .table(query.table)).map { set in ServiceRequest(.get, target(of: query, in: set)) }
    }

    private func target(of query: SQLQuery, in set: String) -> String {
        set + QueryText.joined([("sql", query.text)])
    }

    private func pages(at cursor: SQLCursor, after pages: [Page<Record>]) -> ODataOperation<[Page<Record>]> {
        page(at: cursor).flatMap { page in
            var cursor = cursor
            cursor.advance(past: page)
            let pages = pages + [page]
            return cursor.hasEnded ? .done(pages) : self.pages(at: cursor, after: pages)
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

/// Where a SQL query stands in its pages. The service has been seen to give the same link for ever, so the cursor
/// remembers those that were followed.
struct SQLCursor: Sendable {
    fileprivate enum Position: Sendable {
        case first(SQLQuery)
        case next(link: String)
        case ended
    }

    fileprivate private(set) var position: Position
    fileprivate private(set) var followed: Set<String> = []
    fileprivate private(set) var rowCount = 0

    init(_ query: SQLQuery) { position = .first(query) }

    var hasEnded: Bool {
        if case .ended = position { true } else { false }
    }

    mutating func advance(past page: Page<Record>) {
        if case .next(let link) = position { followed.insert(link) }
        rowCount += page.rows.count
        position = page.nextLink.map { .next(link: $0) } ?? .ended
    }
}
