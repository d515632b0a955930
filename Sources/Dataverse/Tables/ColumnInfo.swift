/// What the service says about a column.
///
/// Names that a `select` has left out are empty, other properties `nil`; ``metadata`` has all that was read.
public struct ColumnInfo: Sendable, Hashable {
    /// The properties as the service named them.
    public let metadata: Record

    /// A description from the properties of an `AttributeMetadata`.
    public init(metadata: Record) { self.metadata = metadata }

    /// The name with the publisher's prefix, such as `new_Price`.
    public var schemaName: String { metadata.metadataText("SchemaName") }
    /// The name in lowercase, which names the column in requests.
    public var logicalName: String { metadata.metadataText("LogicalName") }
    /// The name of the type, such as `StringType` or, where only that was read, `String`.
    public var typeName: String {
        metadata.managedValue("AttributeTypeName")?.stringValue ?? metadata.metadataText("AttributeType")
    }
    /// Identifies the definition of the column.
    public var metadataID: UUID? { metadata.metadataID }
    /// Whether it names a row to people.
    public var isPrimaryName: Bool { metadata["IsPrimaryName"]?.boolValue ?? false }
    /// Whether there must be a value.
    public var required: RequiredLevel? {
        metadata.managedValue("RequiredLevel")?.stringValue.flatMap(RequiredLevel.init(rawValue:))
    }
    /// The largest number of characters of a text.
    public var maxLength: Int? { metadata.metadataInteger("MaxLength") }
    /// Digits after the point.
    public var precision: Int? { metadata.metadataInteger("Precision") }
    /// The smallest number.
    public var minimum: Decimal? { metadata["MinValue"].flatMap { try? Decimal(json: $0) } }
    /// The largest number.
    public var maximum: Decimal? { metadata["MaxValue"].flatMap { try? Decimal(json: $0) } }
    /// What kind of text, number or time it is.
    public var format: ColumnFormat? {
        let name = metadata.managedValue("FormatName")?.stringValue ?? metadata["Format"]?.stringValue
        return name.map(ColumnFormat.init(rawValue:))
    }
    /// What people read, in the language of the caller.
    public var displayName: String? { metadata.userLabel("DisplayName") }
    /// What the column is for, in the language of the caller.
    public var description: String? { metadata.userLabel("Description") }
}
