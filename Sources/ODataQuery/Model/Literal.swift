/// A primitive value written in a URL.
///
/// Values whose exact text matters (decimals, dates, times) keep it; the parser has checked that it is well formed.
/// Source: OData ABNF Construction Rules 4.01, section 7.
public enum Literal: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// A whole number that fits 64 bits.
    case integer(Int64)
    /// A number with a fraction or an exponent, or a whole number of more than 64 bits, as it was written.
    case decimal(String)
    /// `INF`, `-INF` or `NaN`.
    case double(Double)
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
