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
        perform(requestForPage(of: query), reading: .page(of: query))
    }

    func requestForPage(of query: FetchXML) -> ODataOperation<ServiceRequest?> {
        let annotations = "Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords"
        return entitySetName(of: .table(query.table)).map { set in
            let headers: HTTPFields = [.prefer: "odata.include-annotations=\"\(annotations)\""]
            return ServiceRequest(.get, set + QueryText.joined([("fetchXml", query.text)]), headers: headers)
        }
    }

    func requestForFirstPage(of query: SQLQuery) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: .table(query.table)).map { set in
            ServiceRequest(.get, set + QueryText.joined([("sql", query.text)]))
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
        let request: ODataOperation<ServiceRequest?>
        switch cursor.position {
        case .first(let query): request = requestForFirstPage(of: query)
        case .next(let link) where cursor.followed.contains(link):
            return .failed(
                DataverseError(
                    .unexpectedReply,
                    "The service gave the same link to a next page twice, after \(cursor.rowCount) rows. Add a TOP that "
                        + "fits on one page to the SQL query."
                )
            )
        case .next(let link): request = .done(ServiceRequest(.get, link))
        case .ended: return .done(Page(rows: [], totalCount: nil, nextLink: nil))
        }
        return perform(request, reading: .page())
    }

    /// Reads all rows of a SQL query.
    func allRows(of query: SQLQuery) -> ODataOperation<[Record]> {
        pages(at: SQLCursor(query), after: []).map { pages in pages.flatMap(\.rows) }
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

extension ReplyReader where Output == FetchXMLPage {
    /// Reads a page of a FetchXML query, and makes the query for the next one.
    static func page(of query: FetchXML) -> Self {
        ReplyReader { reply throws(DataverseError) in
            let page: Page<Record> = try reply.page()
            let body = try reply.record()
            let more = body["@Microsoft.Dynamics.CRM.morerecords"]
            let hasMore = more?.boolValue ?? (more?.stringValue?.lowercased() == "true")
            let cookie = body["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"]?.stringValue
            return FetchXMLPage(rows: page.rows, next: hasMore ? query.nextPage(cookie: cookie) : nil)
        }
    }
}
