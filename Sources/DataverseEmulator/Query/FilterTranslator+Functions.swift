import GRDB
import ODataQuery

extension FilterTranslator {
    /// A call of one of OData's own functions.
    func call(_ function: BuiltInFunction, _ arguments: [Expression]) throws -> TypedSQL {
        let values = try arguments.map(translate)
        switch function {
        case .contains, .startswith, .endswith:
            let texts = try fragments(values, .string, of: function)
            return TypedSQL(
                function == .contains
                    ? .call("dv_contains", texts)
                    : function == .startswith ? .call("dv_startswith", texts) : .call("dv_endswith", texts),
                .boolean
            )
        case .indexof: return TypedSQL(.call("dv_indexof", try fragments(values, .string, of: function)), .integer)
        case .tolower: return TypedSQL(.call("dv_lower", try fragments(values, .string, of: function)), .string)
        case .toupper: return TypedSQL(.call("dv_upper", try fragments(values, .string, of: function)), .string)
        case .trim: return TypedSQL(.call("dv_trim", try fragments(values, .string, of: function)), .string)
        case .length: return TypedSQL(.call("length", try fragments(values, .string, of: function)), .integer)
        case .concat:
            let texts = try fragments(values, .string, of: function)
            return TypedSQL("(\(texts[0]) || \(texts[1]))", .string)
        case .substring: return try substring(values)
        case .year, .month, .day, .hour, .minute, .second: return try part(function.rawValue, of: values[0], .integer)
        case .fractionalseconds: return try part(function.rawValue, of: values[0], .decimal)
        case .date: return try part("date", of: values[0], .date)
        case .time: return try part("time", of: values[0], .timeOfDay)
        case .totalseconds:
            _ = try fragments(values, .duration, of: function)
            return TypedSQL("dv_datepart('totalseconds', \(values[0].fragment))", .decimal)
        case .totaloffsetminutes:
            _ = try fragments(values, .dateTimeOffset, of: function)
            return TypedSQL("0", .integer)
        case .now: return TypedSQL("\(value: context.now.databaseValue)", .dateTimeOffset)
        case .mindatetime:
            return TypedSQL("\(value: Ticks.earliest.databaseValue)", .dateTimeOffset)
        case .maxdatetime:
            return TypedSQL("\(value: Ticks.latest.databaseValue)", .dateTimeOffset)
        case .round, .floor, .ceiling: return try rounded(function, values[0])
        case .matchespattern, .hassubset, .hassubsequence, .geoDistance, .geoLength, .geoIntersects:
            throw ServiceError.unsupported("the function \(function.rawValue)")
        }
    }

    private func fragments(
        _ values: [TypedSQL],
        _ kind: TypedSQL.Kind,
        of function: BuiltInFunction
    ) throws -> [SQLFragment] {
        for value in values where value.kind != kind && value.kind != .null {
            throw ServiceError.badQuery(
                "The function \(function.rawValue) takes \(kind.edmName), not \(value.kind.edmName)."
            )
        }
        return values.map(\.fragment)
    }

    private func substring(_ values: [TypedSQL]) throws -> TypedSQL {
        let text = try fragments([values[0]], .string, of: .substring)[0]
        let numbers = try fragments(Array(values.dropFirst()), .integer, of: .substring)
        let start = numbers[0]
        guard numbers.count > 1 else { return TypedSQL("substr(\(text), max(\(start), 0) + 1)", .string) }
        return TypedSQL("substr(\(text), max(\(start), 0) + 1, max(\(numbers[1]), 0))", .string)
    }

    private func part(_ name: String, of value: TypedSQL, _ kind: TypedSQL.Kind) throws -> TypedSQL {
        let isTimePart = ["hour", "minute", "second", "fractionalseconds"].contains(name)
        let ticks: SQLFragment
        switch value.kind {
        case .dateTimeOffset, .null: ticks = value.fragment
        case .date where !isTimePart && name != "time": ticks = Self.midnight(value).fragment
        case .timeOfDay where isTimePart: ticks = value.fragment
        default: throw ServiceError.badQuery("The function \(name) does not take \(value.kind.edmName).")
        }
        return TypedSQL("dv_datepart(\(value: name.databaseValue), \(ticks))", kind)
    }

    private func rounded(_ function: BuiltInFunction, _ value: TypedSQL) throws -> TypedSQL {
        guard value.kind.isNumber || value.kind == .null else {
            throw ServiceError.badQuery("The function \(function.rawValue) takes a number, not \(value.kind.edmName).")
        }
        if value.kind == .integer { return value }
        let name = function.rawValue.databaseValue
        let result = TypedSQL("dv_round(\(value: name), \(value.fragment))", .decimal)
        return value.kind == .double ? Self.double(result) : result
    }
}
