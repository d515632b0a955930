/// The pages of a query, each read when it is asked for: `for try await page in query.pages() { … }`.
public struct AsyncPages<Row: ODataRow>: AsyncSequence, Sendable {
    let query: AsyncEntitySetQuery<Row>
    private let start: PageCursor

    init(query: AsyncEntitySetQuery<Row>, from start: PageCursor = .first) {
        self.query = query
        self.start = start
    }

    public func makeAsyncIterator() -> Iterator { Iterator(query: query, from: start) }

    /// Reads one page after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let query: AsyncEntitySetQuery<Row>
        private var cursor: PageCursor

        init(query: AsyncEntitySetQuery<Row>, from cursor: PageCursor) {
            self.query = query
            self.cursor = cursor
        }

        /// Reads the next page, or gives `nil` after the last one.
        public mutating func next() async throws -> Page<Row>? {
            if cursor == .ended { return nil }
            let page = try await query.entitySet.client.run { [cursor] in
                $0.page(at: cursor, of: query.query, in: query.entitySet.source)
            }
            cursor.advance(past: page)
            return page
        }
    }
}

/// The rows of a query, page after page: `for try await account in query.rows() { … }`.
public struct AsyncRows<Row: ODataRow>: AsyncSequence, Sendable {
    let pages: AsyncPages<Row>

    public func makeAsyncIterator() -> Iterator { Iterator(pages: pages.makeAsyncIterator()) }

    /// Gives one row after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        var pages: AsyncPages<Row>.Iterator
        private var rows: [Row] = []
        private var position = 0

        init(pages: AsyncPages<Row>.Iterator) { self.pages = pages }

        /// Gives the next row, reading a page where that is needed, or `nil` after the last one.
        public mutating func next() async throws -> Row? {
            while position == rows.count {
                guard let page = try await pages.next() else { return nil }
                rows = page.rows
                position = 0
            }
            defer { position += 1 }
            return rows[position]
        }
    }
}
