// Groups and aggregates of the rows of a query.
extension AsyncEntitySetQuery {
    /// Puts the rows into groups by the values of columns: `.group(by: \.industrycode, \.primarycontactid.fullname)`.
    ///
    /// - Parameter columns: the columns; rows with the same values in all of them are a group.
    public func group<each Operand: FilterOperand>(
        by columns: repeat KeyPath<Row.Columns, each Operand>
    ) -> AsyncEntitySetGroups<Row, (repeat (each Operand).ColumnType?)> {
        AsyncEntitySetGroups(entitySet: entitySet, groups: query.group(by: repeat each columns))
    }

    /// Calculates something from all rows: `let (count, revenue) = try await query.aggregate(.count, .sum(\.revenue))`.
    ///
    /// - Parameter aggregates: what to calculate.
    /// - Returns: the results, in the order in which they were asked for; `nil` where there was nothing to calculate
    ///   them from.
    public func aggregate<each Output: ColumnValue>(
        _ aggregates: repeat Aggregate<Row, each Output>
    ) async throws -> (repeat (each Output)?) {
        let aggregation = query.aggregate(repeat each aggregates)
        let results = try await entitySet.client.run(as: CallName("aggregate", in: entitySet.source)) {
            $0.page(at: .first, of: aggregation.query, in: entitySet.source)
        }
        return try aggregation.read(results.rows.first ?? Record())
    }
}

extension AsyncEntitySet {
    /// Puts the rows into groups by the values of columns.
    ///
    /// - Parameter columns: the columns; rows with the same values in all of them are a group.
    public func group<each Operand: FilterOperand>(
        by columns: repeat KeyPath<Row.Columns, each Operand>
    ) -> AsyncEntitySetGroups<Row, (repeat (each Operand).ColumnType?)> {
        query.group(by: repeat each columns)
    }

    /// Calculates something from all rows.
    ///
    /// - Parameter aggregates: what to calculate.
    /// - Returns: the results, in the order in which they were asked for.
    public func aggregate<each Output: ColumnValue>(
        _ aggregates: repeat Aggregate<Row, each Output>
    ) async throws -> (repeat (each Output)?) {
        try await query.aggregate(repeat each aggregates)
    }
}

/// Groups of rows, through the asynchronous client.
public struct AsyncEntitySetGroups<Row: ODataRow, Key: Sendable>: Sendable {
    let entitySet: AsyncEntitySet<Row>
    let groups: GroupedQuery<Row, Key>

    /// The different values of the columns that the rows are grouped by.
    public var keys: AsyncEntitySetAggregation<Row, Key> {
        AsyncEntitySetAggregation(entitySet: entitySet, aggregation: groups.keys)
    }

    /// Calculates something for each group.
    ///
    /// - Parameter aggregates: what to calculate.
    public func aggregate<each Output: ColumnValue>(
        _ aggregates: repeat Aggregate<Row, each Output>
    ) -> AsyncEntitySetAggregation<Row, (key: Key, values: (repeat (each Output)?))> {
        AsyncEntitySetAggregation(entitySet: entitySet, aggregation: groups.aggregate(repeat each aggregates))
    }
}

/// Results that the service calculates, through the asynchronous client. Nothing is sent before they are read.
public struct AsyncEntitySetAggregation<Row: ODataRow, Element: Sendable>: Sendable, AggregateBuilding {
    let entitySet: AsyncEntitySet<Row>
    var aggregation: AggregateQuery<Row, Element>

    public func building(_ change: (AggregateQuery<Row, Element>) -> AggregateQuery<Row, Element>) -> Self {
        AsyncEntitySetAggregation(entitySet: entitySet, aggregation: change(aggregation))
    }

    /// Reads all results.
    public func all() async throws -> [Element] {
        try await aggregation.elements(
            of: entitySet.client.run(as: CallName("query", in: entitySet.source)) {
                $0.allRows(of: aggregation.query, in: entitySet.source)
            }
        )
    }

    /// Reads the first result, or `nil` if there is none.
    public func first() async throws -> Element? {
        try await entitySet.client.run(as: CallName("query first", in: entitySet.source)) {
            $0.firstRow(of: aggregation.query, in: entitySet.source)
        }.map(
            aggregation.read
        )
    }
}
