import Foundation
import GRDB

/// Where a page ends: the values that the last row is ordered by, and its number.
///
/// The next page begins after those values, wherever the row itself is by then, so that rows created, changed or
/// deleted in the meantime neither repeat others nor hide them.
struct SkipToken {
    /// The values of the `$orderby` expressions in the last row.
    let values: [DatabaseValue]
    let row: Int64
    /// How many rows all pages so far had, for `$top`.
    let delivered: Int

    init(values: [DatabaseValue], row: Int64, delivered: Int) {
        self.values = values
        self.row = row
        self.delivered = delivered
    }

    /// - Throws: ``ServiceError`` with status 400 if the text is no token of the emulator's.
    init(_ text: String, orderCount: Int) throws {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count == orderCount + 2, let row = Int64(parts[0]), let delivered = Int(parts[1]), delivered >= 0
        else { throw Self.invalid }
        self.row = row
        self.delivered = delivered
        values = try parts.dropFirst(2).map { try Self.value($0) }
    }

    private static let invalid = ServiceError.badQuery("The $skiptoken is not one that the service has handed out.")

    var text: String {
        ([String(row), String(delivered)] + values.map(Self.text)).joined(separator: "~")
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: "n"
        case .int64(let number): "i\(number)"
        case .double(let number): "d\(number.bitPattern)"
        case .string(let text): "s" + hex(Array(text.utf8))
        case .blob(let data): "b" + hex(Array(data))
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func value(_ text: Substring) throws -> DatabaseValue {
        let rest = text.dropFirst()
        switch text.first {
        case "n" where rest.isEmpty: return .null
        case "i": if let number = Int64(rest) { return number.databaseValue }
        case "d": if let pattern = UInt64(rest) { return Double(bitPattern: pattern).databaseValue }
        case "s": if let bytes = bytes(rest) { return String(decoding: bytes, as: UTF8.self).databaseValue }
        case "b": if let bytes = bytes(rest) { return Data(bytes).databaseValue }
        default: break
        }
        throw invalid
    }

    private static func bytes(_ hex: Substring) -> [UInt8]? {
        guard hex.utf8.count.isMultiple(of: 2) else { return nil }
        let digits = Array(hex.utf8)
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[place...(place + 1)], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }

    /// The condition that a row comes after the token's.
    ///
    /// SQLite puts NULL before all values, as SQL Server does.
    func condition(_ order: [(key: TypedSQL, descending: Bool)], row rowColumn: SQLFragment) -> SQLFragment {
        var condition: SQLFragment = "\(rowColumn) > \(value: row.databaseValue)"
        for (item, value) in zip(order, values).reversed() {
            let key = item.key.ordered
            let equal: SQLFragment = "\(key) IS \(value: value)"
            let after: SQLFragment
            switch (value.isNull, item.descending) {
            case (true, false): after = "\(item.key.fragment) IS NOT NULL"
            case (true, true): after = "0"
            case (false, false): after = "\(key) > \(value: value)"
            case (false, true): after = "(\(key) < \(value: value) OR \(item.key.fragment) IS NULL)"
            }
            condition = "(\(after) OR (\(equal) AND \(condition)))"
        }
        return condition
    }
}
