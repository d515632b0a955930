#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Bool: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .bool(let flag) = json else { throw ColumnValueError(expected: "a boolean", found: json) }
        self = flag
    }
    public var json: Value { .bool(self) }
    public var urlLiteral: String { self ? "true" : "false" }
}

/// The integer types share one spelling.
public protocol IntegerColumnValue: ColumnValue, FixedWidthInteger {}

extension IntegerColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        // With `IEEE754Compatible=true`, 64-bit numbers are sent as strings (OData JSON Format 4.01, section 3.2).
        let number = json.integerValue ?? json.stringValue.flatMap { Int64($0) }
        guard let number, let exact = Self(exactly: number) else {
            throw ColumnValueError(expected: "a whole number from \(Self.min) to \(Self.max)", found: json)
        }
        self = exact
    }
    public var json: Value { .integer(Int64(self)) }
    public var urlLiteral: String { description }
}

extension Int: IntegerColumnValue {}
extension Int8: IntegerColumnValue {}
extension Int16: IntegerColumnValue {}
extension Int32: IntegerColumnValue {}
extension Int64: IntegerColumnValue {}
extension UInt8: IntegerColumnValue {}

extension Double: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        switch json {
        case .double(let number): self = number
        case .integer(let number): self = Double(number)
        // Through the text, which gives the nearest double.
        case .decimal(let number): self = Double(number.description) ?? .nan
        case .string("INF"): self = .infinity
        case .string("-INF"): self = -.infinity
        case .string("NaN"): self = .nan
        default: throw ColumnValueError(expected: "a number", found: json)
        }
    }
    public var json: Value { .double(self) }
    public var urlLiteral: String {
        isFinite ? description : isNaN ? "NaN" : self < 0 ? "-INF" : "INF"
    }
}

extension Float: ColumnValue {
    public init(json: Value) throws(ColumnValueError) { self = Float(try Double(json: json)) }
    public var json: Value {
        guard isFinite else { return .double(Double(self)) }
        // The shortest text of a Float reads back as the same Float; the nearest Double has more digits.
        return Double(description).map { .double($0) } ?? .double(Double(self))
    }
    public var urlLiteral: String { Double(description)?.urlLiteral ?? Double(self).urlLiteral }
}

extension Decimal: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        switch json {
        case .decimal(let number): self = number
        case .integer(let number): self = Decimal(number)
        case .double(let number): self = Decimal(number)
        case .string(let text):
            // Sent as a string with `IEEE754Compatible=true`.
            guard Self.isWellFormed(text), let number = Decimal(string: text), number.isFinite else { fallthrough }
            self = number
        default: throw ColumnValueError(expected: "a decimal number", found: json)
        }
    }
    public var json: Value { .decimal(self) }
    public var urlLiteral: String { JSONWriter.string(from: stored) }

    /// `Decimal(string:)` takes what begins with a number, and numbers without digits before or after their point.
    private static func isWellFormed(_ text: String) -> Bool {
        switch try? ODataLiteral(text) {
        case .integer, .decimal: true
        default: false
        }
    }
}
