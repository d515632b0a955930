import GRDB
import ODataQuery

/// Translates queries of the SQL endpoint into SQL for SQLite, with bound values.
struct SelectTranslator {
    let context: QueryContext
    private var scopes: [(name: String, scope: QueryScope)] = []

    init(context: QueryContext) { self.context = context }

    mutating func query(_ statement: SelectStatement) throws -> TabularQuery {
        var query = TabularQuery(source: try context.source(try add(statement.table)))
        for join in statement.joins {
            let scope = try add(join.table)
            let kind: SQLFragment = join.isOuter ? "LEFT JOIN" : "JOIN"
            let source = try context.source(scope)
            query.source = "\(query.source) \(kind) \(source) ON \(try condition(join.condition))"
        }
        query.condition = try statement.condition.map { try condition($0) }
        query.groups = try statement.groups.map { try column($0).value.ordered }
        query.isDistinct = statement.isDistinct
        var aliases: [String: TypedSQL] = [:]
        for item in statement.items {
            let (name, value, source) = try term(item.term)
            if let alias = item.alias { aliases[alias.lowercased()] = value }
            let free = item.alias ?? name
            guard !query.columns.contains(where: { $0.name == free }) else {
                throw ServiceError.badQuery("The SQL has two columns with the name '\(free)'; give one an alias.")
            }
            query.columns.append(TabularQuery.Column(name: free, value: value, source: source))
        }
        let isGrouped = !statement.groups.isEmpty || statement.items.contains { $0.isAggregate }
        if isGrouped { try requireGroups(statement) }
        query.order = try statement.order.map { item in
            var value: TypedSQL?
            if case .column(let name) = item.term, name.table == nil { value = aliases[name.name.lowercased()] }
            let key = try (value ?? term(item.term).value).ordered
            return item.isDescending ? "\(key) DESC" : key
        }
        if !isGrouped, !statement.isDistinct, let root = scopes.first?.scope {
            query.order.append(root.reference(HiddenColumn.row))
        }
        return query
    }

    private mutating func add(_ table: SelectStatement.Table) throws -> QueryScope {
        guard let schema = context.schema.table(ofType: table.name.lowercased()) else {
            throw ServiceError.badQuery("Invalid table name '\(table.name)'.")
        }
        let scope = try context.scope(for: schema)
        let name = (table.alias ?? table.name).lowercased()
        guard !scopes.contains(where: { $0.name == name }) else {
            throw ServiceError.badQuery("The SQL has two tables with the name '\(name)'; give one an alias.")
        }
        scopes.append((name, scope))
        return scope
    }

    // MARK: Terms

    private func column(
        _ name: SelectStatement.ColumnName
    ) throws -> (name: String, value: TypedSQL, source: ColumnSchema?) {
        if let table = name.table?.lowercased() {
            guard let scope = scopes.first(where: { $0.name == table })?.scope else {
                throw ServiceError.badQuery("The SQL has no table '\(table)'.")
            }
            return try column(name.name, in: scope)
        }
        let found = scopes.compactMap { try? column(name.name, in: $0.scope) }
        guard found.count < 2 else { throw ServiceError.badQuery("Ambiguous column name '\(name.name)'.") }
        guard let only = found.first else { throw ServiceError.badQuery("Invalid column name '\(name.name)'.") }
        return only
    }

    private func column(
        _ name: String,
        in scope: QueryScope
    ) throws -> (name: String, value: TypedSQL, source: ColumnSchema?) {
        let (column, value) = try scope.attribute(name)
        return (name.lowercased(), value, scope.table.column(column))
    }

    private func term(_ term: SelectStatement.Term) throws -> (name: String, value: TypedSQL, source: ColumnSchema?) {
        switch term {
        case .column(let name): return try column(name)
        case .aggregate(let function, let name, let isDistinct):
            guard let name else { return ("count", try function.call(TypedSQL("1", .integer)), nil) }
            let (plain, value, source) = try column(name)
            let result = try function.call(value, isDistinct: isDistinct)
            let label = function == .countcolumn ? "count" : function.rawValue
            return ("\(label)_\(plain)", result, function == .min || function == .max ? source : nil)
        }
    }

    private func requireGroups(_ statement: SelectStatement) throws {
        let groups = try Set(statement.groups.map { try column($0).value.fragment.sql })
        for item in statement.items {
            guard case .column(let name) = item.term else { continue }
            guard groups.contains(try column(name).value.fragment.sql) else {
                throw ServiceError.badQuery(
                    "Column '\(name.name)' is in neither an aggregate function nor the GROUP BY clause."
                )
            }
        }
    }

    // MARK: Conditions

    private func condition(_ condition: SelectStatement.Condition) throws -> SQLFragment {
        switch condition {
        case .all(let parts): return .all(try parts.map(self.condition))
        case .any(let parts): return .any(try parts.map(self.condition))
        case .not(let part): return "(NOT (\(try self.condition(part))))"
        case .isNull(let operand, let isNegated):
            let value = try value(operand, like: nil).fragment
            return isNegated ? "(\(value) IS NOT NULL)" : "(\(value) IS NULL)"
        case .like(let operand, let pattern, let isNegated):
            let value = try value(operand, like: nil).fragment
            let translated = try LikePattern.translated(pattern).databaseValue
            let word: SQLFragment = isNegated ? "NOT LIKE" : "LIKE"
            return "(\(value) \(word) \(value: translated) ESCAPE '\\')"
        case .comparison(let left, let sign, let right): return try compare(left, sign, right)
        case .between(let operand, let lower, let upper, let isNegated):
            let inside = SQLFragment.all([try compare(operand, ">=", lower), try compare(operand, "<=", upper)])
            return isNegated ? "(NOT \(inside))" : inside
        case .isIn(let operand, let values, let isNegated):
            let isIn = SQLFragment.any(try values.map { try compare(operand, "=", $0) })
            return isNegated ? "(NOT \(isIn))" : isIn
        }
    }

    /// A comparison of SQL: with a null on either side it is unknown, so that the row is not in the result.
    private func compare(
        _ left: SelectStatement.Operand,
        _ sign: String,
        _ right: SelectStatement.Operand
    ) throws -> SQLFragment {
        if case .null = left { return "NULL" }
        if case .null = right { return "NULL" }
        let columns = [left, right].compactMap { operand -> SelectStatement.ColumnName? in
            if case .column(let name) = operand { name } else { nil }
        }
        let kind = try columns.first.map { try column($0).value.kind }
        let (first, second) = (try value(left, like: kind), try value(right, like: kind))
        guard let root = scopes.first?.scope else { return "0" }
        let filter = FilterTranslator(context: context, scope: root, aliases: [:])
        let operation: ComparisonOperator =
            switch sign {
            case "=", "<>": .eq
            case "<": .lt
            case "<=": .le
            case ">": .gt
            default: .ge
            }
        let fragment = try filter.compare(operation, first, second).fragment
        return sign == "<>" ? "(NOT \(fragment))" : fragment
    }

    /// An operand; literals are read as values of the other side's kind.
    private func value(_ operand: SelectStatement.Operand, like kind: TypedSQL.Kind?) throws -> TypedSQL {
        switch operand {
        case .column(let name): return try column(name).value
        case .null: return TypedSQL("NULL", .null)
        case .text(let text), .number(let text):
            if kind == .date || kind == .dateTimeOffset {
                let spaced = text.split(separator: " ", maxSplits: 1).joined(separator: "T")
                let ticks =
                    Ticks.parse(date: text) ?? Ticks.parse(dateTime: spaced) ?? Ticks.parse(dateTime: spaced + "Z")
                guard let ticks else { throw ServiceError.badQuery("'\(text.prefix(100))' is no date.") }
                return TypedSQL("\(value: ticks.databaseValue)", .dateTimeOffset)
            }
            let fallback: TypedSQL.Kind
            if case .number = operand { fallback = .decimal } else { fallback = .string }
            let wanted = kind ?? fallback
            if let stored = wanted.columnType?.stored(text: text) { return TypedSQL("\(value: stored)", wanted) }
            // 1.5 against a column of whole numbers.
            if wanted == .integer, let stored = ColumnType.decimal.stored(text: text) {
                return TypedSQL("\(value: stored)", .decimal)
            }
            throw ServiceError.badQuery("'\(text.prefix(100))' is not a value of \(wanted.edmName).")
        }
    }
}

extension SelectStatement.Item {
    fileprivate var isAggregate: Bool { if case .aggregate = term { true } else { false } }
}
