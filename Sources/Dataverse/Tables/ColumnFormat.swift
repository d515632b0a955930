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
    /// One line of text.
    public static let text: ColumnFormat = "Text"
    /// Several lines of text.
    public static let textArea: ColumnFormat = "TextArea"
    /// Text with markup.
    public static let richText: ColumnFormat = "RichText"
    /// An email address.
    public static let email: ColumnFormat = "Email"
    /// A URL.
    public static let url: ColumnFormat = "Url"
    /// A phone number.
    public static let phone: ColumnFormat = "Phone"
    /// The symbol of a share.
    public static let tickerSymbol: ColumnFormat = "TickerSymbol"
    /// JSON.
    public static let json: ColumnFormat = "Json"

    // Whole numbers
    /// A whole number and nothing else.
    public static let plain: ColumnFormat = "None"
    /// Minutes, shown as a duration.
    public static let duration: ColumnFormat = "Duration"
    /// The number of a time zone.
    public static let timeZone: ColumnFormat = "TimeZone"
    /// The number of a language.
    public static let language: ColumnFormat = "Language"
    /// The number of a locale.
    public static let locale: ColumnFormat = "Locale"

    // Dates
    /// A day.
    public static let dateOnly: ColumnFormat = "DateOnly"
    /// A day with a time.
    public static let dateAndTime: ColumnFormat = "DateAndTime"
}
