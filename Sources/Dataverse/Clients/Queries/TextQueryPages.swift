/// The pages of a FetchXML query, read one at a time: `while let page = try pages.next() { … }`.
public struct FetchXMLPages: Sendable {
    let client: DataverseClient
    private var query: FetchXML?

    init(client: DataverseClient, query: FetchXML) {
        self.client = client
        self.query = query
    }

    /// Reads the rows of the next page, or gives `nil` after the last one.
    public mutating func next() throws -> [Record]? {
        guard let query else { return nil }
        let page = try client.run(as: CallName("query page")) { $0.page(of: query) }
        self.query = page.next
        return page.rows
    }
}

/// The pages of a SQL query, read one at a time: `while let page = try pages.next() { … }`.
public struct SQLPages: Sendable {
    let client: DataverseClient
    private var cursor: SQLCursor

    init(client: DataverseClient, query: SQLQuery) {
        self.client = client
        cursor = SQLCursor(query)
    }

    /// Reads the rows of the next page, or gives `nil` after the last one.
    public mutating func next() throws -> [Record]? {
        if cursor.hasEnded { return nil }
        let page = try client.run(as: CallName("query page")) { [cursor] in $0.page(at: cursor) }
        cursor.advance(past: page)
        return page.rows
    }
}
