/// Writes values as compact JSON text in UTF-8.
public struct JSONWriter {
    /// The text written so far.
    public private(set) var bytes: [UInt8] = []

    /// A writer with nothing written yet.
    public init() {}

    /// The JSON text of a value.
    public static func bytes(from value: Value) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        return writer.bytes
    }

    /// The JSON text of a value, as a string for messages.
    public static func string(from value: Value) -> String {
        String(decoding: bytes(from: value), as: UTF8.self)
    }

    /// Appends a value.
    public mutating func write(_ value: Value) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .integer(let number): append(number)
        case .decimal(let number): append(number.description)
        case .double(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let record): write(record)
        }
    }

    /// Appends an object.
    public mutating func write(_ record: Record) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for (member, value) in zip(record.shape.members, record.values) {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(member.name)
            bytes.append(UInt8(ascii: ":"))
            write(value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ elements: [Value]) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// JSON has no words for what is not finite; OData writes them as strings (JSON Format 4.01, section 7.1).
    private mutating func write(_ number: Double) {
        if number.isFinite {
            append(number.description)
        } else {
            write(number.isNaN ? "NaN" : number < 0 ? "-INF" : "INF")
        }
    }

    private mutating func write(_ value: StoredValue) {
        switch value.content {
        case .string(let text): write(text)
        case .integer(let number): append(number)
        case .null: append("null")
        default: write(value.value)
        }
    }

    /// Runs of bytes that need no escape are copied as they are.
    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                let byte = utf8[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                bytes.append(contentsOf: utf8[start..<index])
                start = index + 1
                appendEscaped(byte)
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default:
            append("\\u00")
            bytes.append(Self.hexDigits[Int(byte >> 4)])
            bytes.append(Self.hexDigits[Int(byte & 15)])
        }
    }

    private mutating func append(_ number: Int64) {
        var digits = number.magnitude
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var place = 20
            repeat {
                place -= 1
                buffer[place] = UInt8(ascii: "0") + UInt8(digits % 10)
                digits /= 10
            } while digits > 0
            bytes.append(contentsOf: buffer[place...])
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
