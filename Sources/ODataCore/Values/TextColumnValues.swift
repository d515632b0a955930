#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension String: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json else { throw ColumnValueError(expected: "a string", found: json) }
        self = text
    }
    public var json: Value { .string(self) }
    /// In single quotes, with the quotes inside doubled.
    public var urlLiteral: String {
        let quote = UInt8(ascii: "'")
        let quotes = utf8.reduce(0) { $1 == quote ? $0 + 1 : $0 }
        var literal = ""
        literal.reserveCapacity(utf8.count + quotes + 2)
        literal += "'"
        if quotes == 0 {
            literal += self
        } else {
            for scalar in unicodeScalars {
                literal.unicodeScalars.append(scalar)
                if scalar == "'" { literal.unicodeScalars.append(scalar) }
            }
        }
        literal += "'"
        return literal
    }
}

extension UUID: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json, let guid = UUID(guid: text) else {
            throw ColumnValueError(expected: "a GUID", found: json)
        }
        self = guid
    }

    /// Reads the 36 characters of a GUID, in either case.
    init?(guid text: String) {
        var text = text
        let bytes: UUID? = text.withUTF8 { utf8 in
            guard utf8.count == 36 else { return nil }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { bytes -> UUID? in
                var position = 0
                for index in 0..<16 {
                    if position == 8 || position == 13 || position == 18 || position == 23 {
                        guard utf8[position] == UInt8(ascii: "-") else { return nil }
                        position += 1
                    }
                    guard let high = hexDigit(utf8[position]), let low = hexDigit(utf8[position + 1]) else {
                        return nil
                    }
                    bytes[index] = high << 4 | low
                    position += 2
                }
                return UUID(
                    uuid: (
                        bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8],
                        bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
                    )
                )
            }
        }
        guard let bytes else { return nil }
        self = bytes
    }

    /// The GUID in lower case, as Dataverse writes it.
    public var guid: String {
        let (high, low) = withUnsafeBytes(of: uuid) { $0.loadUnaligned(as: (UInt64, UInt64).self) }
        return GUIDText.text(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    }

    public var json: Value { .string(guid) }
    public var urlLiteral: String { guid }
}

extension Data: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json, let data = Data(base64: text) else {
            throw ColumnValueError(expected: "base64 text", found: json)
        }
        self = data
    }

    /// Reads base64 in its ordinary and in its URL alphabet, with or without padding: services send either
    /// (OData JSON Format 4.01, section 7.1).
    init?(base64 text: String) {
        let urlAlphabet = String(text.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
        guard Base64URL.isValid(urlAlphabet.utf8) else { return nil }
        var standard = String(urlAlphabet.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        standard += String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        self.init(base64Encoded: standard)
    }

    public var json: Value { .string(base64EncodedString()) }
    public var urlLiteral: String {
        let urlAlphabet = base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }
        return "binary'\(String(urlAlphabet))'"
    }
}

extension Value: ColumnValue {
    public init(json: Value) { self = json }
    public var json: Value { self }
    /// Text is quoted; arrays and objects are JSON, as parameter aliases take them.
    public var urlLiteral: String {
        switch self {
        case .string(let text): text.urlLiteral
        case .double(let number): number.urlLiteral
        default: JSONWriter.string(from: self)
        }
    }
}

extension Record: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .object(let record) = json else { throw ColumnValueError(expected: "an object", found: json) }
        self = record
    }
    public var json: Value { .object(self) }
    public var urlLiteral: String { JSONWriter.string(from: .object(self)) }
}

extension Array: PrimaryKeyValue where Element: ColumnValue {}

extension Array: ColumnValue where Element: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .array(let elements) = json else { throw ColumnValueError(expected: "an array", found: json) }
        self = []
        reserveCapacity(elements.count)
        for element in elements { append(try Element(json: element)) }
    }
    public var json: Value { .array(map(\.json)) }
    public var urlLiteral: String { JSONWriter.string(from: json) }
}
