import Foundation
import GRDB

/// The functions that queries call and SQLite does not have. All of them answer `NULL` to `NULL`.
enum SQLFunctions {
    static func register(in db: Database) {
        for function in [
            text("dv_contains", count: 2) { .init(bool: $0[0].contains($0[1])) },
            text("dv_startswith", count: 2) { .init(bool: $0[0].hasPrefix($0[1])) },
            text("dv_endswith", count: 2) { .init(bool: $0[0].hasSuffix($0[1])) },
            text("dv_indexof", count: 2) { texts in
                let range = texts[0].range(of: texts[1])
                return (range.map { texts[0].distance(from: texts[0].startIndex, to: $0.lowerBound) } ?? -1)
                    .databaseValue
            },
            plainText("dv_lower") { $0.lowercased().databaseValue },
            plainText("dv_upper") { $0.uppercased().databaseValue },
            plainText("dv_trim") { $0.trimmingCharacters(in: .whitespacesAndNewlines).databaseValue },
            plainText("dv_dateticks") { Ticks.parse(date: $0)?.databaseValue ?? .null },
            datePart, decimalOperation, decimalRounding,
            DatabaseFunction("dv_sum", argumentCount: 1, pure: true, aggregate: DecimalSum.self),
            DatabaseFunction("dv_avg", argumentCount: 1, pure: true, aggregate: DecimalAverage.self),
        ] {
            db.add(function: function)
        }
    }

    // MARK: Text

    private static func text(
        _ name: String,
        count: Int,
        _ body: @escaping @Sendable ([String]) -> DatabaseValue
    ) -> DatabaseFunction {
        DatabaseFunction(name, argumentCount: count, pure: true) { values in
            let texts = values.compactMap { String.fromDatabaseValue($0).map(Collation.folded) }
            return texts.count == count ? body(texts) : DatabaseValue.null
        }
    }

    private static func plainText(
        _ name: String,
        _ body: @escaping @Sendable (String) -> DatabaseValue
    ) -> DatabaseFunction {
        DatabaseFunction(name, argumentCount: 1, pure: true) { values in
            String.fromDatabaseValue(values[0]).map(body) ?? DatabaseValue.null
        }
    }

    // MARK: Dates

    /// `dv_datepart('year', ticks)`
    private static let datePart = DatabaseFunction("dv_datepart", argumentCount: 2, pure: true) { values in
        guard let part = String.fromDatabaseValue(values[0]), let ticks = Int64.fromDatabaseValue(values[1]) else {
            return nil
        }
        let (days, time) = Ticks.floorDivide(ticks, Ticks.perDay)
        let date = CivilDate.date(daysSinceEpoch: days)
        switch part {
        case "year": return date.year
        case "month": return date.month
        case "day": return date.day
        case "hour": return time / Ticks.perHour
        case "minute": return time / Ticks.perMinute % 60
        case "second": return time / Ticks.perSecond % 60
        case "fractionalseconds":
            return DecimalText.canonical(Decimal(time % Ticks.perSecond) / Decimal(Ticks.perSecond))
        case "date": return Ticks.date(ticks)
        case "time": return time
        case "totalseconds": return DecimalText.canonical(Decimal(ticks) / Decimal(Ticks.perSecond))
        default: return nil
        }
    }

    // MARK: Decimals

    /// `dv_decimal('add', '1.5', 2)`: exact arithmetic; a division by zero is `NULL`.
    private static let decimalOperation = DatabaseFunction("dv_decimal", argumentCount: 3, pure: true) { values in
        guard let name = String.fromDatabaseValue(values[0]), let left = decimal(values[1]),
            let right = decimal(values[2])
        else { return nil }
        let result: Decimal
        switch name {
        case "add": result = left + right
        case "sub": result = left - right
        case "mul": result = left * right
        case "div", "divby":
            guard right != 0 else { return nil }
            result = left / right
        case "mod":
            guard right != 0 else { return nil }
            var quotient = left / right
            var whole = Decimal()
            NSDecimalRound(&whole, &quotient, 0, quotient < 0 ? .up : .down)
            result = left - whole * right
        default: return nil
        }
        return DecimalText.canonical(result)
    }

    /// `dv_round('floor', '1.5')`; midpoints are rounded away from zero.
    private static let decimalRounding = DatabaseFunction("dv_round", argumentCount: 2, pure: true) { values in
        guard let name = String.fromDatabaseValue(values[0]), var value = decimal(values[1]) else { return nil }
        var result = Decimal()
        let mode: NSDecimalNumber.RoundingMode = name == "floor" ? .down : name == "ceiling" ? .up : .plain
        NSDecimalRound(&result, &value, 0, mode)
        return DecimalText.canonical(result)
    }

    fileprivate static func decimal(_ value: DatabaseValue) -> Decimal? {
        switch value.storage {
        case .int64(let number): Decimal(number)
        case .string(let text): Decimal(string: text, locale: nil)
        case .double(let number): Decimal(number)
        default: nil
        }
    }
}

/// The exact sum of decimals; `NULL` if there are none.
private struct DecimalSum: DatabaseAggregate {
    private(set) var total = Decimal()
    private(set) var count = 0

    mutating func step(_ values: [DatabaseValue]) {
        guard let value = SQLFunctions.decimal(values[0]) else { return }
        total += value
        count += 1
    }

    func finalize() -> (any DatabaseValueConvertible)? { count == 0 ? nil : DecimalText.canonical(total) }
}

/// The average of decimals, with ten places as SQL Server has them.
private struct DecimalAverage: DatabaseAggregate {
    private var sum = DecimalSum()

    mutating func step(_ values: [DatabaseValue]) { sum.step(values) }

    func finalize() -> (any DatabaseValueConvertible)? {
        guard sum.count > 0 else { return nil }
        var average = sum.total / Decimal(sum.count)
        var result = Decimal()
        NSDecimalRound(&result, &average, 10, .plain)
        return DecimalText.canonical(result)
    }
}

extension DatabaseValue {
    init(bool: Bool) { self = (bool ? 1 : 0).databaseValue }
}
