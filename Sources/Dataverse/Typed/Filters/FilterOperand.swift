/// What can stand in a comparison of a filter: a column, a lookup, a path to a column of another row, or a function
/// of these.
public protocol FilterOperand<Row, ColumnType>: Sendable {
    /// The rows the operand is for.
    associatedtype Row
    /// The type of the values it is compared with.
    associatedtype ColumnType: ColumnValue
    /// The operand in OData's words.
    var expressionText: String { get }
}

/// A function of a column, such as `$0.name.lowercased`.
public struct FilterExpression<Row, ColumnType: ColumnValue>: FilterOperand {
    public let expressionText: String

    init(_ expressionText: String) { self.expressionText = expressionText }

    /// An expression in OData's own words, as it is sent.
    ///
    /// - Parameter text: an expression of `$filter` or `$orderby`. Quotes inside string literals must be doubled.
    public init(odata text: String) { expressionText = text }

    /// A fixed value in the place of a column: `FilterExpression(" ").appending($0.lastname)`.
    public init(value: ColumnType) { expressionText = value.urlLiteral }
}

extension FilterOperand {
    /// A call of a function with this operand as its first argument.
    func call<Result: ColumnValue>(_ function: String, _ arguments: String...) -> FilterExpression<Row, Result> {
        FilterExpression("\(function)(\(([expressionText] + arguments).joined(separator: ",")))")
    }

    /// A call of a function that is a condition.
    func condition(_ function: String, _ arguments: String...) -> Filter<Row> {
        Filter(term: "\(function)(\(([expressionText] + arguments).joined(separator: ",")))")
    }
}
