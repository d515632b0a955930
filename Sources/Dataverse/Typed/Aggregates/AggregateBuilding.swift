/// What results are put in order and cut off with, through both clients.
public protocol AggregateBuilding<AggregatedRow, Result> {
    /// The rows that the results are calculated from.
    associatedtype AggregatedRow: ODataRow
    /// One result.
    associatedtype Result: Sendable
    /// The same with a change made to it.
    func building(
        _ change: (AggregateQuery<AggregatedRow, Result>) -> AggregateQuery<AggregatedRow, Result>
    ) -> Self
}

extension AggregateBuilding {
    /// In this order, by columns that the rows are grouped by; with several calls, the earlier one comes first.
    ///
    /// - Parameter order: gives the order, in terms of the table's columns.
    public func orderBy(_ order: (AggregatedRow.Columns) -> Ordering<AggregatedRow>) -> Self {
        building { $0.orderBy(order) }
    }

    /// In this order, by a result. Dataverse does not support it; sort the results there.
    ///
    /// - Parameters:
    ///   - aggregate: one of the aggregates that the query has.
    ///   - descending: whether the largest comes first.
    public func orderBy(_ aggregate: Aggregate<AggregatedRow, some ColumnValue>, descending: Bool = false) -> Self {
        building { $0.orderBy(aggregate, descending: descending) }
    }

    /// Only results that meet a condition: `.having(.sum(\.revenue)) { $0 > 1_000_000 }`.
    ///
    /// - Parameters:
    ///   - aggregate: one of the aggregates that the query has.
    ///   - condition: gives the condition, in terms of the result.
    public func having<Output: ColumnValue>(
        _ aggregate: Aggregate<AggregatedRow, Output>,
        _ condition: (FilterExpression<AggregatedRow, Output>) -> Filter<AggregatedRow>
    ) -> Self {
        building { $0.having(aggregate, condition) }
    }

    /// At most so many results.
    public func top(_ count: Int) -> Self { building { $0.top(count) } }
}
