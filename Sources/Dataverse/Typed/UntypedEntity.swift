/// A row of a table that no struct was generated for; its columns are reached through its record.
public struct UntypedEntity: ODataEntity {
    public typealias Columns = UntypedColumns<UntypedEntity>
    public typealias PrimaryKey = UUID
    public static let schema = EntitySchema(logicalName: "", typeName: "", entitySetName: nil, key: [])
    public static let columns = Columns()
    public var record: Record

    public init(record: Record) { self.record = record }
}
