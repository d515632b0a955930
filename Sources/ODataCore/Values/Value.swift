/// One JSON value as an OData service sends or receives it: the untyped side of a column.
///
/// Numbers keep what they had on the wire: whole numbers are ``integer(_:)``, numbers with a fraction or an
/// exponent are exact ``decimal(_:)`` values, and only numbers beyond 38 digits become ``double(_:)``.
/// Dates and identifiers stay text until a column asks for them, see ``ColumnValue``.
public enum Value: Sendable {
    /// Null.
    case null
    /// A boolean.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A number with a fraction, exact.
    case decimal(Decimal)
    /// A number with an exponent, or one that no decimal can hold.
    case double(Double)
    /// A text; dates, GUIDs and other values travel as such.
    case string(String)
    /// A list of values.
    case array([Value])
    /// An object: a row, a complex value or an annotation.
    case object(Record)

    /// Whether this is JSON's `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The text of a JSON string, or `nil` for any other value.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of a JSON array, or `nil` for any other value.
    public var arrayValue: [Value]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of a JSON object, or `nil` for any other value.
    public var objectValue: Record? {
        if case .object(let record) = self { record } else { nil }
    }

    /// A whole number, also when it was written with an empty fraction, or `nil` for any other value.
    public var integerValue: Int64? {
        switch self {
        case .integer(let number): number
        case .decimal(let number): Int64(exactlyDecimal: number)
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// A JSON boolean, or `nil` for any other value.
    public var boolValue: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// What kind of JSON value this is, for error messages.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .decimal, .double: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: Value...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, Value)...) {
        self = .object(Record(members: elements))
    }
}

extension Value: CustomDebugStringConvertible {
    public var debugDescription: String { JSONWriter.string(from: self) }
}

extension Int64 {
    /// The whole number a decimal stands for, or `nil` where it has a fraction or does not fit.
    init?(exactlyDecimal decimal: Decimal) {
        guard let number = Int64(decimal.description) else { return nil }
        self = number
    }
}
