#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads one JSON number and keeps it exact: whole numbers as `Int64`, others as `Decimal`.
struct JSONNumberReader {
    let start: UnsafePointer<UInt8>
    let count: Int
    private(set) var position: Int

    init(start: UnsafePointer<UInt8>, count: Int, position: Int) {
        self.start = start
        self.count = count
        self.position = position
    }

    mutating func read() throws(JSONError) -> StoredValue {
        let first = position
        let isNegative = start[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }

        var significand: UInt64 = 0
        var digits = 0
        let integerStart = position
        readDigits(into: &significand, digits: &digits)
        guard position > integerStart else { throw JSONError(reason: "a digit must follow '-'", offset: position) }
        if start[integerStart] == UInt8(ascii: "0"), position > integerStart + 1 {
            throw JSONError(reason: "a number must not start with 0", offset: integerStart)
        }

        var exponent = 0
        var isWhole = true
        if position < count, start[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            let fractionStart = position
            readDigits(into: &significand, digits: &digits)
            guard position > fractionStart else { throw JSONError(reason: "a digit must follow '.'", offset: position) }
            exponent -= position - fractionStart
        }
        if position < count, start[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            exponent += try readExponent()
        }

        // 18 digits always fit; anything longer goes through the text.
        guard digits <= 18, exponent >= -100, exponent <= 100 else {
            return StoredValue(try readLong(from: first, isWhole: isWhole))
        }
        let number = isNegative ? -Int64(significand) : Int64(significand)
        if isWhole { return StoredValue(content: .integer(number)) }
        return StoredValue(content: .decimal(significand: number, exponent: Int8(exponent)))
    }

    private mutating func readDigits(into significand: inout UInt64, digits: inout Int) {
        while position < count {
            let digit = start[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { return }
            if digits > 0 || digit > 0 { digits += 1 }
            significand = significand &* 10 &+ UInt64(digit)
            position += 1
        }
    }

    private mutating func readExponent() throws(JSONError) -> Int {
        position += 1
        var isNegative = false
        if position < count, start[position] == UInt8(ascii: "-") || start[position] == UInt8(ascii: "+") {
            isNegative = start[position] == UInt8(ascii: "-")
            position += 1
        }
        let digitsStart = position
        var exponent = 0
        while position < count {
            let digit = start[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            // Larger exponents are beyond every number type; the cap keeps the sum from overflowing.
            exponent = min(exponent * 10 + Int(digit), 100_000)
            position += 1
        }
        guard position > digitsStart else {
            throw JSONError(reason: "a digit must follow the exponent's 'e'", offset: position)
        }
        return isNegative ? -exponent : exponent
    }

    private func readLong(from first: Int, isWhole: Bool) throws(JSONError) -> Value {
        let text = String(decoding: UnsafeBufferPointer(start: start + first, count: position - first), as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        let short = isWhole ? Self.withoutTrailingZeros(text) : text
        let significantDigits = short.prefix { $0 != "e" && $0 != "E" }.filter(\.isNumber).drop { $0 == "0" }.count
        if significantDigits <= 38, let decimal = Decimal(string: short), decimal.isFinite { return .decimal(decimal) }
        guard let double = Double(text), double.isFinite else {
            throw JSONError(reason: "the number is out of range", offset: first)
        }
        return .double(double)
    }

    /// `1e60` for a one with sixty zeros, which say how large a number is, and not how exact.
    private static func withoutTrailingZeros(_ text: String) -> String {
        let zeros = text.reversed().prefix { $0 == "0" }.count
        return zeros == 0 || zeros == text.count ? text : "\(text.dropLast(zeros))e\(zeros)"
    }
}
