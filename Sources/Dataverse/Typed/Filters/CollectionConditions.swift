/// A collection that a filter can ask about: of rows, or of values.
///
///     .where { $0.contactCustomerAccounts.any { $0.lastname == "Lee" } }
///     .where { $0.tags.contains("new") }
///
/// Source: OData URL Conventions 4.01, section 5.1.1.13 "Lambda Operators".
public protocol CollectionStep<Row, Element>: Sendable {
    /// The rows that the path to the collection begins at.
    associatedtype Row
    /// What the collection has.
    associatedtype Element: Sendable
    /// The path to the collection.
    var collectionText: String { get }
}

extension CollectionNavigation: CollectionStep {
    public typealias Element = Target
    public var collectionText: String { navigationProperty }
}

extension CollectionStep {
    /// Whether the collection has anything in it.
    public func any() -> Filter<Row> { Filter(term: "\(collectionText)/any()") }

    /// Whether something in the collection meets a condition.
    ///
    /// The condition is one on the rows that the filter is for, so it may use their columns too:
    /// `.where { account in account.contacts.any { $0.city == account.city } }`.
    ///
    /// - Parameter condition: gives the condition, in terms of one row or value of the collection.
    public func any(_ condition: (RangeVariable<Row, Element>) throws -> Filter<Row>) rethrows -> Filter<Row> {
        try lambda("any", condition)
    }

    /// Whether everything in the collection meets a condition; an empty collection does.
    ///
    /// - Parameter condition: gives the condition, in terms of one row or value of the collection.
    public func all(_ condition: (RangeVariable<Row, Element>) throws -> Filter<Row>) rethrows -> Filter<Row> {
        try lambda("all", condition)
    }

    /// The number of rows or values. Dataverse does not support it.
    public var count: FilterExpression<Row, Int> { FilterExpression("\(collectionText)/$count") }

    private func lambda(
        _ word: String,
        _ condition: (RangeVariable<Row, Element>) throws -> Filter<Row>
    ) rethrows -> Filter<Row> {
        let depth = LambdaDepth.current + 1
        let variable = RangeVariable<Row, Element>(rangeVariableName: "r\(depth)")
        let filter = try LambdaDepth.$current.withValue(depth) { try condition(variable) }
        return Filter(term: "\(collectionText)/\(word)(\(variable.rangeVariableName):\(filter.text))")
    }
}

/// How many lambdas the one that is being built stands in, so that each has a variable of its own.
private enum LambdaDepth {
    @TaskLocal static var current = 0
}

/// One row or value of a collection, in the condition of a lambda.
public struct RangeVariable<Row, Element: Sendable>: Sendable {
    let rangeVariableName: String
}

extension RangeVariable: PathStep where Element: ColumnSource {
    public typealias Destination = Element
    public var pathText: String { rangeVariableName }
}

extension RangeVariable: FilterOperand where Element: ColumnValue {
    public typealias ColumnType = Element
    public var expressionText: String { rangeVariableName }
}

extension Column: CollectionStep where ColumnType: CollectionColumnType {
    public typealias Element = ColumnType.Element
    public var collectionText: String { columnName }
}

extension ReadOnlyColumn: CollectionStep where ColumnType: CollectionColumnType {
    public typealias Element = ColumnType.Element
    public var collectionText: String { columnName }
}

extension CollectionStep where Element: ColumnValue {
    /// Whether a value is in the collection.
    public func contains(_ value: Element) -> Filter<Row> {
        any { (element: RangeVariable<Row, Element>) in element == value }
    }
}

extension FilterOperand {
    /// Only collections can be asked for any of their elements.
    @available(*, unavailable, message: "“any” is for collections, and this column has one value: compare it instead")
    public func any(_ condition: (Self) -> Filter<Row>) -> Filter<Row> { condition(self) }

    /// Only collections can be asked for all of their elements.
    @available(*, unavailable, message: "“all” is for collections, and this column has one value: compare it instead")
    public func all(_ condition: (Self) -> Filter<Row>) -> Filter<Row> { condition(self) }
}
