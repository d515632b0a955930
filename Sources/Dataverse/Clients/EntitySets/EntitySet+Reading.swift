// Reading rows without a condition: the same as with a query that asks for all of them.
extension EntitySet {
    /// Reads all rows, page after page.
    public func all() throws -> [Row] { try query.all() }

    /// Reads one row, or `nil` if there is none.
    public func first() throws -> Row? { try query.first() }

    /// Counts the rows without reading them. Dataverse counts up to 5,000.
    public func count() throws -> Int { try query.count() }

    /// Whether there is any row.
    public func exists() throws -> Bool { try query.exists() }

    /// The pages of the rows; each is read when it is asked for.
    public func pages() -> Pages<Row> { query.pages() }

    /// Calls a closure with each row, reading one page after the other.
    ///
    /// - Parameter body: is called with each row; an error that it throws ends the reading.
    public func forEach(_ body: (Row) throws -> Void) throws { try query.forEach(body) }
}

extension EntitySetQuery {
    /// Whether there is a row that the query would read.
    public func exists() throws -> Bool {
        try entitySet.client.run(as: CallName("exists", in: entitySet.source)) {
            $0.firstRow(of: query.forExistence, in: entitySet.source)
        } != nil
    }
}
