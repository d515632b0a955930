import ODataCore
import ODataQuery

/// Conditions on definitions, which are JSON in memory.
struct DefinitionFilter {
    let aliases: [String: Expression]

    func holds(_ expression: Expression, for record: Record) throws -> Bool {
        switch expression {
        case .and(let operands): return try operands.allSatisfy { try holds($0, for: record) }
        case .or(let operands): return try operands.contains { try holds($0, for: record) }
        case .not(let operand): return try !holds(operand, for: record)
        case .comparison(let comparison, let left, let right):
            return compare(comparison, try value(left, record), try value(right, record))
        case .isIn(let operand, let list):
            let wanted = try value(operand, record)
            return try elements(list, record).contains { Self.isEqual(wanted, $0) }
        default:
            guard case .bool(let flag) = try value(expression, record) else {
                throw ServiceError.badQuery("The $filter expression must evaluate to a single boolean value.")
            }
            return flag
        }
    }

    private func elements(_ list: Expression, _ record: Record) throws -> [Value] {
        switch list {
        case .list(let literals): try literals.map { try value(.literal($0), record) }
        case .array(let members): try members.map { try value($0, record) }
        default: [try value(list, record)]
        }
    }

    private func value(_ expression: Expression, _ record: Record) throws -> Value {
        switch expression {
        case .literal(let literal): return try Self.value(literal)
        case .path(let path):
            if case .alias(let name) = path.root, let aliased = aliases[name] { return try value(aliased, record) }
            return try value(path, record)
        case .call(let function, let arguments):
            let texts = try arguments.map { try value($0, record).stringValue ?? "" }
            switch function {
            case .contains: return .bool(texts[0].lowercased().contains(texts[1].lowercased()))
            case .startswith: return .bool(texts[0].lowercased().hasPrefix(texts[1].lowercased()))
            case .endswith: return .bool(texts[0].lowercased().hasSuffix(texts[1].lowercased()))
            case .tolower: return .string(texts[0].lowercased())
            case .toupper: return .string(texts[0].uppercased())
            default: break
            }
            throw ServiceError.unsupported("the function '\(function.rawValue)' in conditions on definitions")
        default: throw ServiceError.unsupported("this expression in conditions on definitions")
        }
    }

    private func value(_ path: PathExpression, _ record: Record) throws -> Value {
        var current: Value = .object(record)
        for (place, step) in path.steps.enumerated() {
            guard case .name(let name) = step else {
                throw ServiceError.unsupported("this path in conditions on definitions")
            }
            guard let object = current.objectValue else { return .null }
            guard let member = object[name] else {
                // Members that only some types have, such as MaxLength, are null for the others.
                guard place > 0 || Self.isKnown(name) else {
                    throw ServiceError.unknownProperty(name, of: "Microsoft.Dynamics.CRM.MetadataBase")
                }
                return .null
            }
            current = member
        }
        return current
    }

    private static func isKnown(_ name: String) -> Bool {
        name.first?.isUppercase == true
    }

    private static func value(_ literal: Literal) throws -> Value {
        switch literal {
        case .null: .null
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .double(let number): .double(number)
        case .enumeration(_, let members): .string(members.joined(separator: ","))
        case .string(let text), .guid(let text), .decimal(let text), .date(let text), .dateTimeOffset(let text):
            .string(text)
        default: throw ServiceError.unsupported("this literal in conditions on definitions")
        }
    }

    private static func isEqual(_ left: Value, _ right: Value) -> Bool {
        if let left = left.stringValue, let right = right.stringValue { return left.lowercased() == right.lowercased() }
        if let left = left.integerValue, let right = right.integerValue { return left == right }
        return left == right
    }

    private func compare(_ comparison: ComparisonOperator, _ left: Value, _ right: Value) -> Bool {
        switch comparison {
        case .eq: return Self.isEqual(left, right)
        case .ne: return !Self.isEqual(left, right)
        default: break
        }
        let order: Int
        if let left = left.integerValue, let right = right.integerValue {
            order = left < right ? -1 : left > right ? 1 : 0
        } else if let left = left.stringValue?.lowercased(), let right = right.stringValue?.lowercased() {
            order = left < right ? -1 : left > right ? 1 : 0
        } else {
            return false
        }
        switch comparison {
        case .gt: return order > 0
        case .ge: return order >= 0
        case .lt: return order < 0
        default: return order <= 0
        }
    }
}
