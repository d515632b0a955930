import GRDB
import ODataQuery

/// Translates expressions into SQL with bound values, checking that types fit.
///
/// Comparisons follow OData: `x ne 5` holds where `x` is null, and so does `not (x gt 5)`.
struct FilterTranslator {
    let context: QueryContext
    /// The row that the query is about: what `$it` means.
    let root: QueryScope
    /// The row that names without a root are columns of.
    var current: QueryScope
    var variables: [String: QueryScope] = [:]
    let aliases: [String: Expression]
    private var aliasDepth = 0

    init(context: QueryContext, scope: QueryScope, aliases: [String: Expression]) {
        self.context = context
        root = scope
        current = scope
        self.aliases = aliases
    }

    // MARK: Conditions

    /// A condition, for `WHERE`.
    func predicate(_ expression: Expression) throws -> SQLFragment {
        switch expression {
        case .and(let operands): return .all(try operands.map(predicate))
        case .or(let operands): return .any(try operands.map(predicate))
        // A comparison with null is false, so that its negation is true: `IS NOT 1` says that of SQL's NULL too.
        case .not(let operand): return "(\(try predicate(operand))) IS NOT 1"
        default:
            let result = try translate(expression)
            guard result.kind == .boolean else {
                throw ServiceError.badQuery(
                    "The $filter expression must evaluate to a single boolean value, not to \(result.kind.edmName)."
                )
            }
            return result.fragment
        }
    }

    /// An expression with its type.
    func translate(_ expression: Expression) throws -> TypedSQL {
        switch expression {
        case .and, .or, .not: return TypedSQL(try predicate(expression), .boolean)
        case .literal(let literal): return try translate(literal)
        case .path(let path): return try translate(path)
        case .comparison(let comparison, let left, let right):
            return try compare(comparison, try translate(left), try translate(right))
        case .arithmetic(let operation, let left, let right):
            return try calculate(operation, try translate(left), try translate(right))
        case .negate(let operand):
            let value = try translate(operand)
            switch value.kind {
            case .integer, .double, .duration: return TypedSQL("(-\(value.fragment))", value.kind)
            case .decimal:
                return TypedSQL("dv_decimal('sub', 0, \(value.fragment))", .decimal)
            default: throw ServiceError.badQuery("'-' cannot be applied to \(value.kind.edmName).")
            }
        case .isIn(let operand, let list): return try membership(of: operand, in: list)
        case .has(let operand, let literal): return try has(operand, literal)
        case .call(let function, let arguments): return try call(function, arguments)
        case .conditional: throw ServiceError.unsupported("case() in expressions")
        case .cast: throw ServiceError.unsupported("cast() in expressions")
        case .isOf: throw ServiceError.unsupported("isof() in expressions")
        case .list, .array: throw ServiceError.unsupported("collections in expressions, except after 'in'")
        case .object: throw ServiceError.unsupported("objects in expressions")
        }
    }

    // MARK: Literals

    private func translate(_ literal: Literal) throws -> TypedSQL {
        func value(_ value: (some DatabaseValueConvertible)?, _ kind: TypedSQL.Kind, _ text: String) throws -> TypedSQL
        {
            guard let value else { throw ServiceError.badQuery("The literal '\(text)' is out of range.") }
            return TypedSQL("\(value: value.databaseValue)", kind, text: text)
        }
        switch literal {
        case .null: return TypedSQL("NULL", .null)
        case .boolean(let flag): return TypedSQL(flag ? "1" : "0", .boolean)
        case .integer(let number): return TypedSQL("\(value: number.databaseValue)", .integer)
        case .decimal(let text): return try value(DecimalText.canonical(text), .decimal, text)
        case .double(let number):
            return TypedSQL("\(value: number.isNaN ? .null : number.databaseValue)", .double)
        case .string(let text): return try value(ColumnType.storable(text), .string, text)
        case .guid(let text): return TypedSQL("\(value: text.databaseValue)", .guid)
        case .date(let text): return try value(Ticks.parse(date: text).map(Ticks.date), .date, text)
        case .dateTimeOffset(let text): return try value(Ticks.parse(dateTime: text), .dateTimeOffset, text)
        case .timeOfDay(let text): return try value(Ticks.parse(timeOfDay: text), .timeOfDay, text)
        case .duration(let text): return try value(Ticks.parse(duration: text), .duration, text)
        case .binary: return try value(ColumnType.binary.stored(literal), .binary, "binary")
        case .enumeration(let type, let members):
            guard let declared = context.schema.index.enumType(named: type) else {
                throw ServiceError.badQuery("The type '\(type)' is not an enumeration type of this service.")
            }
            let schema = EnumerationSchema(declared)
            return TypedSQL(
                try value(schema.value(of: members), .integer, members.joined(separator: ",")).fragment,
                .enumeration(schema)
            )
        case .geography, .geometry: throw ServiceError.unsupported("geographic literals")
        }
    }

    // MARK: Operators

    func compare(_ comparison: ComparisonOperator, _ left: TypedSQL, _ right: TypedSQL) throws -> TypedSQL {
        if left.kind == .null || right.kind == .null {
            let operand = left.kind == .null ? right : left
            switch comparison {
            case .eq: return TypedSQL("(\(operand.fragment) IS NULL)", .boolean)
            case .ne: return TypedSQL("(\(operand.fragment) IS NOT NULL)", .boolean)
            default: return TypedSQL("0", .boolean)
            }
        }
        guard let (one, other) = try aligned(left, right) else {
            throw ServiceError.badQuery(
                """
                A binary operator with incompatible types was detected. Found operand types '\(left.kind.edmName)' and \
                '\(right.kind.edmName)' for operator kind '\(comparison.rawValue)'.
                """
            )
        }
        let (first, second) = (one.ordered, other.fragment)
        return switch comparison {
        case .eq: TypedSQL("(\(first) = \(second))", .boolean)
        case .ne: TypedSQL("(\(first) IS NOT \(second))", .boolean)
        case .gt: TypedSQL("(\(first) > \(second))", .boolean)
        case .ge: TypedSQL("(\(first) >= \(second))", .boolean)
        case .lt: TypedSQL("(\(first) < \(second))", .boolean)
        case .le: TypedSQL("(\(first) <= \(second))", .boolean)
        }
    }

    /// Two operands made comparable; `nil` if nothing makes them so.
    private func aligned(_ left: TypedSQL, _ right: TypedSQL) throws -> (TypedSQL, TypedSQL)? {
        if left.kind == right.kind { return (left, right) }
        switch (left.kind, right.kind) {
        case (.date, .dateTimeOffset): return (Self.midnight(left), right)
        case (.dateTimeOffset, .date): return (left, Self.midnight(right))
        case (.enumeration(let schema), _): return try enumerationOperand(right, schema).map { (left, $0) }
        case (_, .enumeration(let schema)): return try enumerationOperand(left, schema).map { ($0, right) }
        default:
            guard left.kind.isNumber, right.kind.isNumber else { return nil }
            if left.kind == .double || right.kind == .double { return (Self.double(left), Self.double(right)) }
            return (Self.decimal(left), Self.decimal(right))
        }
    }

    private func enumerationOperand(_ operand: TypedSQL, _ schema: EnumerationSchema) throws -> TypedSQL? {
        if operand.kind == .integer { return TypedSQL(operand.fragment, .enumeration(schema)) }
        guard operand.kind == .string, let text = operand.text else { return nil }
        guard let value = schema.value(of: text.split(separator: ",", omittingEmptySubsequences: false)) else {
            throw ServiceError.badQuery("'\(text)' is not a member of \(schema.typeName).")
        }
        return TypedSQL("\(value: value.databaseValue)", .enumeration(schema))
    }

    static func midnight(_ date: TypedSQL) -> TypedSQL {
        TypedSQL("dv_dateticks(\(date.fragment))", .dateTimeOffset)
    }

    static func double(_ number: TypedSQL) -> TypedSQL {
        number.kind == .double ? number : TypedSQL("CAST(\(number.fragment) AS REAL)", .double)
    }

    static func decimal(_ number: TypedSQL) -> TypedSQL {
        number.kind == .decimal ? number : TypedSQL("CAST(\(number.fragment) AS TEXT)", .decimal)
    }

    private func calculate(_ operation: ArithmeticOperator, _ left: TypedSQL, _ right: TypedSQL) throws -> TypedSQL {
        if left.kind.isNumber, right.kind.isNumber { return calculate(numbers: operation, left, right) }
        switch (left.kind, operation, right.kind) {
        case (.dateTimeOffset, .add, .duration), (.duration, .add, .duration):
            return TypedSQL("(\(left.fragment) + \(right.fragment))", left.kind)
        case (.dateTimeOffset, .sub, .duration):
            return TypedSQL("(\(left.fragment) - \(right.fragment))", .dateTimeOffset)
        case (.duration, .sub, .duration), (.dateTimeOffset, .sub, .dateTimeOffset):
            return TypedSQL("(\(left.fragment) - \(right.fragment))", .duration)
        case (.null, _, _), (_, _, .null): return TypedSQL("NULL", .null)
        default:
            throw ServiceError.badQuery(
                """
                A binary operator with incompatible types was detected. Found operand types '\(left.kind.edmName)' and \
                '\(right.kind.edmName)' for operator kind '\(operation.rawValue)'.
                """
            )
        }
    }

    private func calculate(numbers operation: ArithmeticOperator, _ left: TypedSQL, _ right: TypedSQL) -> TypedSQL {
        let isExact = left.kind != .double && right.kind != .double
        if left.kind == .integer, right.kind == .integer, operation != .divby {
            return TypedSQL(native(operation, left.fragment, right.fragment), .integer)
        }
        if !isExact, operation != .mod {
            return TypedSQL(native(operation, Self.double(left).fragment, Self.double(right).fragment), .double)
        }
        let name = operation.rawValue.databaseValue
        let exact = TypedSQL("dv_decimal(\(value: name), \(left.fragment), \(right.fragment))", .decimal)
        return isExact ? exact : Self.double(exact)
    }

    private func native(_ operation: ArithmeticOperator, _ left: SQLFragment, _ right: SQLFragment) -> SQLFragment {
        switch operation {
        case .add: "(\(left) + \(right))"
        case .sub: "(\(left) - \(right))"
        case .mul: "(\(left) * \(right))"
        case .div, .divby: "(\(left) / \(right))"
        case .mod: "(\(left) % \(right))"
        }
    }

    private func has(_ operand: Expression, _ literal: Literal) throws -> TypedSQL {
        let value = try translate(operand)
        guard case .enumeration(let schema) = value.kind, case .enumeration(_, let members) = literal,
            let flags = schema.value(of: members)
        else { throw ServiceError.badQuery("'has' needs an enumeration and members of it.") }
        let bits: SQLFragment = "\(value: flags.databaseValue)"
        return TypedSQL("((\(value.fragment) & \(bits)) = \(bits))", .boolean)
    }

    private func membership(of operand: Expression, in list: Expression) throws -> TypedSQL {
        let value = try translate(operand)
        let elements: [Expression]
        switch list {
        case .list(let literals): elements = literals.map { .literal($0) }
        case .array(let members): elements = members
        // `x in (y)` with a single operand in parentheses is no list to the parser.
        case .literal, .path: elements = [list]
        default: throw ServiceError.unsupported("this right side of 'in'")
        }
        let comparisons = try elements.map { try compare(.eq, value, try translate($0)).fragment }
        return TypedSQL(.any(comparisons), .boolean)
    }

    // MARK: Paths

    func withVariable(_ name: String, _ scope: QueryScope) -> FilterTranslator {
        var copy = self
        copy.variables[name] = scope
        return copy
    }

    private func translate(_ path: PathExpression) throws -> TypedSQL {
        switch path.root {
        case .it: return try translate(path.steps[...], from: root)
        case .this: return try translate(path.steps[...], from: current)
        case .root: throw ServiceError.unsupported("$root in expressions")
        case .alias(let name):
            guard path.steps.isEmpty else { throw ServiceError.unsupported("a path after @\(name)") }
            guard let value = aliases[name] else {
                throw ServiceError.badQuery("The parameter alias '@\(name)' has no value in the query.")
            }
            guard aliasDepth < 10 else {
                throw ServiceError.badQuery("The parameter alias '@\(name)' refers to itself.")
            }
            var copy = self
            copy.aliasDepth += 1
            return try copy.translate(value)
        case .implicit:
            if case .name(let name)? = path.steps.first, let scope = variables[name] {
                return try translate(path.steps.dropFirst(), from: scope)
            }
            if case .invocation(let name, let arguments)? = path.steps.first {
                guard path.steps.count == 1 else { throw ServiceError.unsupported("a path after \(name)()") }
                return try DataverseFunctions(translator: self, scope: current).translate(name, arguments)
            }
            return try translate(path.steps[...], from: current)
        }
    }

    /// The value that steps lead to from a row.
    func translate(_ steps: ArraySlice<PathStep>, from scope: QueryScope) throws -> TypedSQL {
        guard let first = steps.first else { throw ServiceError.unsupported("comparing rows as a whole") }
        let rest = steps.dropFirst()
        guard case .name(let name) = first else { throw ServiceError.unsupported("this path in an expression") }
        let table = scope.table
        if steps.count > 1, let column = Self.grouped(steps, table), let kind = TypedSQL.Kind(column.type) {
            return TypedSQL(scope.expression(column), kind)
        }
        if let column = table.column(name) {
            guard rest.isEmpty else { throw ServiceError.unsupported("a path into the value of '\(name)'") }
            guard let kind = TypedSQL.Kind(column.type) else {
                throw ServiceError.unsupported("'\(name)' of type \(column.type.edmName) in an expression")
            }
            return TypedSQL(scope.expression(column), kind)
        }
        if let lookup = table.lookups[name] {
            let target = try context.scope(for: try context.schema.table(lookup.target))
            guard !rest.isEmpty else {
                // A lookup by itself can only be compared with null: the key of a row that is really there.
                return try scalar(TypedSQL(target.reference(lookup.referencedColumn), .guid), target, lookup, scope)
            }
            return try scalar(try translate(rest, from: target), target, lookup, scope)
        }
        if let collection = table.collections[name] { return try translate(collection, rest, scope) }
        if let cast = try cast(scope, to: name), !rest.isEmpty { return try translate(rest, from: cast) }
        throw ServiceError.unknownProperty(name, of: table.typeName)
    }

    /// The column of rows that `$apply` has grouped by a path; no other name has a slash in it.
    private static func grouped(_ steps: ArraySlice<PathStep>, _ table: TableSchema) -> ColumnSchema? {
        let names = steps.compactMap { if case .name(let name) = $0 { name } else { nil } }
        return names.count == steps.count ? table.column(names.joined(separator: "/")) : nil
    }

    private func scalar(
        _ value: TypedSQL,
        _ target: QueryScope,
        _ lookup: LookupSchema,
        _ origin: QueryScope
    ) throws -> TypedSQL {
        let source = try context.source(target)
        let condition = context.join(target, isTargetOf: lookup, of: origin)
        return TypedSQL("(SELECT \(value.fragment) FROM \(source) WHERE \(condition))", value.kind)
    }

    /// A row of a union seen as one of a member table; `nil` if the name is no type.
    private func cast(_ scope: QueryScope, to name: String) throws -> QueryScope? {
        guard let target = context.schema.table(ofType: name) else { return nil }
        if target === scope.table { return scope }
        throw ServiceError.unsupported("the cast to \(name) in an expression")
    }

    // MARK: Collections

    private func translate(
        _ collection: CollectionSchema,
        _ steps: ArraySlice<PathStep>,
        _ owner: QueryScope
    ) throws -> TypedSQL {
        try context.use(collection)
        let member = try context.scope(for: try context.schema.table(collection.target))
        var condition = context.membership(member, in: collection, of: owner)
        var steps = steps
        while case .filter(let predicate)? = steps.first {
            condition = "\(condition) AND \(try inside(member).predicate(predicate))"
            steps = steps.dropFirst()
        }
        guard steps.count == 1, let step = steps.first else {
            throw ServiceError.badQuery(
                "The collection '\(collection.navigationProperty)' needs any, all or $count after it."
            )
        }
        let source = try context.source(member)
        switch step {
        case .any(let lambda):
            if let lambda {
                let predicate = try withVariable(lambda.variable, member).predicate(lambda.predicate)
                condition = "\(condition) AND \(predicate)"
            }
            return TypedSQL("EXISTS (SELECT 1 FROM \(source) WHERE \(condition))", .boolean)
        case .all(let lambda):
            let predicate = try withVariable(lambda.variable, member).predicate(lambda.predicate)
            return TypedSQL(
                "NOT EXISTS (SELECT 1 FROM \(source) WHERE \(condition) AND (\(predicate)) IS NOT 1)",
                .boolean
            )
        case .count(let filter, let search):
            if search != nil { throw ServiceError.unsupported("$search in $count") }
            if let filter { condition = "\(condition) AND \(try inside(member).predicate(filter))" }
            return TypedSQL("(SELECT COUNT(*) FROM \(source) WHERE \(condition))", .integer)
        default:
            throw ServiceError.unsupported("this step after the collection '\(collection.navigationProperty)'")
        }
    }

    /// The translator for conditions on the members of a collection.
    private func inside(_ member: QueryScope) -> FilterTranslator {
        var copy = self
        copy.current = member
        return copy
    }
}
