/// A row of a table that no struct was generated for; its columns are reached through its record.
public struct UntypedEntity: ODataEntity {
    /// Nothing is known about the columns.
    public struct Columns: Sendable {
        /// The column with a name.
        public subscript(name: String) -> Column<UntypedEntity, Value> { Column(name) }
    }

    public typealias PrimaryKey = UUID
    public static let schema = EntitySchema(logicalName: "", typeName: "", entitySetName: nil, key: [])
    public static let columns = Columns()
    public var record: Record

    public init(record: Record = Record()) { self.record = record }
}
