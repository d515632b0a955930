import Foundation
import GRDB

/// The orders of text that SQLite does not have: text without regard to case, and decimal numbers.
enum Collation {
    static let text = "dataverse_text"
    static let decimal = "dataverse_decimal"

    static func register(in db: Database) {
        db.add(collation: DatabaseCollation(text) { compareText($0, $1) })
        db.add(collation: DatabaseCollation(decimal) { compareDecimals($0, $1) })
    }

    /// Compares without regard to case, byte by byte as long as both texts are ASCII.
    static func compareText(_ left: String, _ right: String) -> ComparisonResult {
        var left = left
        var right = right
        let order = left.withUTF8 { leftBytes in
            right.withUTF8 { rightBytes -> ComparisonResult? in
                for (one, other) in zip(leftBytes, rightBytes) {
                    if one >= 0x80 || other >= 0x80 { return nil }
                    let folded = (fold(one), fold(other))
                    if folded.0 != folded.1 { return folded.0 < folded.1 ? .orderedAscending : .orderedDescending }
                }
                let rest = leftBytes.count - rightBytes.count
                let tail = rest > 0 ? leftBytes.dropFirst(rightBytes.count) : rightBytes.dropFirst(leftBytes.count)
                if tail.contains(where: { $0 >= 0x80 }) { return nil }
                return rest == 0 ? .orderedSame : rest < 0 ? .orderedAscending : .orderedDescending
            }
        }
        if let order { return order }
        let folded = (folded(left), folded(right))
        return folded.0 == folded.1
            ? .orderedSame
            : folded.0.unicodeScalars.lexicographicallyPrecedes(folded.1.unicodeScalars)
                ? .orderedAscending : .orderedDescending
    }

    /// A text in the form in which texts that differ in case only are the same.
    static func folded(_ text: String) -> String { text.lowercased() }

    private static func fold(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

    /// Compares numbers in plain decimal notation: `-12.5`, without leading zeros or an exponent.
    static func compareDecimals(_ left: String, _ right: String) -> ComparisonResult {
        let isNegative = (left.utf8.first == 45, right.utf8.first == 45)
        if isNegative.0 != isNegative.1 { return isNegative.0 ? .orderedAscending : .orderedDescending }
        let order = compareMagnitudes(
            left.utf8.dropFirst(isNegative.0 ? 1 : 0),
            right.utf8.dropFirst(isNegative.1 ? 1 : 0)
        )
        guard isNegative.0, order != .orderedSame else { return order }
        return order == .orderedAscending ? .orderedDescending : .orderedAscending
    }

    private static func compareMagnitudes(
        _ left: Substring.UTF8View,
        _ right: Substring.UTF8View
    ) -> ComparisonResult {
        let point: UInt8 = 46
        let leftWhole = left.prefix { $0 != point }
        let rightWhole = right.prefix { $0 != point }
        if leftWhole.count != rightWhole.count {
            return leftWhole.count < rightWhole.count ? .orderedAscending : .orderedDescending
        }
        let leftFraction = left.dropFirst(leftWhole.count + 1)
        let rightFraction = right.dropFirst(rightWhole.count + 1)
        let width = max(leftFraction.count, rightFraction.count)
        let leftDigits = Array(leftWhole) + leftFraction + Array(repeating: 48, count: width - leftFraction.count)
        let rightDigits = Array(rightWhole) + rightFraction + Array(repeating: 48, count: width - rightFraction.count)
        if leftDigits == rightDigits { return .orderedSame }
        return leftDigits.lexicographicallyPrecedes(rightDigits) ? .orderedAscending : .orderedDescending
    }
}

/// Decimal numbers as text.
enum DecimalText {
    /// The plain notation of a decimal; `nil` if the text is none.
    static func canonical(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || "+-.eE".utf8.contains($0) }
        guard isPlain, !text.isEmpty, let value = Decimal(string: text, locale: nil), !value.isNaN else { return nil }
        return canonical(value)
    }

    static func canonical(_ value: Decimal) -> String {
        let text = value.description
        return text == "-0" ? "0" : text
    }
}
