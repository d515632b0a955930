// Many rows in one request.
extension AsyncEntitySet {
    /// Creates many rows in one transaction (`CreateMultiple`): all of them, or none.
    ///
    /// - Parameter rows: the new rows.
    /// - Returns: the primary keys of the new rows, in the same order.
    @discardableResult
    public func create(_ rows: [Row]) async throws -> [Row.PrimaryKey] {
        try await client.run(as: CallName("create", in: source)) { $0.createMany(rows, in: source) }
    }

    /// Makes the same change to many rows in one transaction (`UpdateMultiple`).
    ///
    /// - Parameters:
    ///   - ids: the primary keys of the rows.
    ///   - changes: sets the columns to change.
    public func update(_ ids: [Row.PrimaryKey], _ changes: (inout Row) -> Void) async throws {
        let row = Row.make(changes)
        try await client.run(as: CallName("update", in: source)) { $0.updateMany(ids.map { ($0, row) }, in: source) }
    }

    /// Changes many rows in one transaction (`UpdateMultiple`), each in its own way.
    ///
    /// - Parameter rows: the primary keys, with the columns that were set on each row.
    public func update(_ rows: [(id: Row.PrimaryKey, changes: Row)]) async throws {
        try await client.run(as: CallName("update", in: source)) { $0.updateMany(rows, in: source) }
    }

    /// Changes many rows, or creates those that do not exist, in one transaction (`UpsertMultiple`).
    ///
    /// - Parameter rows: the alternate keys, with the columns that were set on each row.
    public func upsert(_ rows: [(key: RowKey<Row>, values: Row)]) async throws {
        try await client.run(as: CallName("upsert", in: source)) { $0.upsertMany(rows, in: source) }
    }

    /// Starts a job of the service that deletes many rows (`BulkDelete`). The rows are gone when the job has ended.
    ///
    /// - Parameters:
    ///   - ids: the primary keys of the rows.
    ///   - start: when the job begins.
    /// - Returns: the identifier of the job, or `nil` if there was nothing to delete.
    @discardableResult
    public func deleteInBackground(
        _ ids: [Row.PrimaryKey],
        startingAt start: Date = Date()
    ) async throws -> UUID? {
        try await client.run(as: CallName("delete in background", in: source)) {
            $0.deleteMany(ids, of: Row.self, startingAt: start, in: source)
        }
    }

    /// Deletes many rows, one request after the other. A failure does not stop the others.
    ///
    /// - Parameter ids: the primary keys of the rows.
    /// - Returns: the errors of the rows that were not deleted.
    @discardableResult
    public func delete(_ ids: [Row.PrimaryKey]) async throws -> [Row.PrimaryKey: DataverseError] {
        try await client.run(as: CallName("delete", in: source)) { $0.deleteEach(ids[...], of: Row.self, in: source) }
    }
}
