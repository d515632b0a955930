/// One step of `$apply`: it makes rows out of the rows of the step before.
///
/// Source: OData Extension for Data Aggregation 4.0, section 3.
public indirect enum Transformation: Hashable, Sendable {
    /// `filter(…)`
    case filter(Expression)
    /// `aggregate(…)`: one row with values of all rows.
    case aggregate([AggregateItem])
    /// `groupby((…),…)`: a row for each group; the steps inside are what is made of a group, none of them for the
    /// different values alone.
    case groupBy([[String]], [Transformation])
    /// `compute(…)`: the rows with more columns.
    case compute([ComputeItem])
    /// `orderby(…)`
    case orderBy([OrderByItem])
    /// `top(…)`
    case top(Int)
    /// `skip(…)`
    case skip(Int)
    /// `topcount(2,revenue)` and `bottomcount(2,revenue)`: the rows with the greatest or the least values.
    case ranked(count: Int, by: Expression, isBottom: Bool)
    /// `identity`
    case identity
    /// Another transformation of the specification, by its name; what it is applied to is not parsed.
    case other(String)
}

/// One value that `aggregate(…)` makes.
public struct AggregateItem: Hashable, Sendable {
    /// The expression whose values are put together; `nil` for `$count`, the number of rows.
    public let expression: Expression?
    /// How they are put together: `sum`, `min`, `max`, `average`, `countdistinct`, or a name with a dot of a
    /// service's own; `nil` for `$count`.
    public let method: String?
    /// The name of the value.
    public let alias: String

    /// Makes one from its parts.
    public init(expression: Expression?, method: String?, alias: String) {
        self.expression = expression
        self.method = method
        self.alias = alias
    }
}
