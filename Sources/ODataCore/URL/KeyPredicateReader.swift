#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads the key from the URL of a row, such as `https://…/accounts(5a1b…)` or `…/Lines(Order=1,Item='a%2Fb')`.
public enum KeyPredicateReader {
    /// The literals of the last parentheses, percent-decoded; `nil` if the URL does not end with a key.
    public static func literals(inURL url: String) -> [(name: String?, literal: String)]? {
        guard let decoded = decodedBytes(url), decoded.last == UInt8(ascii: ")") else { return nil }
        // Quotes may hold parentheses; outside of them, the last one begins the key, after those of a function's call.
        var isQuoted = false
        var opening: Int?
        for (position, byte) in decoded.enumerated() {
            switch byte {
            case UInt8(ascii: "'"): isQuoted.toggle()
            case UInt8(ascii: "/") where !isQuoted: opening = nil
            case UInt8(ascii: "(") where !isQuoted: opening = position
            default: break
            }
        }
        guard let opening, !isQuoted else { return nil }
        return keys(in: Array(decoded[(opening + 1)...].dropLast()))
    }

    /// The key of a URL that ends with a GUID in lower case alone, which nearly all do; `nil` for any other.
    package static func guid(inURL url: String) -> UUID? {
        var url = url
        return url.withUTF8 { bytes -> UUID? in
            let start = bytes.count - 37
            // Between the parentheses are 36 bytes; a quote or a name cannot be among those of a GUID.
            guard start > 0, bytes[start - 1] == UInt8(ascii: "("), bytes[bytes.count - 1] == UInt8(ascii: ")"),
                let address = bytes.baseAddress, let (high, low) = GUIDText.parse(address + start)
            else { return nil }
            return UUID(high: high, low: low)
        }
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
        decodedBytes(text).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a text without percent-encoding; `nil` if an escape is cut short, or they are no UTF-8.
    private static func decodedBytes(_ text: String) -> [UInt8]? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return Array(text.utf8) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var utf8 = text.utf8.makeIterator()
        while let byte = utf8.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = utf8.next().flatMap(hexDigit), let low = utf8.next().flatMap(hexDigit) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self) == nil ? nil : bytes
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
