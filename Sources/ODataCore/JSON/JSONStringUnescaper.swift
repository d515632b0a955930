/// Reads the rest of a JSON string from its first backslash on.
struct JSONStringUnescaper {
    let start: UnsafePointer<UInt8>
    let count: Int
    private(set) var position: Int
    private var text: [UInt8]

    /// - Parameters:
    ///   - position: the first backslash.
    ///   - textStart: the first byte after the opening quote; what lies between is taken as it is.
    init(start: UnsafePointer<UInt8>, count: Int, position: Int, textStart: Int) {
        self.start = start
        self.count = count
        self.position = position
        text = Array(UnsafeBufferPointer(start: start + textStart, count: position - textStart))
    }

    mutating func read(opening: Int) throws(JSONError) -> String {
        while position < count {
            let byte = start[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw JSONError(reason: "the string is not UTF-8", offset: opening)
                }
                return string
            case UInt8(ascii: "\\"):
                try readEscape()
            case 0..<0x20:
                throw JSONError(reason: "a control character in a string must be escaped", offset: position)
            default:
                text.append(byte)
                position += 1
            }
        }
        throw JSONError(reason: "the string is not closed", offset: opening)
    }

    private mutating func readEscape() throws(JSONError) {
        guard position + 1 < count else { throw JSONError(reason: "the escape is cut off", offset: position) }
        let escape = start[position + 1]
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw JSONError(reason: "unknown escape", offset: position)
        }
        position += 2
    }

    private mutating func readUnicodeEscape() throws(JSONError) {
        let first = try readCodeUnit()
        var scalar = UInt32(first)
        if first & 0xFC00 == 0xD800 {
            guard position + 1 < count, start[position] == UInt8(ascii: "\\"), start[position + 1] == UInt8(ascii: "u")
            else {
                throw JSONError(reason: "the second half of a surrogate pair is missing", offset: position)
            }
            let second = try readCodeUnit()
            guard second & 0xFC00 == 0xDC00 else {
                throw JSONError(reason: "the second half of a surrogate pair is missing", offset: position - 6)
            }
            scalar = 0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(second & 0x3FF)
        }
        guard let character = Unicode.Scalar(scalar) else {
            throw JSONError(reason: "half of a surrogate pair stands alone", offset: position - 6)
        }
        text.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func readCodeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for offset in 2..<6 {
            guard position + offset < count, let digit = hexDigit(start[position + offset]) else {
                throw JSONError(reason: "four hexadecimal digits must follow '\\u'", offset: position)
            }
            unit = unit << 4 | UInt16(digit)
        }
        position += 6
        return unit
    }
}

/// The value of a hexadecimal digit, or `nil` for any other byte.
@inlinable
func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
