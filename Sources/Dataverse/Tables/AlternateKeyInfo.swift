/// What the service says about an alternate key.
public struct AlternateKeyInfo: Sendable, Hashable {
    /// How far the service has come with the index behind a key. Only an active key finds rows.
    public enum IndexStatus: String, Sendable, Hashable, CaseIterable {
        /// The service has not begun.
        case pending = "Pending"
        /// The service is building the index.
        case inProgress = "InProgress"
        /// The key can be used.
        case active = "Active"
        /// Often because two rows have the same values.
        case failed = "Failed"
    }

    /// Identifies the key.
    public let metadataID: UUID?
    /// The name of the key.
    public let schemaName: String
    /// The logical names of the columns.
    public let columns: [String]
    /// How far the index is; `nil` for a status that this library does not know.
    public let indexStatus: IndexStatus?

    init(metadataID: UUID?, schemaName: String, columns: [String], indexStatus: IndexStatus?) {
        self.metadataID = metadataID
        self.schemaName = schemaName
        self.columns = columns
        self.indexStatus = indexStatus
    }

    init(metadata: Record) {
        self.init(
            metadataID: metadata.metadataID,
            schemaName: metadata.metadataText("SchemaName"),
            columns: metadata["KeyAttributes"]?.arrayValue?.compactMap(\.stringValue) ?? [],
            indexStatus: metadata["EntityKeyIndexStatus"]?.stringValue.flatMap(IndexStatus.init(rawValue:))
        )
    }
}
