/// Where a file is in the service: in a file or image column of a row.
public struct FileLocation: Sendable, Hashable {
    /// The name of the table, such as `account`.
    public let table: String
    /// The primary key of the row.
    public let row: UUID
    /// The name of the column, such as `new_Document`.
    public let column: String

    /// - Parameters:
    ///   - table: the name of the table.
    ///   - row: the primary key of the row.
    ///   - column: the name of the column.
    public init(table: String, row: UUID, column: String) {
        self.table = table
        self.row = row
        self.column = column
    }

    /// - Parameters:
    ///   - column: the name of the column.
    ///   - row: the row.
    public init<Row: ODataEntity>(_ column: String, of row: Reference<Row>) where Row.PrimaryKey == UUID {
        self.init(table: Row.schema.logicalName, row: row.id, column: column)
    }
}
