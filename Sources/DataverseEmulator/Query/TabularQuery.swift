import GRDB
import ODataCore

/// A query whose rows are values with names of the query's own: what FetchXML and the SQL endpoint ask for.
struct TabularQuery {
    struct Column {
        /// The member of the JSON object.
        let name: String
        let value: TypedSQL
        /// The column that the value is from, for formatted values.
        var source: ColumnSchema?
        /// Whether the member is left out where the value is null.
        var isOmittedIfNull = false
    }

    var columns: [Column] = []
    /// The table and what is joined to it.
    var source: SQLFragment
    var condition: SQLFragment?
    var groups: [SQLFragment] = []
    var order: [SQLFragment] = []
    var isDistinct = false
    var limit: Int?
    var offset = 0
    /// More expressions to read, which are not answered.
    var extra: [SQLFragment] = []
    /// Whether a slash in a column's name means an object in an object: a path that rows are grouped by.
    var hasPaths = false

    private var withoutOrder: SQLFragment { selecting(columns.map(\.value.fragment)) }

    /// The query as a subquery whose columns have the names of these.
    var named: SQLFragment { cut(selecting(columns.map { "\($0.value.fragment) AS \(identifier: $0.name)" })) }

    private func selecting(_ columns: [SQLFragment]) -> SQLFragment {
        var list = columns + extra
        if list.isEmpty { list = ["1"] }
        var query: SQLFragment = "SELECT \(isDistinct ? "DISTINCT " : "")\(.list(list)) FROM \(source)"
        if let condition { query = "\(query) WHERE \(condition)" }
        if !groups.isEmpty { query = "\(query) GROUP BY \(.list(groups))" }
        return query
    }

    /// - Returns: The values of each row: those of the columns, then the extra ones.
    func rows(_ db: Database) throws -> [[DatabaseValue]] {
        let query = cut(withoutOrder)
        let count = columns.count + extra.count
        let rows = try Row.fetchAll(db, sql: query.sql, arguments: StatementArguments(query.arguments))
        return rows.map { row in (0..<count).map { row[$0] } }
    }

    private func cut(_ query: SQLFragment) -> SQLFragment {
        var query = query
        if !order.isEmpty { query = "\(query) ORDER BY \(.list(order))" }
        if limit != nil || offset > 0 { query = "\(query) LIMIT \(number: limit ?? -1) OFFSET \(number: offset)" }
        return query
    }

    func count(_ db: Database) throws -> Int {
        let query: SQLFragment = "SELECT COUNT(*) FROM (\(withoutOrder))"
        return try Int.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments)) ?? 0
    }

    /// How many rows there are before they are grouped, counted up to a limit.
    func sourceCount(upTo limit: Int, _ db: Database) throws -> Int {
        let query: SQLFragment = """
            SELECT COUNT(*) FROM (SELECT 1 FROM \(source) WHERE \(condition ?? "1") LIMIT \(number: limit))
            """
        return try Int.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments)) ?? 0
    }

    func write(_ rows: [[DatabaseValue]], formatted: Bool, into json: inout JSONBuffer) {
        let paths = hasPaths ? columns.map { $0.name.split(separator: "/").map(String.init) } : []
        json.beginArray()
        for row in rows {
            json.beginObject()
            if hasPaths {
                write(row, Array(columns.indices), depth: 0, paths, formatted, &json)
            } else {
                for (column, value) in zip(columns, row) { write(value, of: column, as: column.name, formatted, &json) }
            }
            json.endObject()
        }
        json.endArray()
    }

    private func write(
        _ row: [DatabaseValue],
        _ places: [Int],
        depth: Int,
        _ paths: [[String]],
        _ formatted: Bool,
        _ json: inout JSONBuffer
    ) {
        var written: Set<String> = []
        for place in places where written.insert(paths[place][depth]).inserted {
            let name = paths[place][depth]
            guard paths[place].count > depth + 1 else {
                write(row[place], of: columns[place], as: name, formatted, &json)
                continue
            }
            json.name(name)
            json.beginObject()
            let inside = places.filter { paths[$0].count > depth + 1 && paths[$0][depth] == name }
            write(row, inside, depth: depth + 1, paths, formatted, &json)
            json.endObject()
        }
    }

    private func write(
        _ value: DatabaseValue,
        of column: Column,
        as name: String,
        _ formatted: Bool,
        _ json: inout JSONBuffer
    ) {
        if value.isNull, column.isOmittedIfNull { return }
        if formatted, let source = column.source, let text = FormattedValue.text(value, source) {
            json.name(name, RowAnnotation.formattedValue)
            json.string(text)
        }
        json.name(name)
        json.value(value, as: column.source?.type ?? column.value.kind.columnType ?? .binary)
    }
}

/// The functions that combine the values of several rows.
enum AggregateFunction: String {
    case count, countcolumn, sum, avg, min, max

    func call(_ value: TypedSQL, isDistinct: Bool = false) throws -> TypedSQL {
        let distinct: SQLFragment = isDistinct ? "DISTINCT " : ""
        switch self {
        case .count: return TypedSQL("COUNT(*)", .integer)
        case .countcolumn: return TypedSQL("COUNT(\(distinct)\(value.ordered))", .integer)
        case .min: return TypedSQL("MIN(\(value.ordered))", value.kind)
        case .max: return TypedSQL("MAX(\(value.ordered))", value.kind)
        case .sum, .avg:
            guard value.kind.isNumber else {
                throw ServiceError.badQuery("\(rawValue) needs numbers, not \(value.kind.edmName).")
            }
            if value.kind == .integer {
                return self == .sum
                    ? TypedSQL("SUM(\(distinct)\(value.fragment))", .integer)
                    : TypedSQL("AVG(\(distinct)\(value.fragment))", .double)
            }
            if value.kind == .decimal {
                let function: SQLFragment = self == .sum ? "dv_sum" : "dv_avg"
                return TypedSQL("\(function)(\(distinct)\(value.fragment))", .decimal)
            }
            let number = value.fragment
            return TypedSQL(self == .sum ? "SUM(\(distinct)\(number))" : "AVG(\(distinct)\(number))", .double)
        }
    }
}
