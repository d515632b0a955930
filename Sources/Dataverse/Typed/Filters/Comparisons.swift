// Comparisons with a value, and of two operands with each other.
//
// Source: OData URL Conventions 4.01, section 5.1.1.1 "Logical Operators".

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
    Filter(left.expressionText, word, right?.urlLiteral ?? "null")
}

/// Whether two operands have the same value.
public func == <Left: FilterOperand, Right: FilterOperand>(left: Left, right: Right) -> Filter<Left.Row>
where Left.Row == Right.Row, Left.ColumnType == Right.ColumnType {
    comparison(left, "eq", right)
}

/// Whether two operands have different values.
public func != <Left: FilterOperand, Right: FilterOperand>(left: Left, right: Right) -> Filter<Left.Row>
where Left.Row == Right.Row, Left.ColumnType == Right.ColumnType {
    comparison(left, "ne", right)
}

/// Whether one operand is less than another.
public func < <Left: FilterOperand, Right: FilterOperand>(left: Left, right: Right) -> Filter<Left.Row>
where Left.Row == Right.Row, Left.ColumnType == Right.ColumnType {
    comparison(left, "lt", right)
}

/// Whether one operand is less than another, or the same.
public func <= <Left: FilterOperand, Right: FilterOperand>(left: Left, right: Right) -> Filter<Left.Row>
where Left.Row == Right.Row, Left.ColumnType == Right.ColumnType {
    comparison(left, "le", right)
}

/// Whether one operand is greater than another.
public func > <Left: FilterOperand, Right: FilterOperand>(left: Left, right: Right) -> Filter<Left.Row>
where Left.Row == Right.Row, Left.ColumnType == Right.ColumnType {
    comparison(left, "gt", right)
}

/// Whether one operand is greater than another, or the same.
public func >= <Left: FilterOperand, Right: FilterOperand>(left: Left, right: Right) -> Filter<Left.Row>
where Left.Row == Right.Row, Left.ColumnType == Right.ColumnType {
    comparison(left, "ge", right)
}

private func comparison<Row>(
    _ left: some FilterOperand<Row, some ColumnValue>,
    _ word: String,
    _ right: some FilterOperand<Row, some ColumnValue>
) -> Filter<Row> {
    Filter(left.expressionText, word, right.expressionText)
}

// Without these, the compiler complains that a column is no `StringProtocol` or `BinaryInteger`, which are the next best
// operands of `==` that it finds.

/// A column is compared with a value of its own type, or with a column of the same type.
@available(*, unavailable, message: "compare a column with a value of its own type, or a column of that type and table")
public func == <Operand: FilterOperand, Other>(left: Operand, right: Other) -> Filter<Operand.Row> {
    Filter(term: "false")
}

/// A column is compared with a value of its own type, or with a column of the same type.
@available(*, unavailable, message: "compare a column with a value of its own type, or a column of that type and table")
public func != <Operand: FilterOperand, Other>(left: Operand, right: Other) -> Filter<Operand.Row> {
    Filter(term: "false")
}

/// A column is compared with a value of its own type, or with a column of the same type.
@available(*, unavailable, message: "compare a column with a value of its own type, or a column of that type and table")
public func < <Operand: FilterOperand, Other: ColumnValue>(left: Operand, right: Other) -> Filter<Operand.Row> {
    Filter(term: "false")
}

/// A column is compared with a value of its own type, or with a column of the same type.
@available(*, unavailable, message: "compare a column with a value of its own type, or a column of that type and table")
public func <= <Operand: FilterOperand, Other: ColumnValue>(left: Operand, right: Other) -> Filter<Operand.Row> {
    Filter(term: "false")
}

/// A column is compared with a value of its own type, or with a column of the same type.
@available(*, unavailable, message: "compare a column with a value of its own type, or a column of that type and table")
public func > <Operand: FilterOperand, Other: ColumnValue>(left: Operand, right: Other) -> Filter<Operand.Row> {
    Filter(term: "false")
}

/// A column is compared with a value of its own type, or with a column of the same type.
@available(*, unavailable, message: "compare a column with a value of its own type, or a column of that type and table")
public func >= <Operand: FilterOperand, Other: ColumnValue>(left: Operand, right: Other) -> Filter<Operand.Row> {
    Filter(term: "false")
}

/// How the values of ``FilterOperand/isIn(_:as:)`` are written.
public enum ListForm: Sendable, Hashable {
    /// As comparisons with each value, which every service understands.
    case comparisons
    /// With the operator `in`, which Dataverse does not have (OData URL Conventions 4.01, section 5.1.1.1.12).
    case inOperator
}

extension FilterOperand {
    /// Whether the value is one of these; of none, no row is.
    ///
    /// For long lists in Dataverse see `isOneOf(_:)`, which is shorter.
    ///
    /// - Parameters:
    ///   - values: the values to look for.
    ///   - form: how they are written.
    public func isIn(_ values: some Sequence<ColumnType>, as form: ListForm = .comparisons) -> Filter<Row> {
        let literals = values.map(\.urlLiteral)
        guard let first = literals.first else { return Filter(term: "false") }
        if literals.count == 1 { return Filter(term: "\(expressionText) eq \(first)") }
        switch form {
        case .comparisons:
            let terms = literals.map { "\(expressionText) eq \($0)" }
            return Filter(term: "(\(terms.joined(separator: " or ")))")
        case .inOperator:
            return Filter(term: "\(expressionText) in (\(literals.joined(separator: ",")))")
        }
    }

    /// Whether the value is none of these; of none, every row is.
    ///
    /// - Parameters:
    ///   - values: the values to leave out.
    ///   - form: how they are written.
    public func isNotIn(_ values: some Sequence<ColumnType>, as form: ListForm = .comparisons) -> Filter<Row> {
        let filter = isIn(values, as: form)
        return filter.text.hasPrefix("(") ? Filter(term: "not \(filter.text)") : !filter
    }

    /// Whether the value lies between two others, or is one of them.
    public func isBetween(_ lower: ColumnType, and upper: ColumnType) -> Filter<Row> {
        Filter(term: "(\(expressionText) ge \(lower.urlLiteral) and \(expressionText) le \(upper.urlLiteral))")
    }

    /// Whether the value lies outside of two others.
    public func isNotBetween(_ lower: ColumnType, and upper: ColumnType) -> Filter<Row> {
        Filter(term: "not \(isBetween(lower, and: upper).text)")
    }
}

extension FilterOperand where ColumnType: Comparable {
    /// Whether the value lies in a range, bounds included.
    public func isBetween(_ range: ClosedRange<ColumnType>) -> Filter<Row> {
        isBetween(range.lowerBound, and: range.upperBound)
    }

    /// Whether the value lies outside of a range, bounds excluded.
    public func isNotBetween(_ range: ClosedRange<ColumnType>) -> Filter<Row> {
        isNotBetween(range.lowerBound, and: range.upperBound)
    }

    /// Whether the value lies in a range, the upper bound excluded: all of a day, for example.
    public func isBetween(_ range: Range<ColumnType>) -> Filter<Row> {
        let (lower, upper) = (range.lowerBound.urlLiteral, range.upperBound.urlLiteral)
        return Filter(term: "(\(expressionText) ge \(lower) and \(expressionText) lt \(upper))")
    }
}

extension FilterOperand where ColumnType: ODataFlags {
    /// Whether all of some flags are set.
    ///
    /// Source: OData URL Conventions 4.01, section 5.1.1.1.11 "Has".
    public func has(_ flags: ColumnType) -> Filter<Row> {
        Filter(term: "\(expressionText) has \(flags.urlLiteral)")
    }
}
