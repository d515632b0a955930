extension EntitySetQuery {
    /// The changes of the table, page by page: all rows the first time, and later what has changed since.
    ///
    ///     var changes = client.accounts.select { [$0.name] }.changes(since: stored)
    ///     while let page = try changes.next() { … }
    ///     let stored = changes.deltaLink
    ///
    /// Dataverse must have change tracking switched on for the table, and takes no filter, order, expansion or limit
    /// here.
    ///
    /// - Parameter link: from where on; `nil` for all rows. The columns are those of the query that gave the link.
    public func changes(since link: DeltaLink? = nil) -> ChangePages<Row> { ChangePages(query: self, since: link) }
}

extension EntitySet {
    /// The changes of the table, page by page: all rows the first time, and later what has changed since.
    ///
    /// - Parameter link: from where on; `nil` for all rows.
    public func changes(since link: DeltaLink? = nil) -> ChangePages<Row> { query.changes(since: link) }
}

/// The changes of a table, read one page at a time: `while let page = try changes.next() { … }`.
public struct ChangePages<Row: ODataRow>: Sendable {
    let query: EntitySetQuery<Row>
    private var cursor: ChangeCursor
    /// From where on to ask the next time, after the last page.
    public private(set) var deltaLink: DeltaLink?

    init(query: EntitySetQuery<Row>, since link: DeltaLink?) {
        self.query = query
        cursor = link.map(ChangeCursor.since) ?? .first
    }

    /// Reads the next page, or gives `nil` after the last one.
    public mutating func next() throws -> ChangePage<Row>? {
        if cursor == .ended { return nil }
        let page = try query.entitySet.client.run(as: CallName("changes", in: query.entitySet.source)) { [cursor] in
            $0.changes(at: cursor, of: query.query, in: query.entitySet.source)
        }
        cursor.advance(past: page)
        deltaLink = page.deltaLink ?? deltaLink
        return page
    }
}
