/// One row with a name of its own, through the synchronous client: `client.me`.
public struct Singleton<Row: ODataRow>: Sendable {
    let client: DataverseClient
    /// The name in the metadata, which is the segment of the URL.
    public let name: String

    /// The singleton of a client.
    ///
    /// - Parameters:
    ///   - client: talks to the service.
    ///   - name: the name in the metadata.
    public init(_ client: DataverseClient, named name: String) {
        self.client = client
        self.name = name
    }

    /// Reads the row.
    ///
    /// - Parameter query: which columns and related rows to read; all columns if nothing is said.
    public func retrieve(_ query: RowQuery<Row> = RowQuery()) throws -> Row {
        try client.run(as: CallName("retrieve", name)) { $0.retrieve(singleton: name, of: query) }
    }

    /// Sends the changed columns of the row; nothing is sent if there are none.
    ///
    /// - Parameter row: the row as it was read, with changes.
    public func update(_ row: Row) throws {
        try client.run(as: CallName("update", name)) { $0.update(singleton: name, with: row) }
    }

    /// Changes some columns of the row.
    ///
    /// - Parameter changes: sets the columns to change.
    public func update(_ changes: (inout Row) -> Void) throws {
        try update(Row.make(changes))
    }

    /// Calls an action or a function that is bound to the row.
    public func call<Output>(_ operation: OperationCall<Output>) throws -> Output {
        try client.run(as: CallName("call", operation.name)) { $0.call(operation, on: .singleton(name)) }
    }
}
