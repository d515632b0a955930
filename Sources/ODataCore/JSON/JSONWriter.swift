#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Writes values as compact JSON text in UTF-8.
public struct JSONWriter: ~Copyable {
    private var buffer = JSONBuffer(capacity: 256)

    private init() {}

    /// The JSON text of a value.
    public static func bytes(from value: Value) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        return Array(writer.buffer.bytes)
    }

    /// The JSON text of a value, as a string for messages.
    public static func string(from value: Value) -> String {
        var writer = JSONWriter()
        writer.write(value)
        return String(decoding: writer.buffer.bytes, as: UTF8.self)
    }

    static func string(from value: StoredValue) -> String {
        var writer = JSONWriter()
        writer.write(value)
        return String(decoding: writer.buffer.bytes, as: UTF8.self)
    }

    private mutating func write(_ value: Value) {
        switch value {
        case .null: buffer.append("null")
        case .bool(let flag): buffer.append(flag ? "true" : "false")
        case .integer(let number): write(number)
        case .decimal(let number): append(number.description)
        case .double(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let record): write(record)
        }
    }

    private mutating func write(_ record: Record) {
        let shape = record.storage.shape
        buffer.append(UInt8(ascii: "{"))
        record.storage.withValues { values in
            for slot in values.indices {
                if slot > 0 { buffer.append(UInt8(ascii: ",")) }
                write(shape[slot])
                buffer.append(UInt8(ascii: ":"))
                write(values[slot])
            }
        }
        buffer.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ elements: [Value]) {
        buffer.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            write(element)
        }
        buffer.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ value: StoredValue) {
        switch value.content {
        case .null: buffer.append("null")
        case .bool(let flag): buffer.append(flag ? "true" : "false")
        case .integer(let number): write(number)
        case .double(let number): write(number)
        case .decimal(let significand, let exponent): write(significand: significand, exponent: Int(exponent))
        case .longDecimal(let number): append(number.description)
        case .string(let text): write(text)
        case .guid(let high, let low):
            buffer.append(count: 38) { text in
                text[0] = UInt8(ascii: "\"")
                GUIDText.write(high: high, low: low, to: UnsafeMutableBufferPointer(rebasing: text[1..<37]))
                text[37] = UInt8(ascii: "\"")
            }
        case .moment(let seconds):
            buffer.append(count: 22) { text in
                text[0] = UInt8(ascii: "\"")
                MomentText.write(secondsSince2001: seconds, to: UnsafeMutableBufferPointer(rebasing: text[1..<21]))
                text[21] = UInt8(ascii: "\"")
            }
        case .array(let elements): write(elements)
        case .object(let record): write(record)
        }
    }

    // MARK: Numbers

    private mutating func write(_ number: Int64) {
        if number < 0 { buffer.append(UInt8(ascii: "-")) }
        writeDigits(number.magnitude)
    }

    private mutating func writeDigits(_ number: UInt64) {
        var digits = number
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in
            var place = 20
            repeat {
                place -= 1
                text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digits % 10)
                digits /= 10
            } while digits > 0
            buffer.append(UnsafeBufferPointer(rebasing: text[place...]))
        }
    }

    /// A number in as many digits as it needs, never with an exponent, as Foundation writes decimals.
    private mutating func write(significand: Int64, exponent: Int) {
        if significand < 0 { buffer.append(UInt8(ascii: "-")) }
        var magnitude = significand.magnitude
        var fractionDigits = max(0, -exponent)
        while fractionDigits > 0, magnitude % 10 == 0 {
            magnitude /= 10
            fractionDigits -= 1
        }
        guard magnitude > 0, fractionDigits > 0 else {
            writeDigits(magnitude)
            if magnitude > 0 { for _ in 0..<max(0, exponent) { buffer.append(UInt8(ascii: "0")) } }
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 148) { text in
            // The digits from the last one on; zeros up to the one before the point.
            var place = text.count
            var written = 0
            while magnitude > 0 || written <= fractionDigits {
                if written == fractionDigits {
                    place -= 1
                    text[place] = UInt8(ascii: ".")
                }
                place -= 1
                text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
                magnitude /= 10
                written += 1
            }
            buffer.append(UnsafeBufferPointer(rebasing: text[place...]))
        }
    }

    /// JSON has no words for what is not finite; OData writes them as strings (JSON Format 4.01, section 7.1).
    private mutating func write(_ number: Double) {
        if number.isFinite {
            append(number.description)
        } else {
            write(number.isNaN ? "NaN" : number < 0 ? "-INF" : "INF")
        }
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { buffer.append($0) }
    }

    // MARK: Strings

    /// Runs of bytes that need no escape are copied as they are.
    private mutating func write(_ text: String) {
        var text = text
        buffer.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if Self.needsEscape(utf8) { writeEscaped(utf8) } else { buffer.append(utf8) }
        }
        buffer.append(UInt8(ascii: "\""))
    }

    @inline(__always)
    private static func needsEscape(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let bytes = UnsafeRawBufferPointer(utf8)
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if JSONReader.specialBytes(in: word) != 0 { return true }
            offset += 8
        }
        while offset < bytes.count {
            if Self.needsEscape(bytes[offset]) { return true }
            offset += 1
        }
        return false
    }

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func writeEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in utf8.indices where Self.needsEscape(utf8[index]) {
            buffer.append(UnsafeBufferPointer(rebasing: utf8[start..<index]))
            start = index + 1
            writeEscape(of: utf8[index])
        }
        buffer.append(UnsafeBufferPointer(rebasing: utf8[start...]))
    }

    private mutating func writeEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.append("\\\"")
        case UInt8(ascii: "\\"): buffer.append("\\\\")
        case 0x0A: buffer.append("\\n")
        case 0x0D: buffer.append("\\r")
        case 0x09: buffer.append("\\t")
        default:
            buffer.append("\\u00")
            buffer.append(Self.hexDigit(byte >> 4))
            buffer.append(Self.hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
