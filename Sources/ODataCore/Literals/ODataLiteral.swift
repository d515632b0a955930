/// A primitive value as it is written in a URL, after percent-decoding.
///
///     let literal = try ODataLiteral("duration'PT1H'")    // .duration("PT1H")
///
/// Values whose exact text matters (decimals, dates, times) keep it; reading has checked that it is well formed.
/// Source: OData ABNF Construction Rules 4.01, section 7.
public enum ODataLiteral: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number that fits 64 bits.
    case integer(Int64)
    /// A number with a fraction or an exponent, or a whole number of more than 64 bits, as it was written.
    case decimal(String)
    /// `INF`, `-INF` or `NaN`.
    case double(Double)
    /// A text, without its quotes.
    case string(String)
    /// A GUID in lower case.
    case guid(String)
    /// `2024-05-24`
    case date(String)
    /// `2024-05-24T13:00:00.5+02:00`
    case dateTimeOffset(String)
    /// `13:00:00.5`
    case timeOfDay(String)
    /// The text between the quotes of `duration'P1DT2H'`.
    case duration(String)
    /// `Sales.Pattern'Solid,Yellow'`: the type's qualified name and the members or numbers between the quotes.
    case enumeration(type: String, members: [String])
    /// The base64url text between the quotes of `binary'…'`.
    case binary(String)
    /// The text between the quotes of `geography'SRID=0;Point(1 2)'`.
    case geography(String)
    /// The text between the quotes of `geometry'SRID=0;Point(1 2)'`.
    case geometry(String)
}

extension ODataLiteral {
    /// Reads a text that is one literal and nothing else.
    ///
    /// - Parameter text: the literal, percent-decoded.
    /// - Throws: ``ODataLiteralError`` with what was expected, and where.
    public init(_ text: String) throws(ODataLiteralError) {
        var scanner = ODataLiteralScanner(Array(text.utf8), position: 0)
        guard let literal = try scanner.literal() else {
            throw ODataLiteralError(offset: 0, expected: "a literal")
        }
        guard scanner.isAtEnd else { throw scanner.error(expected: "the end of the literal") }
        self = literal
    }
}

/// A text that is no literal: where, and what was expected there.
public struct ODataLiteralError: Error, Hashable, CustomStringConvertible {
    /// The place of the error, in UTF-8 bytes, beginning with 0.
    public let offset: Int
    /// What could have stood there.
    public let expected: String

    /// The error as a sentence.
    public var description: String { "Not a literal: expected \(expected) at position \(offset)." }
}
