#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// `Edm.DateTimeOffset`: a moment, read in any offset and written in UTC.
///
/// A `Date` holds about a tenth of a microsecond around today; moments are written in microseconds.
extension Date: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json, let date = Date(timestamp: text) else {
            throw ColumnValueError(expected: "a moment such as 2024-02-29T13:20:00Z", found: json)
        }
        self = date
    }

    /// Reads an ISO 8601 moment with a time zone, such as `2024-02-29T13:20:00.25+01:00`.
    public init?(timestamp text: String) {
        var scanner = DigitScanner(text)
        guard let date = scanner.scanDate(), scanner.take(UInt8(ascii: "T")) || scanner.take(UInt8(ascii: "t")),
            let time = scanner.scanClockTime(), let offset = scanner.scanOffset(), scanner.isAtEnd,
            // Leap seconds are the last ones of a day in UTC.
            time.second < 60 || (time.secondOfDay - offset) % 86_400 == 0
        else { return nil }
        let days = CivilCalendar.daysSinceEpoch(year: date.year, month: date.month, day: date.day)
        let seconds = days * 86_400 + time.secondOfDay - offset
        // Relative to 2001, where a Double is finer than relative to 1970.
        let sinceReference = Double(seconds - 978_307_200) + Double(time.nanosecond) / 1e9
        self.init(timeIntervalSinceReferenceDate: sinceReference)
    }

    /// The moment in UTC, in as many digits as it needs, such as `2024-02-29T12:20:00.25Z`.
    public var timestamp: String {
        let microseconds = (timeIntervalSinceReferenceDate * 1e6).rounded()
        // Far beyond the years that a service accepts, and within what an Int holds.
        guard abs(microseconds) < 4e18 else { return "0000-00-00T00:00:00Z" }
        let sinceEpoch = Int(microseconds) + 978_307_200 * 1_000_000
        let (wholeSeconds, microsecond) = sinceEpoch.flooredQuotientAndRemainder(dividingBy: 1_000_000)
        let (days, second) = wholeSeconds.flooredQuotientAndRemainder(dividingBy: 86_400)
        let (year, month, day) = CivilCalendar.date(daysSinceEpoch: days)
        let date = "\(year < 0 ? "-" : "")\(padded(abs(year), to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
        let time = "\(padded(second / 3_600, to: 2)):\(padded(second / 60 % 60, to: 2)):\(padded(second % 60, to: 2))"
        return "\(date)T\(time)\(fraction(ofNanoseconds: microsecond * 1_000))Z"
    }

    public var json: Value { .string(timestamp) }
    public var urlLiteral: String { timestamp }
}

extension DigitScanner {
    /// `Z` or `+01:00`, in seconds.
    fileprivate mutating func scanOffset() -> Int? {
        if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return 0 }
        let isNegative = next == UInt8(ascii: "-")
        guard take(UInt8(ascii: "-")) || take(UInt8(ascii: "+")), let hours = scanNumber(digits: 2), hours <= 23,
            take(UInt8(ascii: ":")), let minutes = scanNumber(digits: 2), minutes <= 59
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return isNegative ? -seconds : seconds
    }
}

extension Int {
    fileprivate func flooredQuotientAndRemainder(dividingBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
