/// The pages of a query: `for try await page in query.pages() { … }`. Each is read when it is asked for, or while the one
/// before it is used: `query.pages(prefetching: true)`.
public struct AsyncPages<Row: ODataRow>: AsyncSequence, Sendable {
    let query: AsyncEntitySetQuery<Row>
    private let start: PageCursor
    private let isPrefetching: Bool

    init(query: AsyncEntitySetQuery<Row>, from start: PageCursor = .first, isPrefetching: Bool = false) {
        self.query = query
        self.start = start
        self.isPrefetching = isPrefetching
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(query: query, from: start, isPrefetching: isPrefetching)
    }

    /// Reads one page after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let query: AsyncEntitySetQuery<Row>
        private let isPrefetching: Bool
        private var cursor: PageCursor
        /// The page at the cursor, if it is on its way already.
        private var ahead: Prefetched<Page<Row>>?

        init(query: AsyncEntitySetQuery<Row>, from cursor: PageCursor, isPrefetching: Bool = false) {
            self.query = query
            self.cursor = cursor
            self.isPrefetching = isPrefetching
        }

        /// Gives the next page, or `nil` after the last one.
        public mutating func next() async throws -> Page<Row>? {
            if cursor == .ended { return nil }
            let ahead = ahead
            // After an error, the page is read anew.
            self.ahead = nil
            let page = if let ahead { try await ahead.value } else { try await Self.read(query, at: cursor) }
            cursor.advance(past: page)
            if isPrefetching, cursor != .ended {
                self.ahead = Prefetched { [query, cursor] in try await Self.read(query, at: cursor) }
            }
            return page
        }

        private static func read(_ query: AsyncEntitySetQuery<Row>, at cursor: PageCursor) async throws -> Page<Row> {
            try await query.entitySet.client.run(as: CallName("query page", in: query.entitySet.source)) {
                $0.page(at: cursor, of: query.query, in: query.entitySet.source)
            }
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
