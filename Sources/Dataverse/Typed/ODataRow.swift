/// Anything that stands for a row of an entity set: a generated struct, or an untyped `Record`.
public protocol ODataRow: RecordBacked {
    /// The type of the primary key.
    associatedtype PrimaryKey: PrimaryKeyValue

    /// What is known about the table from its metadata; `nil` for untyped rows.
    static var entitySchema: EntitySchema? { get }
}

extension Record: ODataRow {
    public typealias Columns = UntypedColumns<Record>
    public typealias PrimaryKey = UUID
    public static var columns: Columns { Columns() }
    public static var entitySchema: EntitySchema? { nil }
    public var record: Record {
        get { self }
        set { self = newValue }
    }
    public init(record: Record) { self = record }
}

extension ODataRow {
    /// A row with the columns that a closure sets.
    static func make(_ build: (inout Self) -> Void) -> Self {
        var row = Self(record: Record())
        build(&row)
        return row
    }
}
