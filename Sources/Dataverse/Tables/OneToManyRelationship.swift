/// A relationship in which many rows refer to one row through a lookup column, which is created with it.
///
///     try client.tables.createRelationship(
///         OneToManyRelationship("new_department_employee", from: "new_department", to: "new_employee",
///             lookup: LookupDefinition("new_DepartmentId", displayName: "Department")))
public struct OneToManyRelationship: Sendable, Hashable {
    /// The name with the publisher's prefix.
    public let schemaName: String
    /// The logical name of the table that is referred to.
    public let referencedTable: String
    /// The logical name of the table that gets the lookup column.
    public let referencingTable: String
    /// The lookup column.
    public let lookup: LookupDefinition
    /// The key column of the table that is referred to.
    public var referencedColumn: String
    /// The logical name of the lookup column; the service derives it from the schema name for `nil`.
    public var referencingColumn: String?
    /// What happens to the rows that refer to a row when something is done to it.
    public var cascade: CascadeConfiguration
    /// Further properties of the relationship's metadata, as the service names them.
    public var additionalMetadata: Record = [:]

    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix.
    ///   - referencedTable: the logical name of the table that is referred to.
    ///   - referencingTable: the logical name of the table that gets the lookup column.
    ///   - lookup: the lookup column.
    ///   - referencedColumn: the key column of the table that is referred to; its name with `id` for `nil`.
    ///   - referencingColumn: the logical name of the lookup column.
    ///   - cascade: what happens to the rows that refer to a row when something is done to it.
    public init(
        _ schemaName: String,
        from referencedTable: String,
        to referencingTable: String,
        lookup: LookupDefinition,
        referencedColumn: String? = nil,
        referencingColumn: String? = nil,
        cascade: CascadeConfiguration = CascadeConfiguration()
    ) {
        self.schemaName = schemaName
        self.referencedTable = referencedTable
        self.referencingTable = referencingTable
        self.lookup = lookup
        self.referencedColumn = referencedColumn ?? referencedTable + "id"
        self.referencingColumn = referencingColumn
        self.cascade = cascade
    }
}
