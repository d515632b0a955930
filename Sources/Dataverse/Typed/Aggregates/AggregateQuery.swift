/// Results that a service calculates from rows, as a value that a client runs.
public struct AggregateQuery<Row: ODataRow, Element: Sendable>: Sendable {
    /// The query that is sent: its `$apply` has the transformations.
    private(set) var query = RowQuery<Record>()
    /// Reads one result from the reply.
    let read: @Sendable (Record) throws -> Element

    init(
        of rows: RowQuery<Row>,
        transformation: String,
        read: @escaping @Sendable (Record) throws -> Element
    ) {
        var transformations: [String] = []
        if let earlier = rows.apply { transformations.append(earlier) }
        if let filter = rows.filter { transformations.append("filter(\(filter.text))") }
        if !rows.order.isEmpty { transformations.append("orderby(\(rows.order.joined(separator: ",")))") }
        if let skip = rows.skip { transformations.append("skip(\(skip))") }
        if let top = rows.top { transformations.append("top(\(top))") }
        if !transformation.isEmpty { transformations.append(transformation) }
        query.apply = transformations.joined(separator: "/")
        query.pageSize = rows.pageSize
        query.annotations = rows.annotations
        self.read = read
    }

    /// In this order, by columns that the rows are grouped by; with several calls, the earlier one comes first.
    ///
    /// - Parameter order: gives the order, in terms of the table's columns.
    public func orderBy(_ order: (Row.Columns) -> Ordering<Row>) -> Self {
        ordered(by: order(Row.columns).terms)
    }

    /// In this order, by a result. Dataverse does not support it; sort the results there.
    ///
    /// - Parameters:
    ///   - aggregate: one of the aggregates that the query has.
    ///   - descending: whether the largest comes first.
    public func orderBy(_ aggregate: Aggregate<Row, some ColumnValue>, descending: Bool = false) -> Self {
        ordered(by: ["\(aggregate.alias) \(descending ? "desc" : "asc")"])
    }

    /// Only results that meet a condition: `.having(.sum(\.revenue)) { $0 > 1_000_000 }`.
    ///
    /// - Parameters:
    ///   - aggregate: one of the aggregates that the query has.
    ///   - condition: gives the condition, in terms of the result.
    public func having<Output: ColumnValue>(
        _ aggregate: Aggregate<Row, Output>,
        _ condition: (FilterExpression<Row, Output>) -> Filter<Row>
    ) -> Self {
        var result = self
        result.query.apply = "\(query.apply ?? "")/filter(\(condition(FilterExpression(aggregate.alias)).text))"
        return result
    }

    /// At most so many results.
    public func top(_ count: Int) -> Self {
        var result = self
        result.query.top = count
        return result
    }

    private func ordered(by terms: [String]) -> Self {
        var result = self
        result.query.order += terms
        return result
    }

    func elements(of records: [Record]) throws -> [Element] { try records.map(read) }
}
