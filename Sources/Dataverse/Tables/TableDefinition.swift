/// A table to create.
///
///     let product = try client.tables.create(
///         TableDefinition("new_Product", displayName: "Product", columns: [.decimal("new_Price")]),
///         solution: "Catalogue"
///     )
public struct TableDefinition: Sendable, Hashable {
    /// Whom rows belong to.
    public enum Ownership: String, Sendable, Hashable, CaseIterable {
        /// A user or a team.
        case user = "UserOwned"
        /// The organization as a whole.
        case organization = "OrganizationOwned"
    }

    /// The name with the publisher's prefix, such as `new_Product`; its lowercase form names the table in requests.
    public let schemaName: String
    /// What people read for one row; the schema name for `nil`.
    public var displayName: LocalizedLabel?
    /// What people read for many rows; the display name with an s for `nil`.
    public var pluralName: LocalizedLabel?
    /// What the table is for.
    public var description: LocalizedLabel?
    /// The text column that names a row to people; a column `…_Name` with the prefix of the table for `nil`.
    public var primaryColumn: ColumnDefinition?
    /// The other columns.
    public var columns: [ColumnDefinition]
    /// Whom rows belong to.
    public var ownership: Ownership
    /// Whether activities can be added to rows.
    public var hasActivities: Bool
    /// Whether notes can be added to rows.
    public var hasNotes: Bool
    /// Further properties of the table's metadata, as the service names them; they win over all others.
    public var additionalMetadata: Record = [:]

    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_Product`.
    ///   - displayName: what people read for one row.
    ///   - pluralName: what people read for many rows.
    ///   - description: what the table is for.
    ///   - primaryColumn: the text column that names a row to people.
    ///   - columns: the other columns.
    ///   - ownership: whom rows belong to.
    ///   - hasActivities: whether activities can be added to rows.
    ///   - hasNotes: whether notes can be added to rows.
    public init(
        _ schemaName: String,
        displayName: LocalizedLabel? = nil,
        pluralName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        primaryColumn: ColumnDefinition? = nil,
        columns: [ColumnDefinition] = [],
        ownership: Ownership = .user,
        hasActivities: Bool = false,
        hasNotes: Bool = true
    ) {
        self.schemaName = schemaName
        self.displayName = displayName
        self.pluralName = pluralName
        self.description = description
        self.primaryColumn = primaryColumn
        self.columns = columns
        self.ownership = ownership
        self.hasActivities = hasActivities
        self.hasNotes = hasNotes
    }
}
