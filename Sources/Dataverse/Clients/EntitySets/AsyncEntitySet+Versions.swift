// Versions of rows, the modes of upserts, and rows that come back with a change.
extension AsyncEntitySet {
    /// Reads a row if it was changed since it was read last. Dataverse reads it in any case where the query asks for
    /// related rows or annotations.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - etag: the version that is known.
    ///   - query: which columns to read; all of them if nothing is said.
    public func retrieve(
        _ key: RowKey<Row>,
        ifChangedSince etag: String,
        _ query: RowQuery<Row> = RowQuery()
    ) async throws -> ConditionalRow<Row> {
        try await client.run(as: CallName("retrieve", in: source)) {
            $0.retrieve(key, ifChangedSince: etag, of: query.forOneRow, in: source)
        }
    }

    /// Sends the changed columns of a row, and reads the row back.
    ///
    /// - Parameters:
    ///   - row: a row that was read before, or has its key set.
    ///   - check: which version of the row may be changed.
    ///   - query: which columns to read back; all of them if nothing is said.
    /// - Returns: the row as the service has stored it.
    public func updateReturning(
        _ row: Row,
        ifMatch check: VersionCheck = .any,
        _ query: RowQuery<Row> = RowQuery()
    ) async throws -> Row {
        try await client.run(as: CallName("update", in: source)) {
            $0.updateReturning(row, key: nil, ifMatch: check, of: query, in: source)
        }
    }

    /// Changes some columns of a row, and reads the row back.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - check: which version of the row may be changed.
    ///   - query: which columns to read back; all of them if nothing is said.
    ///   - changes: sets the columns to change.
    /// - Returns: the row as the service has stored it.
    public func updateReturning(
        _ key: RowKey<Row>,
        ifMatch check: VersionCheck = .any,
        _ query: RowQuery<Row> = RowQuery(),
        _ changes: (inout Row) -> Void
    ) async throws -> Row {
        let row = Row.make(changes)
        return try await client.run(as: CallName("update", in: source)) {
            $0.updateReturning(row, key: key, ifMatch: check, of: query, in: source)
        }
    }

    /// Changes a row or creates it, as far as the mode allows it.
    ///
    /// - Parameters:
    ///   - row: has the columns to write.
    ///   - key: the primary key or an alternate key.
    ///   - mode: whether the row may be new, must be new, or must exist.
    public func upsert(_ row: Row, key: RowKey<Row>, mode: UpsertMode) async throws {
        try await client.run(as: CallName("upsert", in: source)) { $0.upsert(row, key: key, mode: mode, in: source) }
    }

    /// Changes a row or creates it, and reads it back.
    ///
    /// - Parameters:
    ///   - row: has the columns to write.
    ///   - key: the primary key or an alternate key.
    ///   - mode: whether the row may be new, must be new, or must exist.
    ///   - query: which columns to read back; all of them if nothing is said.
    /// - Returns: the row as the service has stored it, and whether it is new.
    public func upsertReturning(
        _ row: Row,
        key: RowKey<Row>,
        mode: UpsertMode = .createOrUpdate,
        _ query: RowQuery<Row> = RowQuery()
    ) async throws -> UpsertResult<Row> {
        try await client.run(as: CallName("upsert", in: source)) {
            $0.upsertReturning(row, key: key, mode: mode, of: query, in: source)
        }
    }
}
