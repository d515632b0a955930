/// What is calculated from many rows: a sum, an average, a count and so on.
///
///     .aggregate(.count, .sum(\.revenue), .average(\.creditlimit))
///
/// The service names each result; the name is made of the column and the function, such as `revenue_sum`, unless
/// another one is given.
///
/// Sources: OData Extension for Data Aggregation 4.0, section 3.2.1 "Transformation aggregate"; Dataverse Web API,
/// "Aggregate data".
public struct Aggregate<Row: ColumnSource, Output: ColumnValue>: Sendable, Hashable {
    /// The name of the result.
    public let alias: String
    /// The expression with its name, as `aggregate` takes it.
    let text: String

    private init(_ text: String, alias: String) {
        self.alias = alias
        self.text = "\(text) as \(alias)"
    }

    private init(_ operand: some FilterOperand, _ method: String, _ suffix: String, _ alias: String?) {
        let name = operand.expressionText.replacing("/", with: "_")
        self.init("\(operand.expressionText) with \(method)", alias: alias ?? "\(name)_\(suffix)")
    }

    /// The sum of the values that are not null.
    public static func sum<Operand: FilterOperand>(
        _ column: KeyPath<Row.Columns, Operand>,
        as alias: String? = nil
    ) -> Self where Operand.ColumnType: NumericColumnType, Output == Operand.ColumnType.Sum {
        Self(Row.columns[keyPath: column], "sum", "sum", alias)
    }

    /// The average of the values that are not null.
    public static func average<Operand: FilterOperand>(
        _ column: KeyPath<Row.Columns, Operand>,
        as alias: String? = nil
    ) -> Self where Operand.ColumnType: NumericColumnType, Output == Operand.ColumnType.Average {
        Self(Row.columns[keyPath: column], "average", "average", alias)
    }

    /// The smallest value.
    public static func min<Operand: FilterOperand>(
        _ column: KeyPath<Row.Columns, Operand>,
        as alias: String? = nil
    ) -> Self where Output == Operand.ColumnType {
        Self(Row.columns[keyPath: column], "min", "min", alias)
    }

    /// The largest value.
    public static func max<Operand: FilterOperand>(
        _ column: KeyPath<Row.Columns, Operand>,
        as alias: String? = nil
    ) -> Self where Output == Operand.ColumnType {
        Self(Row.columns[keyPath: column], "max", "max", alias)
    }
}

extension Aggregate where Output == Int {
    /// The number of rows.
    public static var count: Self { .count(as: "count") }

    /// The number of rows.
    ///
    /// - Parameter alias: the name of the result.
    public static func count(as alias: String) -> Self { Self("$count", alias: alias) }

    /// The number of different values.
    public static func countDistinct<Operand: FilterOperand>(
        _ column: KeyPath<Row.Columns, Operand>,
        as alias: String? = nil
    ) -> Self {
        Self(Row.columns[keyPath: column], "countdistinct", "countdistinct", alias)
    }
}

extension Aggregate {
    func read(from record: Record) throws -> Output? { try record.aggregated(alias, as: Output.self) }
}

extension Record {
    /// A value of the reply to an aggregation; that of a path stands in an object for each of its steps.
    func aggregated<Output: ColumnValue>(_ path: String, as type: Output.Type) throws -> Output? {
        var json: Value? = .object(self)
        for step in path.split(separator: "/") { json = json?.objectValue?[String(step)] }
        guard let json, !json.isNull else { return nil }
        do throws(ColumnValueError) {
            return try Output(json: json)
        } catch {
            throw DataverseError(.unexpectedReply, "The result “\(path)” cannot be read: \(error).")
        }
    }
}
