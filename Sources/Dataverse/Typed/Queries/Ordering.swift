/// In which order rows come: one term, or several in an array.
///
///     .orderBy { $0.name.ascending }
///     .orderBy { [$0.revenue.descending, $0.name.ascending] }
///
/// Source: OData URL Conventions 4.01, section 5.1.4 "System Query Option $orderby".
public struct Ordering<Row>: Sendable, Hashable, ExpressibleByArrayLiteral {
    let terms: [String]

    init(_ term: String) { terms = [term] }

    public init(arrayLiteral elements: Ordering...) { terms = elements.flatMap(\.terms) }
}

extension FilterOperand {
    /// The smallest value first.
    public var ascending: Ordering<Row> { Ordering("\(expressionText) asc") }
    /// The largest value first.
    public var descending: Ordering<Row> { Ordering("\(expressionText) desc") }
}
