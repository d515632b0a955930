/// A calendar date without a time or a time zone: the Swift type of `Edm.Date`, such as a birthday.
///
/// Source: OData CSDL 4.01, section 3.3; Dataverse columns with the behaviour "Date only".
public struct DateOnly: Sendable, Hashable, Comparable {
    /// The year of the proleptic Gregorian calendar; year 0 is 1 BC.
    public let year: Int
    /// The month, from 1 to 12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// - Returns: `nil` if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (-999_999...999_999).contains(year), (1...12).contains(month), day >= 1,
            day <= CivilCalendar.days(inMonth: month, ofYear: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2024-02-29`; `nil` if the text is something else.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let date = scanner.scanDate(), scanner.isAtEnd else { return nil }
        self = date
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension DateOnly: CustomStringConvertible {
    /// The date as ISO 8601 writes it.
    public var description: String {
        let yearText = padded(abs(year), to: 4)
        return "\(year < 0 ? "-" : "")\(yearText)-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}

extension DateOnly: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json, let date = DateOnly(text) else {
            throw ColumnValueError(expected: "a date such as 2024-02-29", found: json)
        }
        self = date
    }
    public var json: Value { .string(description) }
    public var urlLiteral: String { description }
}
