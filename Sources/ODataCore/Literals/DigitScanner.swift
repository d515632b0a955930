/// Reads the fixed-width numbers of dates and times.
struct DigitScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    /// Exactly this many digits.
    mutating func scanNumber(digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var number = 0
        for offset in 0..<digits {
            let digit = bytes[position + offset] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int(digit)
        }
        position += digits
        return number
    }

    /// All digits that follow, at least one and at most 18.
    mutating func scanNumber() -> (value: Int, digits: Int)? {
        var digits = 0
        while position + digits < bytes.count, bytes[position + digits] &- UInt8(ascii: "0") <= 9 { digits += 1 }
        guard (1...18).contains(digits), let value = scanNumber(digits: digits) else { return nil }
        return (value, digits)
    }

    mutating func scanDate() -> DateOnly? {
        let isNegative = take(UInt8(ascii: "-"))
        let beginsWithZero = next == UInt8(ascii: "0")
        guard let year = scanNumber(), year.digits == 4 || year.digits > 4 && !beginsWithZero,
            take(UInt8(ascii: "-")),
            let month = scanNumber(digits: 2), take(UInt8(ascii: "-")), let day = scanNumber(digits: 2)
        else { return nil }
        return DateOnly(year: isNegative ? -year.value : year.value, month: month, day: day)
    }

    mutating func scanTime() -> TimeOfDay? {
        guard let time = scanClockTime() else { return nil }
        return TimeOfDay(hour: time.hour, minute: time.minute, second: time.second, nanosecond: time.nanosecond)
    }

    /// A time as a clock shows it, whose second may be 60 where a leap second is.
    mutating func scanClockTime() -> ClockTime? {
        guard let hour = scanNumber(digits: 2), hour <= 23, take(UInt8(ascii: ":")),
            let minute = scanNumber(digits: 2), minute <= 59
        else { return nil }
        var time = ClockTime(hour: hour, minute: minute)
        guard take(UInt8(ascii: ":")) else { return time }
        guard let second = scanNumber(digits: 2), second <= 60 else { return nil }
        time.second = second
        guard take(UInt8(ascii: ".")) else { return time }
        let start = position
        guard let nanosecond = scanFraction(), position - start <= 12 else { return nil }
        time.nanosecond = nanosecond
        return time
    }

    /// The digits after a decimal point, in billionths; digits beyond the ninth are dropped.
    mutating func scanFraction() -> Int? {
        guard let fraction = scanNumber() else { return nil }
        var value = fraction.value
        for _ in 0..<max(0, 9 - fraction.digits) { value *= 10 }
        for _ in 0..<max(0, fraction.digits - 9) { value /= 10 }
        return value
    }
}

/// What a clock shows.
struct ClockTime {
    var hour: Int
    var minute: Int
    var second = 0
    var nanosecond = 0

    var secondOfDay: Int { hour * 3_600 + minute * 60 + second }
}

/// A number with leading zeros.
func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// `.25` for 250,000,000 nanoseconds, nothing for none.
func fraction(ofNanoseconds nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = padded(nanoseconds, to: 9)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
}
