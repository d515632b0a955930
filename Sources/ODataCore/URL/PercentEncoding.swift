/// Percent encoding of what an app puts into a URL.
///
/// Source: OData URL Conventions 4.01, section 2 "URL Components"; RFC 3986. Everything outside a short list is
/// encoded, so that no text of an app can end a segment, begin a query or break a header.
public enum PercentEncoding {
    /// Text inside a path segment: quotes, commas and equals signs of keys stay readable.
    public static func pathSegment(_ text: String) -> String { encode(text, allowed: isAllowedInSegment) }

    /// Text of a query option's value.
    public static func queryValue(_ text: String) -> String { encode(text, allowed: isAllowedInQuery) }

    /// A target that is encoded already, with what a URL cannot have encoded too: spaces, quotes and letters outside
    /// ASCII, as an app or a service may have left them.
    static func completed(_ target: String) -> String { encode(target, allowed: isAllowedInURL) }

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

    private static func isAllowedInURL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"):
            false
        default: byte > 0x20 && byte < 0x7F
        }
    }

    private static func encode(_ text: String, allowed: (UInt8) -> Bool) -> String {
        let encodedCount = text.utf8.reduce(0) { allowed($1) ? $0 : $0 + 1 }
        guard encodedCount > 0 else { return text }
        return String(unsafeUninitializedCapacity: text.utf8.count + 2 * encodedCount) { buffer in
            // Each byte of the text fills one byte of the buffer, or three: as many as there are, by the count above.
            var index = 0
            func append(_ byte: UInt8) {
                buffer[index] = byte
                index += 1
            }
            for byte in text.utf8 {
                if allowed(byte) {
                    append(byte)
                } else {
                    append(UInt8(ascii: "%"))
                    append(hexDigits[Int(byte >> 4)])
                    append(hexDigits[Int(byte & 15)])
                }
            }
            return index
        }
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isAllowedInSegment(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="),
            UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "*"):
            true
        default: isUnreserved(byte)
        }
    }

    private static func isAllowedInQuery(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="),
            UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "*"),
            UInt8(ascii: "/"), UInt8(ascii: ";"), UInt8(ascii: "?"):
            true
        default: isUnreserved(byte)
        }
    }
}
