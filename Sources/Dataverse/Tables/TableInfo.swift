/// What the service says about a table.
///
/// Names that a `select` has left out are empty, other properties `nil`; ``metadata`` has all that was read.
public struct TableInfo: Sendable, Hashable {
    /// The properties as the service named them.
    public let metadata: Record

    /// A description from the properties of an `EntityMetadata`.
    public init(metadata: Record) { self.metadata = metadata }

    /// The name with the publisher's prefix, such as `new_Product`.
    public var schemaName: String { metadata.metadataText("SchemaName") }
    /// The name in lowercase, which names the table in requests.
    public var logicalName: String { metadata.metadataText("LogicalName") }
    /// The entity set with the rows, such as `new_products`.
    public var entitySetName: String? { metadata["EntitySetName"]?.stringValue }
    /// Identifies the definition of the table.
    public var metadataID: UUID? { metadata.metadataID }
    /// The column that names a row to people.
    public var primaryNameColumn: String? { metadata["PrimaryNameAttribute"]?.stringValue }
    /// The column of the primary key.
    public var primaryKeyColumn: String? { metadata["PrimaryIdAttribute"]?.stringValue }
    /// What people read, in the language of the caller.
    public var displayName: String? { metadata.userLabel("DisplayName") }
    /// What the table is for, in the language of the caller.
    public var description: String? { metadata.userLabel("Description") }
}
