import GRDB
import ODataQuery

/// Conditions on rows, as FetchXML and query expressions have them.
indirect enum RowCondition {
    case all([RowCondition])
    case any([RowCondition])
    case comparison(Comparison)
    /// A condition on the related rows.
    case related(FetchQuery.Link)

    struct Comparison {
        /// The alias or name of the joined table; `nil` for the table that the condition stands in.
        var entity: String?
        var attribute: String
        /// The operator as FetchXML spells it, such as `on-or-after`.
        var operation: String
        var values: [String] = []
        /// Another column of the same row to compare with, or of a joined one: `alias.column`.
        var valueOf: String?
    }
}

/// Translates conditions into SQL.
///
/// Source: Microsoft Dataverse, "FetchXml condition operators".
struct RowConditionTranslator {
    let context: QueryContext
    /// The joined tables.
    var names = LinkNames()

    func translate(_ condition: RowCondition, _ scope: QueryScope) throws -> SQLFragment {
        switch condition {
        case .all(let parts): return .all(try parts.map { try translate($0, scope) })
        case .any(let parts): return .any(try parts.map { try translate($0, scope) })
        case .comparison(let comparison):
            guard let name = comparison.entity else { return try translate(comparison, scope) }
            return try translate(comparison, try names.scope(named: name))
        case .related(let link): return try FetchJoins.condition(link, of: scope, names, context)
        }
    }

    private func translate(_ comparison: RowCondition.Comparison, _ scope: QueryScope) throws -> SQLFragment {
        let (name, attribute) = try scope.attribute(comparison.attribute)
        let filter = FilterTranslator(context: context, scope: scope, aliases: [:])
        if let other = comparison.valueOf {
            guard let operation = Self.comparisons[comparison.operation] else {
                throw ServiceError.badQuery("'\(comparison.operation)' cannot compare with another column.")
            }
            guard comparison.values.isEmpty else {
                throw ServiceError.badQuery("A condition has a value or 'valueof', not both.")
            }
            return try filter.compare(operation, attribute, try column(other, scope)).fragment
        }
        let values = comparison.values
        if let operation = Self.comparisons[comparison.operation] {
            return try filter.compare(operation, attribute, try literal(only(comparison), attribute)).fragment
        }
        switch comparison.operation {
        case "null": return "\(attribute.fragment) IS NULL"
        case "not-null": return "\(attribute.fragment) IS NOT NULL"
        case "like": return try like(attribute, only(comparison))
        case "not-like": return "(\(try like(attribute, only(comparison)))) IS NOT 1"
        case "begins-with": return try like(attribute, escaped(only(comparison)) + "%")
        case "not-begin-with": return "(\(try like(attribute, escaped(only(comparison)) + "%"))) IS NOT 1"
        case "ends-with": return try like(attribute, "%" + escaped(only(comparison)))
        case "not-end-with": return "(\(try like(attribute, "%" + escaped(only(comparison))))) IS NOT 1"
        default: break
        }
        return try function(comparison.operation, values, name, filter)
    }

    /// A column of the row, or `alias.column` for one of a joined row.
    private func column(_ name: String, _ scope: QueryScope) throws -> TypedSQL {
        guard let dot = name.lastIndex(of: ".") else { return try scope.attribute(name).value }
        let joined = try names.scope(named: String(name[..<dot]))
        return try joined.attribute(String(name[name.index(after: dot)...])).value
    }

    private static let comparisons: [String: ComparisonOperator] = [
        "eq": .eq, "ne": .ne, "neq": .ne, "gt": .gt, "ge": .ge, "lt": .lt, "le": .le,
    ]

    /// The operators that are query functions of the Web API under another name.
    private static let functions: [String: String] = [
        "in": "In", "not-in": "NotIn", "between": "Between", "not-between": "NotBetween",
        "contain-values": "ContainValues", "not-contain-values": "DoesNotContainValues", "eq-userid": "EqualUserId",
        "ne-userid": "NotEqualUserId", "eq-businessid": "EqualBusinessId", "ne-businessid": "NotEqualBusinessId",
        "on": "On", "on-or-before": "OnOrBefore", "on-or-after": "OnOrAfter", "last-seven-days": "Last7Days",
        "next-seven-days": "Next7Days", "eq-or-under": "UnderOrEqual", "eq-or-above": "AboveOrEqual",
        "eq-userteams": "EqualUserTeams", "eq-useroruserteams": "EqualUserOrUserTeams",
        "eq-useroruserhierarchy": "EqualUserOrUserHierarchy",
        "eq-useroruserhierarchyandteams": "EqualUserOrUserHierarchyAndTeams", "eq-userlanguage": "EqualUserLanguage",
    ]

    private func function(
        _ operation: String,
        _ values: [String],
        _ column: String,
        _ filter: FilterTranslator
    ) throws -> SQLFragment {
        let words = operation.replacing("olderthan-", with: "older-than-", maxReplacements: 1).split(separator: "-")
        let name =
            Self.functions[operation] ?? words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        var arguments = [Argument(name: "PropertyName", value: .literal(.string(column)))]
        switch name {
        case "In", "NotIn", "Between", "NotBetween", "ContainValues", "DoesNotContainValues":
            guard !values.isEmpty else { throw ServiceError.badQuery("The operator '\(operation)' needs values.") }
            let list = Expression.array(values.map { .literal(.string($0)) })
            arguments.append(Argument(name: "PropertyValues", value: list))
        default:
            guard values.count <= 2 else {
                throw ServiceError.badQuery("The operator '\(operation)' has too many values.")
            }
            if values.count == 2 {
                arguments += values.enumerated().map { place, value in
                    Argument(name: "PropertyValue\(place + 1)", value: .literal(Self.number(value)))
                }
            } else if let value = values.first {
                arguments.append(Argument(name: "PropertyValue", value: .literal(Self.number(value))))
            }
        }
        do {
            return try DataverseFunctions(translator: filter, scope: filter.current).translate(name, arguments).fragment
        } catch let error as ServiceError where error.status == 501 {
            throw ServiceError.unsupported("the condition operator '\(operation)'")
        }
    }

    private static func number(_ text: String) -> Literal { Int64(text).map { .integer($0) } ?? .string(text) }

    private func only(_ comparison: RowCondition.Comparison) throws -> String {
        guard comparison.values.count == 1 else {
            throw ServiceError.badQuery("The operator '\(comparison.operation)' needs one value.")
        }
        return comparison.values[0]
    }

    private func literal(_ text: String, _ attribute: TypedSQL) throws -> TypedSQL {
        if attribute.kind == .date || attribute.kind == .dateTimeOffset {
            if let ticks = Ticks.parse(dateTime: text) ?? Ticks.parse(date: text) {
                return TypedSQL("\(value: ticks.databaseValue)", .dateTimeOffset)
            }
        } else if let type = attribute.kind.columnType, let stored = type.stored(text: text) {
            return TypedSQL("\(value: stored)", attribute.kind)
        }
        throw ServiceError.badQuery("'\(text.prefix(100))' is not a value of \(attribute.kind.edmName).")
    }

    // MARK: Patterns

    private func like(_ attribute: TypedSQL, _ pattern: String) throws -> SQLFragment {
        "\(attribute.fragment) LIKE \(value: try LikePattern.translated(pattern).databaseValue) ESCAPE '\\'"
    }

    private func escaped(_ text: String) -> String {
        text.map { "%_[".contains($0) ? "[\($0)]" : String($0) }.joined()
    }
}

/// Patterns of `LIKE` in the syntax of SQL Server, where `[%]` is a percent sign.
enum LikePattern {
    /// The pattern in SQLite's syntax with a backslash as the escape character.
    static func translated(_ pattern: String) throws -> String {
        var result = ""
        var rest = pattern[...]
        while let character = rest.first {
            rest = rest.dropFirst()
            switch character {
            case "\\": result += "\\\\"
            case "[":
                guard let inside = rest.first, rest.dropFirst().first == "]", inside != "^" else {
                    throw ServiceError.unsupported("sets of characters in patterns of LIKE")
                }
                result += "%_\\".contains(inside) ? "\\\(inside)" : String(inside)
                rest = rest.dropFirst(2)
            default: result.append(character)
            }
        }
        return result
    }
}

extension TypedSQL.Kind {
    /// A column type for reading literals of this kind.
    var columnType: ColumnType? {
        switch self {
        case .integer: .integer("Edm.Int64", Int64.min...Int64.max)
        case .boolean: .boolean
        case .decimal: .decimal
        case .double: .double
        case .string: .string(maxLength: nil)
        case .guid: .guid
        case .date: .date
        case .dateTimeOffset: .dateTimeOffset
        case .timeOfDay: .timeOfDay
        case .duration: .duration
        case .enumeration(let schema): .enumeration(schema)
        case .binary, .null: nil
        }
    }
}
