/// Anything that stands for a row of an entity set: a generated struct, or an untyped ``ODataCore/Record``.
public protocol ODataRow: Sendable, Hashable {
    /// The columns that filters, orders and selections name.
    associatedtype Columns: Sendable
    /// The type of the primary key.
    associatedtype PrimaryKey: PrimaryKeyValue

    /// The columns of the table.
    static var columns: Columns { get }
    /// What is known about the table from its metadata; `nil` for untyped rows.
    static var entitySchema: EntitySchema? { get }

    /// The values of the row, and which of them were changed.
    var record: Record { get set }
    /// A row with these values.
    init(record: Record)
}

extension Record: ODataRow {
    /// Columns of an untyped row, by name: `$0["name"] == "Contoso"`.
    public struct Columns: Sendable {
        /// The column with a name.
        public subscript(name: String) -> Column<Record, Value> { Column(name) }
        /// The column with a name, and with a type to compare with.
        public subscript<ColumnType: ColumnValue>(name: String, type: ColumnType.Type) -> Column<Record, ColumnType> {
            Column(name)
        }
    }

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
