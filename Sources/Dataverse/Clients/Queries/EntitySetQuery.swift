/// A query of a table, through the synchronous client. Nothing is sent before one of its reading methods is called.
public struct EntitySetQuery<Row: ODataRow>: Sendable, QueryBuilding {
    let entitySet: EntitySet<Row>
    package var query = RowQuery<Row>()

    public func building(_ change: (inout RowQuery<Row>) -> Void) -> EntitySetQuery<Row> {
        var result = self
        change(&result.query)
        return result
    }

    /// Reads all rows, page after page.
    public func all() throws -> [Row] {
        try entitySet.client.run(as: CallName("query", in: entitySet.source)) {
            $0.allRows(of: query, in: entitySet.source)
        }
    }

    /// Reads the first row, or `nil` if there is none.
    public func first() throws -> Row? {
        try entitySet.client.run(as: CallName("query first", in: entitySet.source)) {
            $0.firstRow(of: query, in: entitySet.source)
        }
    }

    /// Counts the rows that the filter lets through, without reading them.
    ///
    /// Dataverse counts up to 5,000.
    public func count() throws -> Int {
        try entitySet.client.run(as: CallName("count", in: entitySet.source)) {
            $0.count(of: query, in: entitySet.source)
        }
    }

    /// Reads one row with the columns and expansions of this query; its filter does not count.
    ///
    /// - Parameter key: the primary key or an alternate key.
    /// - Returns: the row, or `nil` if there is none with this key.
    public func retrieve(_ key: RowKey<Row>) throws -> Row? {
        try entitySet.client.run(as: CallName("retrieve", in: entitySet.source)) {
            $0.retrieve(key, of: query.forOneRow, in: entitySet.source)
        }
    }

    /// Reads one row with the columns and expansions of this query; its filter does not count.
    ///
    /// - Parameter id: the primary key.
    /// - Returns: the row, or `nil` if there is none with this key.
    public func retrieve(_ id: Row.PrimaryKey) throws -> Row? { try retrieve(.id(id)) }

    /// The pages of the query; each is read when it is asked for.
    public func pages() -> Pages<Row> { Pages(query: self) }

    /// Calls a closure with each row, reading one page after the other.
    ///
    /// - Parameter body: is called with each row; an error that it throws ends the reading.
    public func forEach(_ body: (Row) throws -> Void) throws {
        var pages = pages()
        while let page = try pages.next() { try page.rows.forEach(body) }
    }
}

/// The pages of a query, read one at a time: `while let page = try pages.next() { … }`.
public struct Pages<Row: ODataRow>: Sendable {
    let query: EntitySetQuery<Row>
    private var cursor: PageCursor

    init(query: EntitySetQuery<Row>, from cursor: PageCursor = .first) {
        self.query = query
        self.cursor = cursor
    }

    /// Reads the next page, or gives `nil` after the last one.
    public mutating func next() throws -> Page<Row>? {
        if cursor == .ended { return nil }
        let page = try query.entitySet.client.run(as: CallName("query page", in: query.entitySet.source)) { [cursor] in
            $0.page(at: cursor, of: query.query, in: query.entitySet.source)
        }
        cursor.advance(past: page)
        return page
    }
}
