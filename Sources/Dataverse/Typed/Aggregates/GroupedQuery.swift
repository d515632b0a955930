/// Rows put into groups by the values of some columns; run as it is, it gives the different values.
///
/// It is a value without a client, made by ``RowQuery/group(by:)``. `client.accounts.group(by: \.industrycode)` gives
/// one that can be run.
public struct GroupedQuery<Row: ODataRow, Key: Sendable>: Sendable {
    let rows: RowQuery<Row>
    let keyTexts: [String]
    let readKey: @Sendable (Record) throws -> Key

    /// The different values of the columns that the rows are grouped by.
    public var keys: AggregateQuery<Row, Key> {
        AggregateQuery(of: rows, transformation: "groupby((\(keyTexts.joined(separator: ","))))", read: readKey)
    }

    /// Calculates something for each group.
    ///
    /// - Parameter aggregates: what to calculate.
    /// - Returns: a query of the keys of the groups with the results, in the order in which they were asked for.
    public func aggregate<each Output: ColumnValue>(
        _ aggregates: repeat Aggregate<Row, each Output>
    ) -> AggregateQuery<Row, (key: Key, values: (repeat (each Output)?))> {
        let list = AggregateList<Row, repeat each Output>(repeat each aggregates)
        let readKey = readKey
        let groups = "(\(keyTexts.joined(separator: ",")))"
        return AggregateQuery(
            of: rows,
            transformation: list.text.isEmpty ? "groupby(\(groups))" : "groupby(\(groups),\(list.text))"
        ) { record in (key: try readKey(record), values: try list.read(from: record)) }
    }
}

/// The aggregates of a query together.
struct AggregateList<Row: ColumnSource, each Output: ColumnValue>: Sendable {
    private let aggregates: (repeat Aggregate<Row, each Output>)

    init(_ aggregates: repeat Aggregate<Row, each Output>) { self.aggregates = (repeat each aggregates) }

    /// `aggregate(…)`; nothing for none.
    var text: String {
        var terms: [String] = []
        for aggregate in repeat each aggregates {
            if !terms.contains(aggregate.text) { terms.append(aggregate.text) }
        }
        return terms.isEmpty ? "" : "aggregate(\(terms.joined(separator: ",")))"
    }

    func read(from record: Record) throws -> (repeat (each Output)?) {
        (repeat try (each aggregates).read(from: record))
    }
}

extension RowQuery {
    /// Puts the rows into groups by the values of columns: `.group(by: \.industrycode, \.primarycontactid.fullname)`.
    ///
    /// - Parameter columns: the columns; rows with the same values in all of them are a group.
    public func group<each Operand: FilterOperand>(
        by columns: repeat KeyPath<Row.Columns, each Operand>
    ) -> GroupedQuery<Row, (repeat (each Operand).ColumnType?)> {
        let keys = (repeat groupKey(Row.columns[keyPath: each columns]))
        var texts: [String] = []
        for key in repeat each keys { texts.append(key.text) }
        return GroupedQuery(rows: self, keyTexts: texts) { record in (repeat try (each keys).read(from: record)) }
    }

    /// Calculates something from all rows.
    ///
    /// - Parameter aggregates: what to calculate.
    /// - Returns: a query of the results, in the order in which they were asked for.
    public func aggregate<each Output: ColumnValue>(
        _ aggregates: repeat Aggregate<Row, each Output>
    ) -> AggregateQuery<Row, (repeat (each Output)?)> {
        let list = AggregateList<Row, repeat each Output>(repeat each aggregates)
        return AggregateQuery(of: self, transformation: list.text) { record in try list.read(from: record) }
    }
}

private func groupKey<Operand: FilterOperand>(_ column: Operand) -> GroupKey<Operand.ColumnType> {
    GroupKey(text: column.expressionText)
}

private struct GroupKey<ColumnType: ColumnValue>: Sendable {
    let text: String

    func read(from record: Record) throws -> ColumnType? { try record.aggregated(text, as: ColumnType.self) }
}
