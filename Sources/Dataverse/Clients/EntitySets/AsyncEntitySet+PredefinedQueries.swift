// Queries that are stored in the environment.
extension AsyncEntitySet {
    /// The pages of a view of the table; each is read when it is asked for.
    ///
    /// - Parameters:
    ///   - query: the view.
    ///   - pageSize: how many rows a page has at the most; `nil` leaves it to the service.
    public func pages(of query: PredefinedQuery, pageSize: Int? = nil) -> AsyncPages<Row> {
        AsyncPages(query: building { $0.pageSize = pageSize }, from: .predefined(query))
    }

    /// The rows of a view of the table, page after page.
    ///
    /// - Parameter query: the view.
    public func rows(of query: PredefinedQuery) async throws -> [Row] {
        try await client.run(as: CallName("query", in: source)) {
            $0.allRows(of: RowQuery(), from: .predefined(query), in: source)
        }
    }
}
