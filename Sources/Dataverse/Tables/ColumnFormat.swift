/// What kind of text, number or time a column holds, for apps that show it.
///
/// Sources: Dataverse Web API, StringFormatName, IntegerFormat and DateTimeFormat.
public struct ColumnFormat: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name that the service gives to the format.
    public let rawValue: String

    /// - Parameter rawValue: the name that the service gives to the format.
    public init(rawValue: String) { self.rawValue = rawValue }

    public init(stringLiteral value: String) { self.init(rawValue: value) }

    // Text
    public static let text: ColumnFormat = "Text"
    public static let textArea: ColumnFormat = "TextArea"
    public static let richText: ColumnFormat = "RichText"
    public static let email: ColumnFormat = "Email"
    public static let url: ColumnFormat = "Url"
    public static let phone: ColumnFormat = "Phone"
    public static let tickerSymbol: ColumnFormat = "TickerSymbol"
    public static let json: ColumnFormat = "Json"

    // Whole numbers
    public static let plain: ColumnFormat = "None"
    public static let duration: ColumnFormat = "Duration"
    public static let timeZone: ColumnFormat = "TimeZone"
    public static let language: ColumnFormat = "Language"
    public static let locale: ColumnFormat = "Locale"

    // Dates
    public static let dateOnly: ColumnFormat = "DateOnly"
    public static let dateAndTime: ColumnFormat = "DateAndTime"
}
