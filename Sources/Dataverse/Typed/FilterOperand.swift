/// What can stand on the left of a comparison in a filter: a column, a lookup, or a function of them.
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
}

// MARK: Comparisons (OData URL Conventions 4.01, section 5.1.1.1)

/// Whether a column has a value; `nil` asks for null.
public func == <Operand: FilterOperand>(left: Operand, right: Operand.ColumnType?) -> Filter<Operand.Row> {
    comparison(left, "eq", right)
}

/// Whether a column has another value; `nil` asks for anything but null.
public func != <Operand: FilterOperand>(left: Operand, right: Operand.ColumnType?) -> Filter<Operand.Row> {
    comparison(left, "ne", right)
}

/// Whether a column's value is less.
public func < <Operand: FilterOperand>(left: Operand, right: Operand.ColumnType) -> Filter<Operand.Row> {
    comparison(left, "lt", right)
}

/// Whether a column's value is less or the same.
public func <= <Operand: FilterOperand>(left: Operand, right: Operand.ColumnType) -> Filter<Operand.Row> {
    comparison(left, "le", right)
}

/// Whether a column's value is greater.
public func > <Operand: FilterOperand>(left: Operand, right: Operand.ColumnType) -> Filter<Operand.Row> {
    comparison(left, "gt", right)
}

/// Whether a column's value is greater or the same.
public func >= <Operand: FilterOperand>(left: Operand, right: Operand.ColumnType) -> Filter<Operand.Row> {
    comparison(left, "ge", right)
}

private func comparison<Operand: FilterOperand>(
    _ left: Operand,
    _ word: String,
    _ right: Operand.ColumnType?
) -> Filter<Operand.Row> {
    Filter(term: "\(left.expressionText) \(word) \(right?.urlLiteral ?? "null")")
}

extension FilterOperand {
    /// Whether the value is one of these; of none, no row is.
    public func isIn(_ values: some Sequence<ColumnType>) -> Filter<Row> {
        let terms = values.map { "\(expressionText) eq \($0.urlLiteral)" }
        switch terms.count {
        case 0: return Filter(term: "false")
        case 1: return Filter(term: terms[0])
        default: return Filter(term: "(\(terms.joined(separator: " or ")))")
        }
    }

    /// Whether the value lies in a range, bounds included.
    public func isBetween(_ range: ClosedRange<ColumnType>) -> Filter<Row> where ColumnType: Comparable {
        let (lower, upper) = (range.lowerBound.urlLiteral, range.upperBound.urlLiteral)
        return Filter(term: "(\(expressionText) ge \(lower) and \(expressionText) le \(upper))")
    }
}

// MARK: Text (section 5.1.1.7)

extension FilterOperand where ColumnType == String {
    /// Whether the text begins so.
    public func hasPrefix(_ prefix: String) -> Filter<Row> { call("startswith", prefix) }
    /// Whether the text ends so.
    public func hasSuffix(_ suffix: String) -> Filter<Row> { call("endswith", suffix) }
    /// Whether the text has this in it.
    public func contains(_ text: String) -> Filter<Row> { call("contains", text) }

    /// The text in lower case.
    public var lowercased: FilterExpression<Row, String> { FilterExpression("tolower(\(expressionText))") }
    /// The text in upper case.
    public var uppercased: FilterExpression<Row, String> { FilterExpression("toupper(\(expressionText))") }
    /// The text without white space around it.
    public var trimmed: FilterExpression<Row, String> { FilterExpression("trim(\(expressionText))") }
    /// The number of characters.
    public var count: FilterExpression<Row, Int> { FilterExpression("length(\(expressionText))") }

    private func call(_ function: String, _ argument: String) -> Filter<Row> {
        Filter(term: "\(function)(\(expressionText),\(argument.urlLiteral))")
    }
}
