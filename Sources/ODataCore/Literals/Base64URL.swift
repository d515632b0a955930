/// The text of binary values: base64 with `-` and `_`, its padding optional (RFC 4648, section 5).
enum Base64URL {
    /// Whether a text is one that an encoder writes: the bits that fill up the last character are zero.
    static func isValid(_ text: String.UTF8View) -> Bool {
        let digits = text.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.count - digits.count
        guard digits.allSatisfy(ASCII.isBase64), text.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") })
        else { return false }
        switch digits.count % 4 {
        case 0: return padding == 0
        case 2: return (padding == 0 || padding == 2) && endsWithZeros(4, digits)
        case 3: return padding <= 1 && endsWithZeros(2, digits)
        default: return false
        }
    }

    private static func endsWithZeros(_ count: Int, _ digits: Substring.UTF8View) -> Bool {
        guard let last = digits.last, let value = value(of: last) else { return false }
        return value & (1 << count - 1) == 0
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
