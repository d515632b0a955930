// Queries that are written as text.
extension AsyncDataverseClient {
    /// Reads all rows of a FetchXML query, page after page.
    ///
    /// - Parameter xml: a `<fetch>` element; the entity set of its table is asked for once.
    public func rows(fetchXML xml: String) async throws -> [Record] {
        let query = try FetchXML(xml)
        return try await run(as: CallName("query")) { $0.allRows(of: query) }
    }

    /// Reads one page of a FetchXML query: `while let query = next { … next = page.next }`.
    ///
    /// - Parameter query: the query, or the one that the previous page gave.
    public func page(of query: FetchXML) async throws -> FetchXMLPage {
        try await run(as: CallName("query page")) { $0.page(of: query) }
    }

    /// Reads all rows of a SQL query.
    ///
    /// - Parameter sql: one `SELECT` with named columns, in the subset that the service reads.
    public func rows(sql: String) async throws -> [Record] {
        let query = try SQLQuery(sql)
        return try await run(as: CallName("query")) { $0.allRows(of: query) }
    }

    /// The pages of a FetchXML query; each is read when it is asked for.
    ///
    /// - Parameter xml: a `<fetch>` element; the entity set of its table is asked for once.
    public func pages(fetchXML xml: String) throws -> AsyncFetchXMLPages {
        AsyncFetchXMLPages(client: self, query: try FetchXML(xml))
    }

    /// The pages of a SQL query; each is read when it is asked for.
    ///
    /// - Parameter sql: one `SELECT` with named columns, in the subset that the service reads.
    public func pages(sql: String) throws -> AsyncSQLPages {
        AsyncSQLPages(client: self, query: try SQLQuery(sql))
    }
}
