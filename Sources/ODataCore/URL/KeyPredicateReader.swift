/// Reads the key from the URL of a row, such as `https://…/accounts(5a1b…)` or `…/Lines(Order=1,Item='a%2Fb')`.
public enum KeyPredicateReader {
    /// The literals of the last parentheses, percent-decoded; `nil` if the URL does not end with a key.
    public static func literals(inURL url: String) -> [(name: String?, literal: String)]? {
        guard let decoded = percentDecoded(url), decoded.last == ")" else { return nil }
        // Quotes may hold parentheses; outside of them, the last one begins the key, after those of a function's call.
        var isQuoted = false
        var opening: String.Index?
        for index in decoded.indices {
            switch decoded[index] {
            case "'": isQuoted.toggle()
            case "/" where !isQuoted: opening = nil
            case "(" where !isQuoted: opening = index
            default: break
            }
        }
        guard let opening, !isQuoted else { return nil }
        let list = decoded[decoded.index(after: opening)...].dropLast()
        return keys(in: Array(list.utf8))
    }

    private static func keys(in list: [UInt8]) -> [(name: String?, literal: String)]? {
        var keys: [(name: String?, literal: String)] = []
        var scanner = ODataLiteralScanner(list, position: 0)
        repeat {
            let name = scanner.takeName()
            let start = scanner.position
            guard let literal = try? scanner.literal(), literal != .null else { return nil }
            keys.append((name, scanner.text(start..<scanner.position)))
        } while scanner.take(",")
        // Only a single key goes without its name.
        guard scanner.isAtEnd, keys.count == 1 || keys.allSatisfy({ $0.name != nil }) else { return nil }
        return keys
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

extension ODataLiteralScanner {
    /// Takes a name with the equals sign behind it; the position stays if none comes next.
    fileprivate mutating func takeName() -> String? {
        guard let first = current, ASCII.beginsName(first) else { return nil }
        let end = bytes[position...].firstIndex { !ASCII.continuesName($0) } ?? bytes.endIndex
        guard end < bytes.count, bytes[end] == UInt8(ascii: "=") else { return nil }
        defer { move(to: end + 1) }
        return text(position..<end)
    }

    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        advance()
        return true
    }
}
