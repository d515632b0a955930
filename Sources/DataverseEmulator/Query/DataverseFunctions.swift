import GRDB
import ODataQuery

/// The query functions of Dataverse, such as
/// `Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)`.
///
/// Source: Microsoft Dataverse Web API, "Query function reference". Weeks begin on Sunday, times are UTC.
struct DataverseFunctions {
    let translator: FilterTranslator
    let scope: QueryScope

    func translate(_ qualifiedName: String, _ arguments: [Argument]) throws -> TypedSQL {
        let name = qualifiedName.split(separator: ".").last.map(String.init) ?? qualifiedName
        let call = try Call(name: name, arguments: arguments, translator: translator)
        guard let property = call.property else {
            throw ServiceError.unsupported("the function \(qualifiedName) in an expression")
        }
        let steps = property.split(separator: "/").map { PathStep.name(String($0)) }
        let value = try translator.translate(steps[...], from: scope)
        let result =
            try values(call, value) ?? users(call, value) ?? (try hierarchy(call, value)) ?? (try dates(call, value))
        if let result { return result }
        throw ServiceError.unsupported("the query function \(name)")
    }

    /// A call with its parameters by name.
    struct Call {
        let name: String
        var property: String?
        var texts: [String] = []

        init(name: String, arguments: [Argument], translator: FilterTranslator) throws {
            self.name = name
            for argument in arguments {
                var value = argument.value
                if case .path(let path) = value, case .alias(let alias) = path.root, path.steps.isEmpty,
                    let aliased = translator.aliases[alias]
                {
                    value = aliased
                }
                switch argument.name {
                case "PropertyName": property = Self.text(value)
                case "PropertyValue": texts = [try Self.required(value, name)]
                case "PropertyValues":
                    guard case .array(let elements) = value else {
                        throw ServiceError.badQuery("PropertyValues of \(name) must be an array such as ['1','2'].")
                    }
                    texts = try elements.map { try Self.required($0, name) }
                case "PropertyValue1", "PropertyValue2": texts.append(try Self.required(value, name))
                default: throw ServiceError.unsupported("the parameter \(argument.name ?? "") of \(name)")
                }
            }
        }

        private static func required(_ value: Expression, _ name: String) throws -> String {
            guard let text = text(value) else {
                throw ServiceError.badQuery("A parameter of \(name) is not a literal.")
            }
            return text
        }

        private static func text(_ value: Expression) -> String? {
            guard case .literal(let literal) = value else { return nil }
            switch literal {
            case .string(let text), .guid(let text), .date(let text), .dateTimeOffset(let text), .decimal(let text):
                return text
            case .integer(let number): return String(number)
            case .boolean(let flag): return String(flag)
            default: return nil
            }
        }

        func number() throws -> Int64 {
            guard texts.count == 1, let number = Int64(texts[0]), (0...1_000_000).contains(number) else {
                throw ServiceError.badQuery("\(name) needs a whole number as its PropertyValue.")
            }
            return number
        }
    }

    // MARK: Values

    private func values(_ call: Call, _ value: TypedSQL) throws -> TypedSQL? {
        switch call.name {
        case "In", "NotIn":
            let comparisons = try call.texts.map {
                try translator.compare(.eq, value, try literal($0, call, value)).fragment
            }
            let isIn = SQLFragment.any(comparisons)
            return TypedSQL(call.name == "In" ? isIn : "(\(isIn)) IS NOT 1", .boolean)
        case "Between", "NotBetween":
            guard call.texts.count == 2 else { throw ServiceError.badQuery("\(call.name) needs two values.") }
            let lower = try translator.compare(.ge, value, try literal(call.texts[0], call, value)).fragment
            let upper = try translator.compare(.le, value, try literal(call.texts[1], call, value)).fragment
            let isBetween = SQLFragment.all([lower, upper])
            return TypedSQL(call.name == "Between" ? isBetween : "(\(isBetween)) IS NOT 1", .boolean)
        case "ContainValues", "DoesNotContainValues":
            guard value.kind == .string else {
                throw ServiceError.badQuery("\(call.name) needs a column of several choices.")
            }
            let tests = call.texts.map { text -> SQLFragment in
                "instr(',' || \(value.fragment) || ',', ',' || \(value: text.databaseValue) || ',') > 0"
            }
            let contains = SQLFragment.any(tests)
            return TypedSQL(
                call.name == "ContainValues" ? contains : "(\(contains)) IS NOT 1",
                .boolean
            )
        default: return nil
        }
    }

    private func literal(_ text: String, _ call: Call, _ value: TypedSQL) throws -> TypedSQL {
        let type: ColumnType =
            switch value.kind {
            case .integer: .integer("Edm.Int64", Int64.min...Int64.max)
            case .decimal: .decimal
            case .double: .double
            case .boolean: .boolean
            case .guid: .guid
            case .date: .date
            case .dateTimeOffset: .dateTimeOffset
            case .enumeration(let schema): .enumeration(schema)
            default: .string(maxLength: nil)
            }
        guard let stored = type.stored(text: text) else {
            throw ServiceError.badQuery("'\(text)' in \(call.name) is not a value of \(value.kind.edmName).")
        }
        return TypedSQL("\(value: stored)", value.kind)
    }

    private func users(_ call: Call, _ value: TypedSQL) -> TypedSQL? {
        let identity = translator.context.store.identity
        let wanted: String
        switch call.name {
        case "EqualUserId", "NotEqualUserId": wanted = translator.context.caller.userID
        case "EqualBusinessId", "NotEqualBusinessId": wanted = identity.businessUnitID
        default: return nil
        }
        let user: SQLFragment = "\(value: wanted.databaseValue)"
        let isNegated = call.name.hasPrefix("Not")
        return TypedSQL(
            isNegated ? "(\(value.fragment) IS NOT \(user))" : "(\(value.fragment) = \(user))",
            .boolean
        )
    }

    // MARK: Dates

    private func dates(_ call: Call, _ value: TypedSQL) throws -> TypedSQL? {
        guard
            let range = try DateRange.named(call.name, now: translator.context.now, number: call.number)
                ?? (try explicitRange(call)) ?? (try FiscalPeriod.range(call.name, call.texts))
        else { return try fiscalPeriod(call, value) }
        guard value.kind == .date || value.kind == .dateTimeOffset else {
            throw ServiceError.badQuery("\(call.name) needs a date column, not \(value.kind.edmName).")
        }
        let ticks = value.kind == .date ? FilterTranslator.midnight(value).fragment : value.fragment
        return Self.isIn(range, ticks)
    }

    private static func isIn(_ range: DateRange, _ ticks: SQLFragment) -> TypedSQL {
        var conditions: [SQLFragment] = []
        if let start = range.start { conditions.append("\(ticks) >= \(value: start.databaseValue)") }
        if let end = range.end { conditions.append("\(ticks) < \(value: end.databaseValue)") }
        return TypedSQL(.all(conditions), .boolean)
    }

    /// `InFiscalPeriod`: the period of any year.
    private func fiscalPeriod(_ call: Call, _ value: TypedSQL) throws -> TypedSQL? {
        guard call.name == "InFiscalPeriod" else { return nil }
        guard value.kind == .date || value.kind == .dateTimeOffset else {
            throw ServiceError.badQuery("\(call.name) needs a date column, not \(value.kind.edmName).")
        }
        let ticks = value.kind == .date ? FilterTranslator.midnight(value).fragment : value.fragment
        let period = try FiscalPeriod.number(call.texts.first)
        return TypedSQL("((dv_datepart('month', \(ticks)) + 2) / 3 = \(number: period))", .boolean)
    }

    /// The ranges that a date in the call sets.
    private func explicitRange(_ call: Call) throws -> DateRange? {
        guard ["On", "OnOrBefore", "OnOrAfter"].contains(call.name) else { return nil }
        guard let text = call.texts.first, let ticks = Ticks.parse(dateTime: text) ?? Ticks.parse(date: text) else {
            throw ServiceError.badQuery("\(call.name) needs a date as its PropertyValue.")
        }
        let day = ticks - Ticks.floorDivide(ticks, Ticks.perDay).remainder
        switch call.name {
        case "On": return DateRange(start: day, end: day + Ticks.perDay)
        case "OnOrBefore": return DateRange(start: nil, end: day + Ticks.perDay)
        default: return DateRange(start: day, end: nil)
        }
    }
}
