// Which operations a column has depends on its type. Each family is one protocol, so that an operation is declared
// once: overloads for single types are what makes type checking slow. `Value`, the type of columns that nothing is
// known about, is in all of them.

/// The types of columns with text.
public protocol TextColumnType: ColumnValue {}

extension String: TextColumnType {}
extension Value: TextColumnType {}

/// The types of columns that can be calculated with.
public protocol NumericColumnType: ColumnValue {
    /// The type of the sum of many values.
    associatedtype Sum: ColumnValue
    /// The type of the average of many values.
    associatedtype Average: ColumnValue
}

extension IntegerColumnValue {
    /// Sums are whole numbers.
    public typealias Sum = Int
    /// Averages are exact numbers with a fraction.
    public typealias Average = Decimal
}

extension Int: NumericColumnType {}
extension Int8: NumericColumnType {}
extension Int16: NumericColumnType {}
extension Int32: NumericColumnType {}
extension Int64: NumericColumnType {}
extension UInt8: NumericColumnType {}
extension Float: NumericColumnType {
    public typealias Sum = Double
    public typealias Average = Double
}
extension Double: NumericColumnType {
    public typealias Sum = Double
    public typealias Average = Double
}
extension Decimal: NumericColumnType {
    public typealias Sum = Decimal
    public typealias Average = Decimal
}
extension Value: NumericColumnType {
    public typealias Sum = Value
    public typealias Average = Value
}

/// The types of columns with a calendar day.
public protocol DayColumnType: ColumnValue {}

extension Date: DayColumnType {}
extension DateOnly: DayColumnType {}
extension Value: DayColumnType {}

/// The types of columns with a time of day.
public protocol TimeColumnType: ColumnValue {}

extension Date: TimeColumnType {}
extension TimeOfDay: TimeColumnType {}
extension Value: TimeColumnType {}

/// The types of columns that name a row: keys and lookups.
public protocol IdentifierColumnType: ColumnValue {}

extension UUID: IdentifierColumnType {}
extension Reference: IdentifierColumnType {}
extension Value: IdentifierColumnType {}

/// The types of columns with many values.
public protocol CollectionColumnType: ColumnValue {
    /// The type of one value.
    associatedtype Element: ColumnValue
}

extension Array: CollectionColumnType where Element: ColumnValue {}
