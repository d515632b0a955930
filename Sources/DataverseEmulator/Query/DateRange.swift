/// The periods of fiscal years, which are calendar years with four quarters here, as in an environment that nobody has
/// set up otherwise.
enum FiscalPeriod {
    /// The range that a query function with a year, and mostly a period, in its parameters means.
    static func range(_ name: String, _ texts: [String]) throws -> DateRange? {
        switch name {
        case "InFiscalYear":
            let year = try year(texts.first)
            return DateRange(start: start(year, 1), end: start(year + 1, 1))
        case "InFiscalPeriodAndYear", "InOrAfterFiscalPeriodAndYear", "InOrBeforeFiscalPeriodAndYear":
            guard texts.count == 2 else {
                throw ServiceError.badQuery("\(name) needs PropertyValue1, the period, and PropertyValue2, the year.")
            }
            let (period, year) = (try number(texts[0]), try year(texts[1]))
            return DateRange(
                start: name.hasPrefix("InOrBefore") ? nil : start(year, period),
                end: name.hasPrefix("InOrAfter") ? nil : start(year, period + 1)
            )
        default: return nil
        }
    }

    /// The range of `LastXFiscalYears`, `NextXFiscalPeriods` and their like: whole years or periods, up to the one that a
    /// moment is in, or from it on; `nil` for other names.
    static func counted(_ name: String, now: Int64, number: () throws -> Int64) rethrows -> DateRange? {
        let date = CivilDate.date(daysSinceEpoch: Ticks.floorDivide(now, Ticks.perDay).quotient)
        let period = (date.month - 1) / 3 + 1
        switch name {
        case "LastXFiscalYears":
            return DateRange(start: start(date.year - Int(try number()), 1), end: start(date.year, 1))
        case "NextXFiscalYears":
            return DateRange(start: start(date.year + 1, 1), end: start(date.year + 1 + Int(try number()), 1))
        case "LastXFiscalPeriods":
            return DateRange(start: start(date.year, period - Int(try number())), end: start(date.year, period))
        case "NextXFiscalPeriods":
            let next = period + 1
            return DateRange(start: start(date.year, next), end: start(date.year, next + Int(try number())))
        default: return nil
        }
    }

    static func number(_ text: String?) throws -> Int {
        guard let number = text.flatMap({ Int($0) }), (1...4).contains(number) else {
            throw ServiceError.badQuery("A fiscal period is a number from 1 to 4, as fiscal years have quarters here.")
        }
        return number
    }

    private static func year(_ text: String?) throws -> Int {
        guard let year = text.flatMap({ Int($0) }), (1...9998).contains(year) else {
            throw ServiceError.badQuery("A fiscal year is a number such as 2024.")
        }
        return year
    }

    private static func start(_ year: Int, _ period: Int) -> Int64 {
        let (year, month) = CivilDate.month(year * 12 + (period - 1) * 3)
        return Int64(CivilDate.daysSinceEpoch(year: year, month: month, day: 1)) * Ticks.perDay
    }
}

extension CivilDate {
    /// The month with a number that counts them from the year 0 on, within what Dataverse's dates can be.
    fileprivate static func month(_ number: Int) -> (year: Int, month: Int) {
        let bounded = min(max(number, 12), 9_999 * 12 + 11)
        return (bounded / 12, bounded % 12 + 1)
    }
}

/// A span of time: from its start up to, but not with, its end.
struct DateRange {
    var start: Int64?
    var end: Int64?

    /// The range that the name of a query function means at a moment; `nil` if the name means none.
    static func named(_ name: String, now: Int64, number: () throws -> Int64) rethrows -> DateRange? {
        let (days, _) = Ticks.floorDivide(now, Ticks.perDay)
        func day(_ offset: Int) -> Int64 { Int64(days + offset) * Ticks.perDay }
        let date = CivilDate.date(daysSinceEpoch: days)
        /// The first day of a month counted from this one.
        func month(_ offset: Int) -> Int64 {
            let months = date.year * 12 + date.month - 1 + offset
            return Int64(CivilDate.daysSinceEpoch(year: months / 12, month: months % 12 + 1, day: 1)) * Ticks.perDay
        }
        func year(_ offset: Int) -> Int64 {
            Int64(CivilDate.daysSinceEpoch(year: date.year + offset, month: 1, day: 1)) * Ticks.perDay
        }
        func quarter(_ offset: Int) -> DateRange {
            let first = -((date.month - 1) % 3) + 3 * offset
            return DateRange(start: month(first), end: month(first + 3))
        }
        // 1 January 1970 was a Thursday.
        let weekday = ((days + 4) % 7 + 7) % 7
        switch name {
        case "Today": return DateRange(start: day(0), end: day(1))
        case "Yesterday": return DateRange(start: day(-1), end: day(0))
        case "Tomorrow": return DateRange(start: day(1), end: day(2))
        case "Last7Days": return DateRange(start: day(-7), end: now)
        case "Next7Days": return DateRange(start: now, end: day(8))
        case "ThisWeek": return DateRange(start: day(-weekday), end: day(7 - weekday))
        case "LastWeek": return DateRange(start: day(-weekday - 7), end: day(-weekday))
        case "NextWeek": return DateRange(start: day(7 - weekday), end: day(14 - weekday))
        case "ThisMonth": return DateRange(start: month(0), end: month(1))
        case "LastMonth": return DateRange(start: month(-1), end: month(0))
        case "NextMonth": return DateRange(start: month(1), end: month(2))
        case "ThisYear", "ThisFiscalYear": return DateRange(start: year(0), end: year(1))
        case "LastYear", "LastFiscalYear": return DateRange(start: year(-1), end: year(0))
        case "NextYear", "NextFiscalYear": return DateRange(start: year(1), end: year(2))
        case "ThisFiscalPeriod": return quarter(0)
        case "LastFiscalPeriod": return quarter(-1)
        case "NextFiscalPeriod": return quarter(1)
        default:
            return try FiscalPeriod.counted(name, now: now, number: number)
                ?? (try counted(name, now: now, number: number))
        }
    }

    /// `LastXDays`, `NextXHours`, `OlderThanXMonths` and their like.
    private static func counted(_ name: String, now: Int64, number: () throws -> Int64) rethrows -> DateRange? {
        for (prefix, isPast) in [("LastX", true), ("NextX", false), ("OlderThanX", true)] where name.hasPrefix(prefix) {
            let count = try number()
            let signed = isPast ? -count : count
            let other: Int64
            switch name.dropFirst(prefix.count) {
            case "Minutes": other = now + signed * Ticks.perMinute
            case "Hours": other = now + signed * Ticks.perHour
            case "Days": other = now + signed * Ticks.perDay
            case "Weeks": other = now + signed * 7 * Ticks.perDay
            case "Months": other = moved(now, months: Int(signed))
            case "Years": other = moved(now, months: Int(signed) * 12)
            default: return nil
            }
            if prefix == "OlderThanX" { return DateRange(start: nil, end: other) }
            return isPast ? DateRange(start: other, end: now + 1) : DateRange(start: now, end: other + 1)
        }
        return nil
    }

    private static func moved(_ ticks: Int64, months: Int) -> Int64 {
        let (days, time) = Ticks.floorDivide(ticks, Ticks.perDay)
        let date = CivilDate.date(daysSinceEpoch: days)
        let (year, month) = CivilDate.month(date.year * 12 + date.month - 1 + months)
        let day = min(date.day, CivilDate.days(inMonth: month, of: year))
        return Int64(CivilDate.daysSinceEpoch(year: year, month: month, day: day)) * Ticks.perDay + time
    }
}
