/// Reads the key from the URL of a row, such as `https://…/accounts(5a1b…)` or `…/Lines(Order=1,Item='a%2Fb')`.
public enum KeyPredicateReader {
    /// The literals of the last parentheses, percent-decoded; `nil` if the URL does not end with a key.
    public static func literals(inURL url: String) -> [(name: String?, literal: String)]? {
        guard let decoded = percentDecoded(url), decoded.last == ")" else { return nil }
        // Quotes may hold parentheses: the opening one is the first after the last slash outside of quotes.
        var isQuoted = false
        var opening: String.Index?
        for index in decoded.indices {
            switch decoded[index] {
            case "'": isQuoted.toggle()
            case "/" where !isQuoted: opening = nil
            case "(" where !isQuoted && opening == nil: opening = index
            default: break
            }
        }
        guard let opening, !isQuoted else { return nil }
        return split(decoded[decoded.index(after: opening)...].dropLast())
    }

    private static func split(_ list: Substring) -> [(name: String?, literal: String)] {
        var parts: [(name: String?, literal: String)] = []
        var name: String?
        var literal = ""
        var isQuoted = false
        for character in list {
            switch character {
            case "," where !isQuoted:
                parts.append((name, literal))
                (name, literal) = (nil, "")
            case "=" where !isQuoted && name == nil:
                (name, literal) = (literal, "")
            default:
                if character == "'" { isQuoted.toggle() }
                literal.append(character)
            }
        }
        parts.append((name, literal))
        return parts
    }

    static func percentDecoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var utf8 = text.utf8.makeIterator()
        while let byte = utf8.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = utf8.next().flatMap(hexDigit), let low = utf8.next().flatMap(hexDigit) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
