/// A time of day without a date or a time zone: the Swift type of `Edm.TimeOfDay`.
///
/// Source: OData CSDL 4.01, section 3.3.
public struct TimeOfDay: Sendable, Hashable, Comparable {
    /// The hour, from 0 to 23.
    public let hour: Int
    /// The minute, from 0 to 59.
    public let minute: Int
    /// The second, from 0 to 59.
    public let second: Int
    /// The fraction of the second, in nanoseconds.
    public let nanosecond: Int

    /// - Returns: `nil` if there is no such time.
    public init?(hour: Int, minute: Int, second: Int = 0, nanosecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999_999).contains(nanosecond)
        else { return nil }
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanosecond = nanosecond
    }

    /// Reads `13:20`, `13:20:00` and `13:20:00.25`; `nil` if the text is something else.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let time = scanner.scanTime(), scanner.isAtEnd else { return nil }
        self = time
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.hour, left.minute, left.second, left.nanosecond)
            < (right.hour, right.minute, right.second, right.nanosecond)
    }
}

extension TimeOfDay: CustomStringConvertible {
    /// The time as ISO 8601 writes it, with as many digits of the fraction as it needs.
    public var description: String {
        "\(padded(hour, to: 2)):\(padded(minute, to: 2)):\(padded(second, to: 2))\(fraction(ofNanoseconds: nanosecond))"
    }
}

extension TimeOfDay: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json, let time = TimeOfDay(text) else {
            throw ColumnValueError(expected: "a time such as 13:20:00", found: json)
        }
        self = time
    }
    public var json: Value { .string(description) }
    public var urlLiteral: String { description }
}
