import Foundation
import TestSupport
import Testing

@testable import ODataCore

@Suite("OASIS ABNF test cases of literals, values and keys")
struct ABNFLiteralTests {
    /// Whether the code of the core that is responsible for a rule accepts a text; `nil` if none is.
    private static func accepts(_ text: String, as rule: String) -> Bool? {
        switch rule {
        case "date": literal(text) { if case .date = $0 { true } else { false } }
        case "boolean": literal(text) { if case .boolean = $0 { true } else { false } }
        case "null": literal(text) { $0 == .null }
        case "guid": literal(text) { if case .guid = $0 { true } else { false } }
        case "stringLiteral": literal(text) { if case .string = $0 { true } else { false } }
        case "binaryLiteral": literal(text) { if case .binary = $0 { true } else { false } }
        case "enumLiteral", "durationLiteral":
            literal(text) {
                switch $0 {
                // Without its type, a text in quotes says what it is only where it is used.
                case .enumeration, .duration, .string: true
                default: false
                }
            }
        case "timeOfDayLiteral": literal(text) { if case .timeOfDay = $0 { true } else { false } }
        case "dateTimeOffsetLiteral", "dateTimeOffsetValueInUrl":
            literal(text) { if case .dateTimeOffset = $0 { true } else { false } }
        case "decimalLiteral", "doubleLiteral", "singleLiteral", "sbyteLiteral", "int16Literal", "int32Literal",
            "int64Literal":
            literal(text, where: isNumber)
        case "primitiveLiteral": literal(text) { _ in true }
        default:
            if rule.hasPrefix("geography") {
                literal(text) { if case .geography = $0 { true } else { false } }
            } else if rule.hasPrefix("geometry") {
                literal(text) { if case .geometry = $0 { true } else { false } }
            } else {
                acceptsValue(text, as: rule)
            }
        }
    }

    /// Values are written in JSON; they are not percent-decoded.
    private static func acceptsValue(_ text: String, as rule: String) -> Bool? {
        switch rule {
        case "booleanValue": (try? JSONReader.value(from: text)).flatMap { try? Bool(json: $0) } != nil
        case "dateValue": isColumn(text, DateOnly.self)
        case "dateTimeOffsetValue": isColumn(text, Date.self)
        case "timeOfDayValue": isColumn(text, TimeOfDay.self)
        case "durationValue": isColumn(text, Duration.self)
        case "decimalValue": isColumn(text, Decimal.self)
        case "doubleValue", "singleValue": (try? ODataLiteral(text)).map(isNumber) ?? false
        case "sbyteValue": isColumn(text, Int8.self)
        case "byteValue": isColumn(text, UInt8.self)
        case "int16Value": isColumn(text, Int16.self)
        case "int32Value": isColumn(text, Int32.self)
        case "int64Value": isColumn(text, Int64.self)
        case "enumValue": isColumn(text, Pattern.self)
        case "primitiveValue":
            isColumn(text, UUID.self) || isColumn(text, Data.self) || isColumn(text, Pattern.self)
                || GeoJSON(text: text) != nil || (try? ODataLiteral(text)).map(isNumber) == true
        default: nil
        }
    }

    private static func literal(_ encoded: String, where isWanted: (ODataLiteral) -> Bool) -> Bool {
        guard let text = KeyPredicateReader.percentDecoded(encoded), let literal = try? ODataLiteral(text) else {
            return false
        }
        return isWanted(literal)
    }

    private static func isNumber(_ literal: ODataLiteral) -> Bool {
        switch literal {
        case .integer, .decimal, .double: true
        default: false
        }
    }

    private static func isColumn<Column: ColumnValue>(_ text: String, _ type: Column.Type) -> Bool {
        (try? Column(json: .string(text))) != nil
    }

    private struct Pattern: ODataFlags {
        static let typeName = "Sales.Pattern"
        static let members: [(name: String, value: Int64)] = [("Solid", 1), ("Yellow", 2)]
        let rawValue: Int64
    }

    /// Values that the grammar has and the type for them cannot hold: a `Decimal` is finite.
    private static let exceptions: Set<String> = ["decimalValue -INF", "decimalValue INF", "decimalValue NaN"]

    @Test("literals and values", .enabled(if: ABNFTestCase.file != nil, "needs DATAVERSE_SHARED"))
    func literals() throws {
        var counts = (positive: 0, negative: 0)
        for test in try ABNFTestCase.load() {
            guard let isAccepted = Self.accepts(test.input, as: test.rule) else { continue }
            let isException = Self.exceptions.contains("\(test.rule) \(test.input)")
            #expect(isAccepted == (!test.isNegative && !isException), "\(test.rule): \(test.input) (\(test.name))")
            if test.isNegative { counts.negative += 1 } else { counts.positive += 1 }
        }
        #expect(counts.positive == 101)
        #expect(counts.negative == 28)
    }

    @Test("keys at the end of URLs", .enabled(if: ABNFTestCase.file != nil, "needs DATAVERSE_SHARED"))
    func keys() throws {
        let rules: Set<String> = ["resourcePath", "odataRelativeUri", "odataUri"]
        var read = 0
        for test in try ABNFTestCase.load() where rules.contains(test.rule) && !test.isNegative {
            let path = String(test.input.prefix { $0 != "?" && $0 != "#" })
            guard path.hasSuffix(")"), let opening = path.lastIndex(of: "(") else { continue }
            let literals = KeyPredicateReader.literals(inURL: path)
            // Without a value of their own: aliases, calls without arguments, and filters and joins in paths.
            let content = path[path.index(after: opening)...]
            let isKey =
                !content.contains("@") && content != ")" && !path[..<opening].hasSuffix("$filter")
                && !path.hasPrefix("$crossjoin")
            #expect((literals != nil) == isKey, "\(test.input)")
            if isKey { read += 1 }
        }
        #expect(read == 30)
    }
}
