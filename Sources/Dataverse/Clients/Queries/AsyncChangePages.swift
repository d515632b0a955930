extension AsyncEntitySetQuery {
    /// The changes of the table, page by page: all rows the first time, and later what has changed since.
    ///
    ///     for try await page in client.accounts.select({ [$0.name] }).changes(since: stored) {
    ///         …
    ///         stored = page.deltaLink ?? stored
    ///     }
    ///
    /// Dataverse must have change tracking switched on for the table, and takes no filter, order, expansion or limit
    /// here.
    ///
    /// - Parameter link: from where on; `nil` for all rows. The columns are those of the query that gave the link.
    public func changes(since link: DeltaLink? = nil) -> AsyncChangePages<Row> {
        AsyncChangePages(query: self, link: link)
    }
}

extension AsyncEntitySet {
    /// The changes of the table, page by page: all rows the first time, and later what has changed since.
    ///
    /// - Parameter link: from where on; `nil` for all rows.
    public func changes(since link: DeltaLink? = nil) -> AsyncChangePages<Row> { query.changes(since: link) }
}

/// The changes of a table, each page read when it is asked for: `for try await page in query.changes() { … }`.
public struct AsyncChangePages<Row: ODataRow>: AsyncSequence, Sendable {
    let query: AsyncEntitySetQuery<Row>
    let link: DeltaLink?

    public func makeAsyncIterator() -> Iterator { Iterator(query: query, since: link) }

    /// Reads one page after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let query: AsyncEntitySetQuery<Row>
        private var cursor: ChangeCursor

        init(query: AsyncEntitySetQuery<Row>, since link: DeltaLink?) {
            self.query = query
            cursor = link.map(ChangeCursor.since) ?? .first
        }

        /// Reads the next page, or gives `nil` after the last one.
        public mutating func next() async throws -> ChangePage<Row>? {
            if cursor == .ended { return nil }
            let page = try await query.entitySet.client.run(as: CallName("changes", in: query.entitySet.source)) {
                [cursor] in
                $0.changes(at: cursor, of: query.query, in: query.entitySet.source)
            }
            cursor.advance(past: page)
            return page
        }
    }
}
