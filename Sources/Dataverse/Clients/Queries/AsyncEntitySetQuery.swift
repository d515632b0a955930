/// A query of a table, through the asynchronous client. Nothing is sent before one of its reading methods is called.
public struct AsyncEntitySetQuery<Row: ODataRow>: Sendable, QueryBuilding {
    let entitySet: AsyncEntitySet<Row>
    package var query = RowQuery<Row>()

    public func building(_ change: (inout RowQuery<Row>) -> Void) -> AsyncEntitySetQuery<Row> {
        var result = self
        change(&result.query)
        return result
    }

    /// Reads all rows, page after page.
    public func all() async throws -> [Row] {
        try await entitySet.client.run(as: CallName("query", in: entitySet.source)) {
            $0.allRows(of: query, in: entitySet.source)
        }
    }

    /// Reads the first row, or `nil` if there is none.
    public func first() async throws -> Row? {
        try await entitySet.client.run(as: CallName("query first", in: entitySet.source)) {
            $0.firstRow(of: query, in: entitySet.source)
        }
    }

    /// Counts the rows that the filter lets through, without reading them.
    ///
    /// Dataverse counts up to 5,000.
    public func count() async throws -> Int {
        try await entitySet.client.run(as: CallName("count", in: entitySet.source)) {
            $0.count(of: query, in: entitySet.source)
        }
    }

    /// Reads one row with the columns and expansions of this query; its filter does not count.
    ///
    /// - Parameter key: the primary key or an alternate key.
    /// - Returns: the row, or `nil` if there is none with this key.
    public func retrieve(_ key: RowKey<Row>) async throws -> Row? {
        try await entitySet.client.run(as: CallName("retrieve", in: entitySet.source)) {
            $0.retrieve(key, of: query.forOneRow, in: entitySet.source)
        }
    }

    /// Reads one row with the columns and expansions of this query; its filter does not count.
    ///
    /// - Parameter id: the primary key.
    /// - Returns: the row, or `nil` if there is none with this key.
    public func retrieve(_ id: Row.PrimaryKey) async throws -> Row? { try await retrieve(.id(id)) }

    /// The pages of the query; each is read when it is asked for.
    ///
    /// - Parameter isPrefetching: whether the next page is read while a page is used. Where the app stops early, one
    ///   page was read in vain.
    public func pages(prefetching isPrefetching: Bool = false) -> AsyncPages<Row> {
        AsyncPages(query: self, isPrefetching: isPrefetching)
    }

    /// The rows of the query; a page is read when its first row is asked for.
    ///
    /// - Parameter isPrefetching: whether the next page is read while the rows of a page are used.
    public func rows(prefetching isPrefetching: Bool = false) -> AsyncRows<Row> {
        AsyncRows(pages: pages(prefetching: isPrefetching))
    }
}
