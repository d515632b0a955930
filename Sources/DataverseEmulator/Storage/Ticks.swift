/// Points in time and spans as numbers of 100 nanoseconds, the precision of .NET and so of Dataverse's own values.
enum Ticks {
    static let perSecond: Int64 = 10_000_000
    static let perMinute = perSecond * 60
    static let perHour = perMinute * 60
    static let perDay = perHour * 24

    /// 1 January of the year 1, and the last second of the year 9999: the ends of what Dataverse can store.
    static let earliest = Int64(CivilDate.daysSinceEpoch(year: 1, month: 1, day: 1)) * perDay
    static let latest = Int64(CivilDate.daysSinceEpoch(year: 10_000, month: 1, day: 1)) * perDay - perSecond

    // MARK: Reading

    /// The ticks since 1970 of `2024-05-24T13:00:00.5+02:00`; a text without an offset means UTC.
    static func parse(dateTime text: String) -> Int64? {
        var scanner = DigitScanner(text)
        guard let days = scanner.date(), scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let time = scanner.time()
        else { return nil }
        var offset: Int64 = 0
        if !scanner.isAtEnd, !scanner.take("Z"), !scanner.take("z") {
            let sign: Int64 = scanner.take("-") ? -1 : scanner.take("+") ? 1 : 0
            guard sign != 0, let hours = scanner.digits(2), hours < 24, scanner.take(":"),
                let minutes = scanner.digits(2), minutes < 60
            else { return nil }
            offset = sign * (Int64(hours) * perHour + Int64(minutes) * perMinute)
        }
        guard scanner.isAtEnd else { return nil }
        let (wholeDays, overflow) = Int64(days).multipliedReportingOverflow(by: perDay)
        guard !overflow else { return nil }
        let (sum, overflows) = wholeDays.addingReportingOverflow(time - offset)
        return overflows ? nil : sum
    }

    /// The ticks since midnight of `13:00:00.5`.
    static func parse(timeOfDay text: String) -> Int64? {
        var scanner = DigitScanner(text)
        guard let time = scanner.time(), scanner.isAtEnd, time < perDay else { return nil }
        return time
    }

    /// The ticks at midnight UTC of `2024-05-24`.
    static func parse(date text: String) -> Int64? {
        var scanner = DigitScanner(text)
        guard let days = scanner.date(), scanner.isAtEnd, days.magnitude < 10_000_000 else { return nil }
        return Int64(days) * perDay
    }

    /// The ticks of `-P1DT2H3M4.5S`.
    static func parse(duration text: String) -> Int64? {
        var scanner = DigitScanner(text)
        let isNegative = scanner.take("-")
        guard scanner.take("P") else { return nil }
        var total: Int64 = 0
        var isTime = false
        var hasPart = false
        let units: [Character: Int64] = ["D": perDay, "H": perHour, "M": perMinute]
        while !scanner.isAtEnd {
            if !isTime, scanner.take("T") {
                isTime = true
                continue
            }
            guard let number = scanner.number(), let unit = scanner.next() else { return nil }
            let part: (partialValue: Int64, overflow: Bool)
            if isTime, unit == "S" {
                part = number.whole.multipliedReportingOverflow(by: perSecond)
                total += number.fraction
            } else if let ticks = units[unit], isTime != (unit == "D"), number.fraction == 0 {
                part = number.whole.multipliedReportingOverflow(by: ticks)
            } else {
                return nil
            }
            let sum = total.addingReportingOverflow(part.partialValue)
            guard !part.overflow, !sum.overflow else { return nil }
            total = sum.partialValue
            hasPart = true
        }
        return hasPart ? (isNegative ? -total : total) : nil
    }

    // MARK: Writing

    static func date(_ ticks: Int64) -> String {
        let (year, month, day) = CivilDate.date(daysSinceEpoch: floorDivide(ticks, perDay).quotient)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    static func dateTime(_ ticks: Int64) -> String {
        date(ticks) + "T" + timeOfDay(floorDivide(ticks, perDay).remainder) + "Z"
    }

    static func timeOfDay(_ ticks: Int64) -> String {
        let hours = padded(Int(ticks / perHour), 2)
        let minutes = padded(Int(ticks / perMinute % 60), 2)
        let seconds = padded(Int(ticks / perSecond % 60), 2)
        return "\(hours):\(minutes):\(seconds)\(fraction(ticks % perSecond))"
    }

    static func duration(_ ticks: Int64) -> String {
        let magnitude = Int64(clamping: ticks.magnitude)
        var text = ticks < 0 ? "-P" : "P"
        if magnitude >= perDay { text += "\(magnitude / perDay)D" }
        let rest = magnitude % perDay
        guard rest > 0 || magnitude == 0 else { return text }
        text += "T"
        if rest >= perHour { text += "\(rest / perHour)H" }
        if rest % perHour >= perMinute { text += "\(rest % perHour / perMinute)M" }
        let seconds = rest % perMinute
        if seconds > 0 || rest == 0 { text += "\(seconds / perSecond)\(fraction(seconds % perSecond))S" }
        return text
    }

    // MARK: Arithmetic

    static func floorDivide(_ ticks: Int64, _ divisor: Int64) -> (quotient: Int, remainder: Int64) {
        let (quotient, remainder) = ticks.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (Int(quotient) - 1, remainder + divisor) : (Int(quotient), remainder)
    }

    private static func fraction(_ ticks: Int64) -> String {
        guard ticks > 0 else { return "" }
        var digits = padded(Int(ticks), 7)
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number.magnitude)
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (number < 0 ? "-" : "") + zeros + digits
    }
}

/// Day arithmetic of the proleptic Gregorian calendar.
enum CivilDate {
    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The days since 1 January 1970, counted from March so that a leap day comes last in its year.
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
        let days = daysSinceEpoch + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return (
            yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }
}

/// Reads fixed-width numbers out of a text.
struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func next() -> Character? { rest.popFirst().map { Character(Unicode.Scalar($0)) } }

    mutating func digits(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var value = 0
        for byte in rest.prefix(count) {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        rest = rest.dropFirst(count)
        return value
    }

    /// The days since 1970 of a date.
    mutating func date() -> Int? {
        let isNegative = take("-")
        let width = rest.prefix { $0 >= 48 && $0 <= 57 }.count
        guard (4...7).contains(width), let year = digits(width), take("-"), let month = digits(2), take("-"),
            let day = digits(2), (1...12).contains(month),
            day >= 1, day <= CivilDate.days(inMonth: month, of: isNegative ? -year : year)
        else { return nil }
        return CivilDate.daysSinceEpoch(year: isNegative ? -year : year, month: month, day: day)
    }

    /// The ticks since midnight of a time; the seconds and their fraction may be missing.
    mutating func time() -> Int64? {
        guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else { return nil }
        var ticks = Int64(hour) * Ticks.perHour + Int64(minute) * Ticks.perMinute
        guard take(":") else { return ticks }
        guard let second = digits(2), second <= 60 else { return nil }
        ticks += Int64(second) * Ticks.perSecond
        if take(".") {
            guard let fraction = fraction() else { return nil }
            ticks += fraction
        }
        return ticks
    }

    /// A number with or without a fraction, the fraction in ticks of a second.
    mutating func number() -> (whole: Int64, fraction: Int64)? {
        let width = rest.prefix { $0 >= 48 && $0 <= 57 }.count
        guard (1...15).contains(width), let whole = digits(width) else { return nil }
        guard take(".") else { return (Int64(whole), 0) }
        return fraction().map { (Int64(whole), $0) }
    }

    /// The digits after a decimal point as ticks; what is finer than a tick is cut off.
    private mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var scale = Ticks.perSecond / 10
        var count = 0
        while let byte = rest.first, byte >= 48, byte <= 57 {
            value += Int64(byte - 48) * scale
            scale /= 10
            count += 1
            rest = rest.dropFirst()
        }
        return count > 0 ? value : nil
    }
}
