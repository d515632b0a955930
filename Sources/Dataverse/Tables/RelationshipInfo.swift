/// What the service says about a relationship.
public struct RelationshipInfo: Sendable, Hashable {
    /// How rows are related.
    public enum Kind: Sendable, Hashable {
        /// Many rows refer to one, through a lookup; its name is empty where it was not read.
        case oneToMany(lookup: String, referencedTable: String, referencingTable: String)
        /// Many rows are associated with many.
        case manyToMany(firstTable: String, secondTable: String)
    }

    /// Identifies the relationship.
    public let metadataID: UUID?
    /// The name of the relationship.
    public let schemaName: String
    /// How rows are related; `nil` where the properties that tell it were not read.
    public let kind: Kind?
    /// The properties as the service named them; empty for a relationship that was just created.
    public let metadata: Record

    init(metadataID: UUID?, schemaName: String, kind: Kind) {
        self.metadataID = metadataID
        self.schemaName = schemaName
        self.kind = kind
        metadata = [:]
    }

    /// A description from the properties of a `RelationshipMetadataBase`.
    public init(metadata: Record) {
        self.metadata = metadata
        metadataID = metadata.metadataID
        schemaName = metadata.metadataText("SchemaName")
        if let referenced = metadata["ReferencedEntity"]?.stringValue,
            let referencing = metadata["ReferencingEntity"]?.stringValue
        {
            kind = .oneToMany(
                lookup: metadata.metadataText("ReferencingEntityNavigationPropertyName"),
                referencedTable: referenced,
                referencingTable: referencing
            )
        } else if let first = metadata["Entity1LogicalName"]?.stringValue,
            let second = metadata["Entity2LogicalName"]?.stringValue
        {
            kind = .manyToMany(firstTable: first, secondTable: second)
        } else {
            kind = nil
        }
    }
}
