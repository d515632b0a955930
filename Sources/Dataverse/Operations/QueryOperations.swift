import HTTPTypes

/// Some of the rows of a query, as many as the service sends at a time.
public struct Page<Row: ODataRow>: Sendable, Hashable {
    /// The rows.
    public let rows: [Row]
    /// The number of all rows, where the query asked for it.
    public let totalCount: Int?
    /// The URL of the next page, or `nil` for the last one.
    public let nextLink: String?
}

/// A query that is stored in the environment: a view of a table.
///
/// Source: Dataverse Web API, "Retrieve and execute predefined queries".
public enum PredefinedQuery: Sendable, Hashable {
    /// A system view, by its `savedqueryid`.
    case savedQuery(UUID)
    /// A view that a user has saved, by its `userqueryid`.
    case userQuery(UUID)

    var option: (name: String, value: String) {
        switch self {
        case .savedQuery(let id): ("savedQuery", id.guid)
        case .userQuery(let id): ("userQuery", id.guid)
        }
    }
}

/// Where a query stands in its pages: a value that gives one operation after the other.
///
///     first ──page──▶ next(link) ──page──▶ … ──page without a link──▶ ended
enum PageCursor: Sendable, Hashable {
    case first
    case predefined(PredefinedQuery)
    case next(link: String)
    case ended

    mutating func advance(past page: Page<some ODataRow>) {
        self = page.nextLink.map { .next(link: $0) } ?? .ended
    }
}

// Source: OData Protocol 4.01, sections 11.2.6 "Requesting Related Entities" and 11.2.6.7 "Server-Driven Paging".
extension CallContext {
    /// Reads one page of a query.
    func page<Row: ODataRow>(
        at cursor: PageCursor,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Page<Row>> {
        switch cursor {
        case .first:
            entitySetName(of: source).flatMap { set in page(at: set + query.urlText, of: query) }
        case .predefined(let predefined):
            entitySetName(of: source).flatMap { set in
                page(at: set + QueryText.joined([predefined.option]), of: query)
            }
        case .next(let link):
            page(at: link, of: query)
        case .ended:
            .done(Page(rows: [], totalCount: nil, nextLink: nil))
        }
    }

    private func page<Row: ODataRow>(at target: String, of query: RowQuery<Row>) -> ODataOperation<Page<Row>> {
        send(ServiceRequest(.get, target, headers: query.headers)).map { reply throws(DataverseError) in
            try reply.page()
        }
    }

    func requestForFirstPage(
        of query: RowQuery<some ODataRow>,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: source).map { ServiceRequest(.get, $0 + query.urlText, headers: query.headers) }
    }

    /// Reads all pages of a query.
    func allRows<Row: ODataRow>(
        of query: RowQuery<Row>,
        from cursor: PageCursor = .first,
        in source: EntitySetSource
    ) -> ODataOperation<[Row]> {
        pages(after: [], at: cursor, of: query, in: source).map { pages in pages.flatMap(\.rows) }
    }

    /// Rows are put together at the end: adding each page to the ones before would copy them again and again.
    private func pages<Row: ODataRow>(
        after pages: [Page<Row>],
        at cursor: PageCursor,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<[Page<Row>]> {
        page(at: cursor, of: query, in: source).flatMap { page in
            let pages = pages + [page]
            guard let link = page.nextLink else { return .done(pages) }
            return self.pages(after: pages, at: .next(link: link), of: query, in: source)
        }
    }

    /// Reads the first row of a query; no other row is asked for.
    func firstRow<Row: ODataRow>(of query: RowQuery<Row>, in source: EntitySetSource) -> ODataOperation<Row?> {
        var query = query
        query.top = 1
        return page(at: .first, of: query, in: source).map { $0.rows.first }
    }

    /// Counts the rows that the query's filter lets through.
    ///
    /// Source: OData URL Conventions 4.01, section 4.8 "Addressing the Count of a Collection".
    func count<Row: ODataRow>(of query: RowQuery<Row>, in source: EntitySetSource) -> ODataOperation<Int> {
        let options = query.filter.map { [("$filter", $0.text)] } ?? []
        return entitySetName(of: source).flatMap { set in
            send(ServiceRequest(.get, "\(set)/$count" + QueryText.joined(options), headers: [.accept: "text/plain"]))
        }.map { reply throws(DataverseError) in
            // Dataverse puts a byte order mark before the number.
            let text = String(decoding: reply.body, as: UTF8.self).filter(\.isNumber)
            guard let count = Int(text) else { throw reply.unreadable("it is not a number") }
            return count
        }
    }
}
