/// Percent encoding of what an app puts into a URL.
///
/// Source: OData URL Conventions 4.01, section 2 "URL Components"; RFC 3986. Everything outside a short list is
/// encoded, so that no text of an app can end a segment, begin a query or break a header.
public enum PercentEncoding {
    /// Text inside a path segment: quotes, commas and equals signs of keys stay readable.
    public static func pathSegment(_ text: String) -> String { encode(text, allowed: inSegment) }

    /// Text of a query option's value.
    public static func queryValue(_ text: String) -> String { encode(text, allowed: inQuery) }

    /// A target that is encoded already, with what a URL cannot have encoded too: spaces, quotes and letters outside
    /// ASCII, as an app or a service may have left them.
    static func completed(_ target: String) -> String { encode(target, allowed: inURL) }

    /// Whether a target has nothing in it that ``completed(_:)`` would encode or ``climbs(_:)`` could object to: most
    /// have not.
    static func isPlain(_ target: String) -> Bool {
        var target = target
        return target.withUTF8 { $0.allSatisfy(plain.contains) }
    }

    /// Whether a target has a path segment that URL parsers take for this folder or the one above.
    static func climbs(_ target: String) -> Bool {
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard path.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "%") }) else { return false }
        return path.split(separator: UInt8(ascii: "/")).contains { segment in
            guard segment.count <= 6, segment.first == UInt8(ascii: ".") || segment.first == UInt8(ascii: "%") else {
                return false
            }
            let text = String(decoding: segment, as: UTF8.self).lowercased().replacing("%2e", with: ".")
            return text == "." || text == ".."
        }
    }

    private static func encode(_ text: String, allowed: ASCIISet) -> String {
        var text = text
        let encoded = text.withUTF8 { bytes -> String? in
            var encodedCount = 0
            for byte in bytes where !allowed.contains(byte) { encodedCount += 1 }
            guard encodedCount > 0 else { return nil }
            return String(unsafeUninitializedCapacity: bytes.count + 2 * encodedCount) { buffer in
                // Each byte of the text fills one byte of the buffer, or three: as many as there are, by the count above.
                var index = 0
                for byte in bytes {
                    if allowed.contains(byte) {
                        buffer[index] = byte
                        index += 1
                    } else {
                        buffer[index] = UInt8(ascii: "%")
                        buffer[index + 1] = hexDigit(byte >> 4)
                        buffer[index + 2] = hexDigit(byte & 15)
                        index += 3
                    }
                }
                return index
            }
        }
        return encoded ?? text
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : 55 + value }

    private static let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    private static let inSegment = ASCIISet(unreserved + "'(),=:@$!*")
    private static let inQuery = ASCIISet(unreserved + "'(),=:@$!*/;?")
    private static let inURL = ASCIISet(unreserved + "'(),=:@$!*/;?#%&+[]")
    private static let plain = ASCIISet(unreserved.filter { $0 != "." } + "'(),=:@$!*/;?#&+[]")
}

/// Some of the characters of ASCII, one bit for each.
private struct ASCIISet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: String) {
        for byte in characters.utf8 where byte < 0x80 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        byte < 0x80 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }
}
