/// The lookup column of a one-to-many relationship.
public struct LookupDefinition: Sendable, Hashable {
    /// The name with the publisher's prefix, such as `new_AccountId`.
    public let schemaName: String
    /// What people read.
    public var displayName: LocalizedLabel
    /// What the column is for.
    public var description: LocalizedLabel?
    /// Whether there must be a value.
    public var required: RequiredLevel
    /// Further properties of the column's metadata, as the service names them, such as `Targets`.
    public var additionalMetadata: Record = [:]

    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_AccountId`.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public init(
        _ schemaName: String,
        displayName: LocalizedLabel,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) {
        self.schemaName = schemaName
        self.displayName = displayName
        self.description = description
        self.required = required
    }
}
