/// A relationship in which many rows of one table are associated with many rows of another one.
public struct ManyToManyRelationship: Sendable, Hashable {
    /// The name with the publisher's prefix.
    public let schemaName: String
    /// The logical name of one table.
    public let firstTable: String
    /// The logical name of the other table.
    public let secondTable: String
    /// The name of the table with the pairs; the schema name for `nil`.
    public var intersectTable: String?
    /// Further properties of the relationship's metadata, as the service names them.
    public var additionalMetadata: Record = [:]

    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix.
    ///   - firstTable: the logical name of one table.
    ///   - secondTable: the logical name of the other table.
    ///   - intersectTable: the name of the table with the pairs.
    public init(
        _ schemaName: String,
        between firstTable: String,
        and secondTable: String,
        intersectTable: String? = nil
    ) {
        self.schemaName = schemaName
        self.firstTable = firstTable
        self.secondTable = secondTable
        self.intersectTable = intersectTable
    }
}
