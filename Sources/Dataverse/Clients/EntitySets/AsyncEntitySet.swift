/// The rows of a table, through the asynchronous client: `client.accounts`.
///
/// Queries begin here too: `client.accounts.where { … }.orderBy { … }.all()`.
public struct AsyncEntitySet<Row: ODataRow>: Sendable {
    let client: AsyncDataverseClient
    let source: EntitySetSource

    init(_ client: AsyncDataverseClient, source: EntitySetSource) {
        self.client = client
        self.source = source
    }

    /// Creates a row from the columns that were set.
    ///
    /// - Parameter row: the new row; related rows in it are created with it.
    /// - Returns: the primary key of the new row.
    @discardableResult
    public func create(_ row: Row) async throws -> Row.PrimaryKey {
        try await client.run(as: CallName("create", in: source)) { $0.create(row, in: source) }
    }

    /// Creates a row from the columns that were set, and reads it back.
    ///
    /// - Parameter row: the new row; related rows in it are created with it.
    /// - Returns: the row as the service has stored it.
    public func createReturning(_ row: Row) async throws -> Row {
        try await client.run(as: CallName("create", in: source)) { $0.createReturning(row, in: source) }
    }

    /// Reads a row with all its columns.
    ///
    /// - Parameter id: the primary key.
    /// - Returns: the row, or `nil` if there is none with this key.
    public func retrieve(_ id: Row.PrimaryKey) async throws -> Row? { try await retrieve(.id(id)) }

    /// Reads a row with all its columns.
    ///
    /// - Parameter key: the primary key or an alternate key.
    /// - Returns: the row, or `nil` if there is none with this key.
    public func retrieve(_ key: RowKey<Row>) async throws -> Row? {
        try await client.run(as: CallName("retrieve", in: source)) { $0.retrieve(key, of: RowQuery(), in: source) }
    }

    /// Sends the changed columns of a row; nothing is sent if there are none.
    ///
    /// - Parameters:
    ///   - row: a row that was read before, or has its key set.
    ///   - check: which version of the row may be changed.
    public func update(_ row: Row, ifMatch check: VersionCheck = .any) async throws {
        try await client.run(as: CallName("update", in: source)) { $0.update(row, ifMatch: check, in: source) }
    }

    /// Changes some columns of a row.
    ///
    /// - Parameters:
    ///   - id: the primary key.
    ///   - check: which version of the row may be changed.
    ///   - changes: sets the columns to change.
    public func update(
        _ id: Row.PrimaryKey,
        ifMatch check: VersionCheck = .any,
        _ changes: (inout Row) -> Void
    ) async throws {
        try await update(.id(id), ifMatch: check, changes)
    }

    /// Changes some columns of a row.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - check: which version of the row may be changed.
    ///   - changes: sets the columns to change.
    public func update(
        _ key: RowKey<Row>,
        ifMatch check: VersionCheck = .any,
        _ changes: (inout Row) -> Void
    ) async throws {
        let row = Row.make(changes)
        try await client.run(as: CallName("update", in: source)) {
            $0.update(row, key: key, ifMatch: check, in: source)
        }
    }

    /// Changes a row, or creates it if it does not exist.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - values: sets the columns to write.
    public func upsert(_ key: RowKey<Row>, _ values: (inout Row) -> Void) async throws {
        try await upsert(Row.make(values), key: key)
    }

    /// Changes a row, or creates it if it does not exist.
    ///
    /// - Parameters:
    ///   - row: has the columns to write.
    ///   - key: the primary key or an alternate key.
    public func upsert(_ row: Row, key: RowKey<Row>) async throws {
        try await client.run(as: CallName("upsert", in: source)) { $0.upsert(row, key: key, in: source) }
    }

    /// Deletes a row.
    ///
    /// - Parameters:
    ///   - id: the primary key.
    ///   - etag: the version that may be deleted; `nil` for any.
    public func delete(_ id: Row.PrimaryKey, ifMatch etag: String? = nil) async throws {
        try await delete(.id(id), ifMatch: etag)
    }

    /// Deletes a row.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - etag: the version that may be deleted; `nil` for any.
    public func delete(_ key: RowKey<Row>, ifMatch etag: String? = nil) async throws {
        try await client.run(as: CallName("delete", in: source)) { $0.delete(key, ifMatch: etag, in: source) }
    }

    /// Calls an action or a function that is bound to the rows of the table.
    public func call<Output>(_ operation: OperationCall<Output>) async throws -> Output {
        try await client.run(as: CallName("call", operation.name)) { $0.call(operation, on: .collection(source)) }
    }

    /// Calls an action or a function that is bound to one row.
    ///
    /// - Parameters:
    ///   - operation: what to call.
    ///   - key: the row to call it on.
    public func call<Output>(
        _ operation: OperationCall<Output>,
        on key: RowKey<Row>
    ) async throws -> Output {
        try await client.run(as: CallName("call", operation.name)) {
            $0.call(operation, on: .row(key.predicate, of: source))
        }
    }
}

extension AsyncEntitySet where Row: ODataEntity {
    /// The rows of the entity set that the metadata names.
    public init(_ client: AsyncDataverseClient) {
        self.init(client, source: .entitySet(Row.schema.entitySetName ?? Row.schema.logicalName))
    }

    /// The rows of another entity set of the same type.
    ///
    /// - Parameters:
    ///   - client: talks to the service.
    ///   - entitySetName: the name of the entity set in the metadata.
    public init(_ client: AsyncDataverseClient, named entitySetName: String) {
        self.init(client, source: .entitySet(entitySetName))
    }
}

extension AsyncEntitySet: QueryBuilding {
    /// All rows of the table.
    public var query: AsyncEntitySetQuery<Row> { AsyncEntitySetQuery(entitySet: self) }

    public func building(_ change: (inout RowQuery<Row>) -> Void) -> AsyncEntitySetQuery<Row> { query.building(change) }
}
