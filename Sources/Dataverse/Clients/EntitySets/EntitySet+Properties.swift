// One column of a row at a time.
extension EntitySet {
    /// Reads one column of a row.
    ///
    ///     let name = try client.accounts.value(of: { $0.name }, .id(id))
    ///
    /// - Parameters:
    ///   - column: gives the column.
    ///   - key: the primary key or an alternate key of the row.
    /// - Returns: the value, or `nil` if the column is null.
    public func value<Operand: SelectableColumn<Row> & FilterOperand>(
        of column: (Row.Columns) -> Operand,
        _ key: RowKey<Row>
    ) throws -> Operand.ColumnType? {
        let name = column(Row.columns).columnName
        return try client.run(as: CallName("value", in: source)) {
            $0.value(of: name, as: Operand.ColumnType.self, key, in: source)
        }
    }

    /// Reads one column of a row as the bytes that the service has for it (`/$value`): the text of a primitive value,
    /// or the content of a file or an image.
    ///
    /// - Parameters:
    ///   - column: gives the column.
    ///   - key: the primary key or an alternate key of the row.
    /// - Returns: the bytes, or `nil` if the column is null.
    public func rawValue(
        of column: (Row.Columns) -> any SelectableColumn<Row>,
        _ key: RowKey<Row>
    ) throws -> [UInt8]? {
        let name = column(Row.columns).columnName
        return try client.run(as: CallName("raw value", in: source)) { $0.rawValue(of: name, key, in: source) }
    }

    /// Sets one column of a row, and leaves the others as they are.
    ///
    /// - Parameters:
    ///   - value: the new value; see ``clearValue(of:_:)`` for null.
    ///   - column: gives the column.
    ///   - key: the primary key or an alternate key of the row.
    public func setValue<ColumnType: ColumnValue>(
        _ value: ColumnType,
        of column: (Row.Columns) -> Column<Row, ColumnType>,
        _ key: RowKey<Row>
    ) throws {
        let name = column(Row.columns).columnName
        try client.run(as: CallName("set value", in: source)) { $0.setValue(value.json, of: name, key, in: source) }
    }

    /// Sets one column of a row to null, and leaves the others as they are.
    ///
    /// - Parameters:
    ///   - column: gives the column.
    ///   - key: the primary key or an alternate key of the row.
    public func clearValue<ColumnType: ColumnValue>(
        of column: (Row.Columns) -> Column<Row, ColumnType>,
        _ key: RowKey<Row>
    ) throws {
        let name = column(Row.columns).columnName
        try client.run(as: CallName("clear value", in: source)) { $0.clearValue(of: name, key, in: source) }
    }
}
