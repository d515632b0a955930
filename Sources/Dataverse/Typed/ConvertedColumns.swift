extension ODataStructuredType {
    /// The value of a column whose type is converted; `nil` where it is null, was not read or cannot be converted.
    /// Setting `nil` writes null.
    @inlinable
    public subscript<Converter: ColumnConverter>(
        dynamicMember path: KeyPath<Columns, Column<Self, Converted<Converter>>>
    ) -> Converter.Value? {
        get { (try? record.value(Self.columns[keyPath: path].columnName, as: Converted<Converter>.self))?.value }
        set { record[Self.columns[keyPath: path].columnName] = newValue.map { Converted<Converter>($0).json } ?? .null }
    }

    /// The value of a column that the service sets and whose type is converted; `nil` where it is null, was not read or
    /// cannot be converted.
    @inlinable
    public subscript<Converter: ColumnConverter>(
        dynamicMember path: KeyPath<Columns, ReadOnlyColumn<Self, Converted<Converter>>>
    ) -> Converter.Value? {
        (try? record.value(Self.columns[keyPath: path].columnName, as: Converted<Converter>.self))?.value
    }

    /// The value of a column that is set on creation only and whose type is converted; `nil` where it is null, was not
    /// read or cannot be converted.
    @inlinable
    public subscript<Converter: ColumnConverter>(
        dynamicMember path: KeyPath<Columns, CreateOnlyColumn<Self, Converted<Converter>>>
    ) -> Converter.Value? {
        (try? record.value(Self.columns[keyPath: path].columnName, as: Converted<Converter>.self))?.value
    }

    /// Sets a column whose type is converted, and that can be set when a row is created and not later.
    ///
    /// - Parameters:
    ///   - path: the column.
    ///   - value: the value of the new row.
    public mutating func initialize<Converter: ColumnConverter>(
        _ path: KeyPath<Columns, CreateOnlyColumn<Self, Converted<Converter>>>,
        with value: Converter.Value?
    ) {
        initialize(path, with: value.map { Converted<Converter>($0) })
    }
}

/// Whether a column whose type is converted has a value; `nil` asks for null.
public func == <Operand: FilterOperand, Converter: ColumnConverter>(
    left: Operand,
    right: Converter.Value?
) -> Filter<Operand.Row> where Operand.ColumnType == Converted<Converter> {
    left == right.map { Converted<Converter>($0) }
}

/// Whether a column whose type is converted has another value; `nil` asks for anything but null.
public func != <Operand: FilterOperand, Converter: ColumnConverter>(
    left: Operand,
    right: Converter.Value?
) -> Filter<Operand.Row> where Operand.ColumnType == Converted<Converter> {
    left != right.map { Converted<Converter>($0) }
}

extension FilterOperand {
    /// The column as the service has it, for filters in its own type: `$0.websiteurl.stored().hasPrefix("https:")`.
    public func stored<Converter: ColumnConverter>() -> FilterExpression<Row, Converter.Stored>
    where ColumnType == Converted<Converter> {
        FilterExpression(expressionText)
    }
}
