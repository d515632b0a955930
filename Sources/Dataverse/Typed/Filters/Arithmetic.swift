// Calculations. Each one stands in parentheses, so that they can be put together in any way.
//
// Sources: OData URL Conventions 4.01, sections 5.1.1.2 "Arithmetic Operators" and 5.1.1.9 "Arithmetic Functions".

extension FilterOperand where ColumnType: NumericColumnType {
    /// The sum of a column and a number.
    public static func + (left: Self, right: ColumnType) -> FilterExpression<Row, ColumnType> {
        left.calculation("add", right.urlLiteral)
    }
    /// The sum of two columns.
    public static func + (
        left: Self,
        right: some FilterOperand<Row, ColumnType>
    ) -> FilterExpression<Row, ColumnType> {
        left.calculation("add", right.expressionText)
    }
    /// The difference of a column and a number.
    public static func - (left: Self, right: ColumnType) -> FilterExpression<Row, ColumnType> {
        left.calculation("sub", right.urlLiteral)
    }
    /// The difference of two columns.
    public static func - (
        left: Self,
        right: some FilterOperand<Row, ColumnType>
    ) -> FilterExpression<Row, ColumnType> {
        left.calculation("sub", right.expressionText)
    }
    /// The product of a column and a number.
    public static func * (left: Self, right: ColumnType) -> FilterExpression<Row, ColumnType> {
        left.calculation("mul", right.urlLiteral)
    }
    /// The product of two columns.
    public static func * (
        left: Self,
        right: some FilterOperand<Row, ColumnType>
    ) -> FilterExpression<Row, ColumnType> {
        left.calculation("mul", right.expressionText)
    }
    /// The quotient of a column and a number; of whole numbers, without the remainder.
    public static func / (left: Self, right: ColumnType) -> FilterExpression<Row, ColumnType> {
        left.calculation("div", right.urlLiteral)
    }
    /// The quotient of two columns; of whole numbers, without the remainder.
    public static func / (
        left: Self,
        right: some FilterOperand<Row, ColumnType>
    ) -> FilterExpression<Row, ColumnType> {
        left.calculation("div", right.expressionText)
    }
    /// The remainder of a division by a number.
    public static func % (left: Self, right: ColumnType) -> FilterExpression<Row, ColumnType> {
        left.calculation("mod", right.urlLiteral)
    }
    /// The number with the opposite sign.
    public static prefix func - (operand: Self) -> FilterExpression<Row, ColumnType> {
        FilterExpression("-\(operand.expressionText)")
    }

    /// The quotient with its fraction, of whole numbers too (OData 4.01).
    public func divided(by number: ColumnType) -> FilterExpression<Row, Decimal> {
        FilterExpression("(\(expressionText) divby \(number.urlLiteral))")
    }
    /// The quotient with its fraction, of whole numbers too (OData 4.01).
    public func divided(by other: some FilterOperand<Row, ColumnType>) -> FilterExpression<Row, Decimal> {
        FilterExpression("(\(expressionText) divby \(other.expressionText))")
    }

    /// The nearest whole number.
    public var rounded: FilterExpression<Row, ColumnType> { call("round") }
    /// The next whole number that is not greater.
    public var floor: FilterExpression<Row, ColumnType> { call("floor") }
    /// The next whole number that is not less.
    public var ceiling: FilterExpression<Row, ColumnType> { call("ceiling") }

    private func calculation(_ word: String, _ right: String) -> FilterExpression<Row, ColumnType> {
        FilterExpression("(\(expressionText) \(word) \(right))")
    }
}
