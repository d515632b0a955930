/// Tables, their columns, relationships, keys and choices, through the synchronous client: `client.tables`.
///
///     try client.tables.create(TableDefinition("new_Product", columns: [.decimal("new_Price")]))
///     try client.tables.addColumns([.integer("new_Rating", in: 1...5)], to: "new_Product")
///
/// Tables and columns are named by their schema name or their logical name; case does not count. What does not exist
/// is an error of kind `DataverseError.Kind.metadata`, and a definition that the service could not accept one of kind
/// `DataverseError.Kind.invalidRequest`, before anything is sent.
public struct TableOperations: Sendable {
    let client: DataverseClient

    // MARK: Tables

    /// Creates a table with its columns.
    ///
    /// - Parameters:
    ///   - table: the table.
    ///   - solution: the unique name of the solution that gets it; the default solution for `nil`.
    /// - Returns: what the service says about the new table.
    @discardableResult
    public func create(
        _ table: TableDefinition,
        solution: String? = nil
    ) throws -> TableInfo {
        try client.run(as: CallName("create table", table.schemaName)) { $0.createTable(table, solution: solution) }
    }

    /// Reads what the service says about a table, or gives `nil` if there is none with this name.
    public func get(_ table: String) throws -> TableInfo? {
        try client.run(as: CallName("get table", table)) { $0.tableInfo(of: table) }
    }

    /// Lists the tables of the environment, without those that are private to the service.
    ///
    /// - Parameters:
    ///   - filter: an OData condition on the definitions, such as `startswith(SchemaName, 'new_')`.
    ///   - select: the properties to read, such as `LogicalName`; all for none.
    public func list(
        filter: String? = nil,
        select: [String] = []
    ) throws -> [TableInfo] {
        try client.run(as: CallName("list tables")) { $0.tables(filter: filter, select: select) }
    }

    /// Deletes a table with all its rows.
    public func delete(_ table: String) throws {
        try client.run(as: CallName("delete table", table)) { $0.deleteTable(table) }
    }

    // MARK: Columns

    /// Creates columns, one after the other.
    ///
    /// - Parameters:
    ///   - columns: the columns; not empty.
    ///   - table: the table that gets them.
    ///   - solution: the unique name of the solution that gets them; the default solution for `nil`.
    /// - Returns: the schema names of the columns.
    @discardableResult
    public func addColumns(
        _ columns: [ColumnDefinition],
        to table: String,
        solution: String? = nil
    ) throws -> [String] {
        try client.run(as: CallName("add columns", table)) { $0.addColumns(columns, to: table, solution: solution) }
    }

    /// Changes the constraints, the labels or the requirement of a column; everything else stays as it is.
    public func updateColumn(
        _ column: String,
        of table: String,
        _ changes: ColumnChanges
    ) throws {
        try client.run(as: CallName("update column", table)) { $0.updateColumns([(column, changes)], of: table) }
    }

    /// Changes several columns, one after the other, after all changes were checked.
    ///
    /// - Parameters:
    ///   - changes: the names of columns, and what to change about them.
    ///   - table: the table that has them.
    public func updateColumns(
        _ changes: KeyValuePairs<String, ColumnChanges>,
        of table: String
    ) throws {
        try client.run(as: CallName("update columns", table)) {
            $0.updateColumns(changes.map { ($0.key, $0.value) }, of: table)
        }
    }

    /// Deletes columns with their values, one after the other.
    ///
    /// - Returns: the names of the columns.
    @discardableResult
    public func removeColumns(
        _ columns: [String],
        from table: String
    ) throws -> [String] {
        try client.run(as: CallName("remove columns", table)) { $0.removeColumns(columns, from: table) }
    }

    /// Reads a column with the properties that all types of columns have, or gives `nil` if there is none.
    ///
    /// - Parameters:
    ///   - column: the name of the column.
    ///   - table: the table that has it.
    ///   - select: the properties to read; all for none.
    public func getColumn(
        _ column: String,
        of table: String,
        select: [String] = []
    ) throws -> ColumnInfo? {
        try client.run(as: CallName("get column", table)) { $0.column(column, of: table, select: select) }
    }

    /// Reads a column with the properties of its own type, such as ``ColumnInfo/maxLength``, or gives `nil` if there is
    /// none.
    ///
    /// - Parameters:
    ///   - column: the name of the column.
    ///   - table: the table that has it.
    ///   - properties: the properties to read; names, type and constraints for none.
    public func getTypedColumn(
        _ column: String,
        of table: String,
        properties: [String] = []
    ) throws -> ColumnInfo? {
        try client.run(as: CallName("get typed column", table)) {
            $0.typedColumn(column, of: table, properties: properties)
        }
    }

    /// Lists the columns of a table with the properties that all types of columns have.
    ///
    /// - Parameters:
    ///   - table: the name of the table.
    ///   - filter: an OData condition on the definitions, such as `AttributeType eq 'String'`.
    ///   - select: the properties to read; all for none.
    public func listColumns(
        of table: String,
        filter: String? = nil,
        select: [String] = []
    ) throws -> [ColumnInfo] {
        try client.run(as: CallName("list columns", table)) { $0.columns(of: table, filter: filter, select: select) }
    }

    /// Lists the columns of a table with the properties of their own types, such as ``ColumnInfo/maxLength``.
    ///
    /// - Parameters:
    ///   - table: the name of the table.
    ///   - properties: the properties to read; names, type and constraints for none.
    public func listTypedColumns(
        of table: String,
        properties: [String] = []
    ) throws -> [ColumnInfo] {
        try client.run(as: CallName("list typed columns", table)) {
            $0.typedColumns(of: table, named: nil, properties: properties)
        }
    }
}

extension DataverseClient {
    /// Tables, their columns, relationships, keys and choices.
    public var tables: TableOperations { TableOperations(client: self) }
}
