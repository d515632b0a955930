/// Swift, cut into names and marks, without what people read.
///
/// The rules of the architecture look for sequences such as `Date ( )`. What `SchemaDiff` reads in an app's sources,
/// `SwiftTokens`, has names alone, with their lines.
enum CodeTokens {
    static func tokens(of text: String) -> [String] { tokens(of: Array(text.utf8)) }

    static func tokens(of bytes: [UInt8]) -> [String] {
        var tokens: [String] = []
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "/"), bytes[position...].starts(with: "//".utf8) {
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            } else if byte == UInt8(ascii: "/"), bytes[position...].starts(with: "/*".utf8) {
                position += 2
                while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
                position += 2
            } else if let end = endOfString(bytes, from: position) {
                tokens.append("\"\"")
                position = end
            } else if continuesName(byte) {
                let start = position
                while position < bytes.count, continuesName(bytes[position]) { position += 1 }
                tokens.append(String(decoding: bytes[start..<position], as: UTF8.self))
            } else {
                if byte > 0x20 { tokens.append(String(UnicodeScalar(byte))) }
                position += 1
            }
        }
        return tokens
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    /// Where the string literal ends that begins here; `nil` if none does.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "#") else { return nil }
        let pounds = bytes[start...].prefix { $0 == UInt8(ascii: "#") }
        var position = start + pounds.count
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let quote = Array((bytes[position...].starts(with: "\"\"\"".utf8) ? "\"\"\"" : "\"").utf8)
        let (end, escape) = (quote + pounds, [UInt8(ascii: "\\")] + pounds)
        position += quote.count
        while position < bytes.count {
            if bytes[position...].starts(with: end) { return position + end.count }
            position += bytes[position...].starts(with: escape) ? escape.count + 1 : 1
        }
        return bytes.count
    }
}
