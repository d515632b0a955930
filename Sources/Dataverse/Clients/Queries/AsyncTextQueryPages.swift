/// The pages of a FetchXML query, each read when it is asked for: `for try await rows in client.pages(fetchXML: …) { … }`.
public struct AsyncFetchXMLPages: AsyncSequence, Sendable {
    let client: AsyncDataverseClient
    let query: FetchXML

    public func makeAsyncIterator() -> Iterator { Iterator(client: client, query: query) }

    /// Reads one page after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let client: AsyncDataverseClient
        var query: FetchXML?

        /// Reads the rows of the next page, or gives `nil` after the last one.
        public mutating func next() async throws -> [Record]? {
            guard let query else { return nil }
            let page = try await client.run(as: CallName("query page")) { $0.page(of: query) }
            self.query = page.next
            return page.rows
        }
    }
}

/// The pages of a SQL query, each read when it is asked for: `for try await rows in client.pages(sql: …) { … }`.
public struct AsyncSQLPages: AsyncSequence, Sendable {
    let client: AsyncDataverseClient
    let query: SQLQuery

    public func makeAsyncIterator() -> Iterator { Iterator(client: client, cursor: SQLCursor(query)) }

    /// Reads one page after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let client: AsyncDataverseClient
        var cursor: SQLCursor

        /// Reads the rows of the next page, or gives `nil` after the last one.
        public mutating func next() async throws -> [Record]? {
            if cursor.hasEnded { return nil }
            let page = try await client.run(as: CallName("query page")) { [cursor] in $0.page(at: cursor) }
            cursor.advance(past: page)
            return page.rows
        }
    }
}
