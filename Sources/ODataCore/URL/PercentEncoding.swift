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
        if text.utf8.allSatisfy(allowed) { return text }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 {
            if allowed(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(hexDigits[Int(byte >> 4)])
                encoded.append(hexDigits[Int(byte & 15)])
            }
        }
        return String(decoding: encoded, as: UTF8.self)
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
