import Foundation
import GRDB
import ODataCore
import ODataQuery

extension ColumnType {
    /// The stored form of a JSON value.
    ///
    /// - Returns: `nil` if the value is not of this type.
    func stored(_ value: Value) -> DatabaseValue? {
        switch (self, value) {
        case (_, .null): return .null
        case (.string, .string(let text)): return Self.storable(text)
        case (.boolean, .bool(let flag)): return DatabaseValue(bool: flag)
        case (.integer(_, let range), _):
            return value.integerValue.flatMap { range.contains($0) ? $0.databaseValue : nil }
        case (.decimal, .integer(let number)): return String(number).databaseValue
        case (.decimal, .decimal(let number)): return DecimalText.canonical(number).databaseValue
        case (.decimal, .string(let text)): return DecimalText.canonical(text)?.databaseValue
        case (.double, _): return Self.double(value)?.databaseValue
        case (.single, _): return Self.double(value).map { Double(Float($0)).databaseValue }
        case (.guid, .string(let text)): return UUID(uuidString: text)?.uuidString.lowercased().databaseValue
        case (.date, .string(let text)): return Ticks.parse(date: text).map { Ticks.date($0).databaseValue }
        case (.dateTimeOffset, .string(let text)): return Ticks.parse(dateTime: text)?.databaseValue
        case (.timeOfDay, .string(let text)): return Ticks.parse(timeOfDay: text)?.databaseValue
        case (.duration, .string(let text)): return Ticks.parse(duration: text)?.databaseValue
        case (.binary, .string(let text)): return Self.data(base64: text)?.databaseValue
        case (.enumeration(let schema), .string(let text)):
            return schema.value(of: text.split(separator: ",", omittingEmptySubsequences: false))?.databaseValue
        case (.enumeration, .integer(let number)): return number.databaseValue
        case (.json, .array), (.json, .object), (.json, .string): return JSONWriter.string(from: value).databaseValue
        case (.json, .bool), (.json, .integer), (.json, .decimal), (.json, .double):
            return JSONWriter.string(from: value).databaseValue
        default: return nil
        }
    }

    /// The stored form of a literal in a URL.
    ///
    /// - Returns: `nil` if the literal is not of this type.
    func stored(_ literal: Literal) -> DatabaseValue? {
        switch (self, literal) {
        case (_, .null): return .null
        case (.string, .string(let text)): return Self.storable(text)
        case (.boolean, .boolean(let flag)): return DatabaseValue(bool: flag)
        case (.integer(_, let range), .integer(let number)):
            return range.contains(number) ? number.databaseValue : nil
        case (.decimal, .integer(let number)): return String(number).databaseValue
        case (.decimal, .decimal(let text)): return DecimalText.canonical(text)?.databaseValue
        case (.double, .integer(let number)), (.single, .integer(let number)): return Double(number).databaseValue
        case (.double, .decimal(let text)), (.single, .decimal(let text)): return Double(text)?.databaseValue
        case (.double, .double(let number)), (.single, .double(let number)): return Self.databaseDouble(number)
        case (.guid, .guid(let text)): return text.databaseValue
        case (.date, .date(let text)): return Ticks.parse(date: text).map { Ticks.date($0).databaseValue }
        case (.dateTimeOffset, .dateTimeOffset(let text)): return Ticks.parse(dateTime: text)?.databaseValue
        case (.dateTimeOffset, .date(let text)): return Ticks.parse(date: text)?.databaseValue
        case (.timeOfDay, .timeOfDay(let text)): return Ticks.parse(timeOfDay: text)?.databaseValue
        case (.duration, .duration(let text)): return Ticks.parse(duration: text)?.databaseValue
        case (.binary, .binary(let text)): return Self.data(base64: text)?.databaseValue
        case (.enumeration(let schema), .enumeration(_, let members)): return schema.value(of: members)?.databaseValue
        case (.enumeration(let schema), .string(let text)):
            return schema.value(of: text.split(separator: ",", omittingEmptySubsequences: false))?.databaseValue
        case (.enumeration, .integer(let number)): return number.databaseValue
        default: return nil
        }
    }

    /// The stored form of the text that stands for a value in `PropertyValues` of Dataverse's query functions.
    func stored(text: String) -> DatabaseValue? {
        switch self {
        case .boolean:
            let lower = text.lowercased()
            return lower == "true" || lower == "1"
                ? 1.databaseValue : lower == "false" || lower == "0" ? 0.databaseValue : nil
        case .integer(_, let range):
            return Int64(text).flatMap { range.contains($0) ? $0.databaseValue : nil }
        case .double, .single: return Double(text)?.databaseValue
        case .dateTimeOffset: return (Ticks.parse(dateTime: text) ?? Ticks.parse(date: text))?.databaseValue
        default: return stored(Value.string(text))
        }
    }

    /// SQLite's texts end at U+0000; a text with that character is no value of the emulator's.
    static func storable(_ text: String) -> DatabaseValue? {
        text.utf8.contains(0) ? nil : text.databaseValue
    }

    private static func double(_ value: Value) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .decimal(let number): Double(number.description)
        case .double(let number): number
        case .string("INF"): .infinity
        case .string("-INF"): -.infinity
        default: nil
        }
    }

    /// SQLite has no NaN; it stores `NULL` instead, so that no comparison with it holds.
    private static func databaseDouble(_ number: Double) -> DatabaseValue {
        number.isNaN ? .null : number.databaseValue
    }

    private static func data(base64 text: String) -> Data? {
        var standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        while !standard.utf8.count.isMultiple(of: 4) { standard += "=" }
        return Data(base64Encoded: standard)
    }
}
