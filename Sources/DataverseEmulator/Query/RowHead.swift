import GRDB
import Synchronization

/// What all queries of the same columns of a table have in common, worked out once.
struct RowHead: Sendable {
    /// The columns that are read: those that are answered, and those that answering takes.
    let names: [String]
    /// The place of each column in a row.
    let places: [String: Int]
    /// The place of each column that is answered.
    let columnPlaces: [Int]
    /// How the values of those columns become JSON, where that takes nothing but the value.
    let forms: [JSONForm]
    /// The expressions that are read, for a table with the alias ``alias``.
    let expressions: SQLFragment

    static let alias = "t1"
    /// The places of the row's number and version, which come first.
    static let rowPlace = 0
    static let versionPlace = 1

    init(names: [String], expressions: [SQLFragment], columns: [ColumnSchema]) {
        self.names = names
        self.expressions = .list(expressions)
        places = Self.places(of: names)
        columnPlaces = columns.map { [places] in places[$0.name] ?? 0 }
        forms = columns.map { JSONForm($0.type) }
    }

    static func places(of names: [String]) -> [String: Int] {
        Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }
}

/// How the stored values of a type become JSON.
enum JSONForm: Sendable {
    case text
    /// The stored text is JSON already: decimals, complex values.
    case json
    case number, boolean
    /// Floating-point numbers, and what is written by its type.
    case other
    case dateTime

    init(_ type: ColumnType) {
        switch type {
        case .string, .guid, .date: self = .text
        case .decimal, .json: self = .json
        case .integer: self = .number
        case .boolean: self = .boolean
        case .dateTimeOffset: self = .dateTime
        default: self = .other
        }
    }
}

/// Plans of requests without `$expand`, by table and selection: most requests select the same as an earlier one.
final class PlanCache: Sendable {
    private static let capacity = 1000
    private let plans = Mutex<[String: RowPlan]>([:])

    func plan(_ key: String, _ make: () throws -> RowPlan) rethrows -> RowPlan {
        if let known = plans.withLock({ $0[key] }) { return known }
        let plan = try make()
        plans.withLock { plans in
            if plans.count >= Self.capacity { plans.removeAll() }
            plans[key] = plan
        }
        return plan
    }
}
