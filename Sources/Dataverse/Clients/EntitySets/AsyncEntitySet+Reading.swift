// Reading rows without a condition: the same as with a query that asks for all of them.
extension AsyncEntitySet {
    /// Reads all rows, page after page.
    public func all() async throws -> [Row] { try await query.all() }

    /// Reads one row, or `nil` if there is none.
    public func first() async throws -> Row? { try await query.first() }

    /// Counts the rows without reading them. Dataverse counts up to 5,000.
    public func count() async throws -> Int { try await query.count() }

    /// Whether there is any row.
    public func exists() async throws -> Bool { try await query.exists() }

    /// The pages of the rows; each is read when it is asked for.
    public func pages() -> AsyncPages<Row> { query.pages() }

    /// The rows; a page is read when its first row is asked for.
    public func rows() -> AsyncRows<Row> { query.rows() }
}

extension AsyncEntitySetQuery {
    /// Whether there is a row that the query would read.
    public func exists() async throws -> Bool {
        try await entitySet.client.run(as: CallName("exists", in: entitySet.source)) {
            $0.firstRow(of: query.forExistence, in: entitySet.source)
        } != nil
    }
}
