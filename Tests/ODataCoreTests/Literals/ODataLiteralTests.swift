import Foundation
import TestSupport
import Testing

@testable import ODataCore

@Suite("Literals of URLs")
struct ODataLiteralTests {
    @Test(
        "literals are read for what they are",
        arguments: [
            ("null", .null), ("true", .boolean(true)), ("FALSE", .boolean(false)), ("-5", .integer(-5)),
            ("+5", .integer(5)), ("9223372036854775808", .decimal("9223372036854775808")), ("1.50", .decimal("1.50")),
            ("1e3", .decimal("1e3")), ("INF", .double(.infinity)), ("-INF", .double(-.infinity)),
            ("'O''Neil'", .string("O'Neil")), ("''", .string("")),
            ("5A1B2C3D-0000-4000-8000-00000000000F", .guid("5a1b2c3d-0000-4000-8000-00000000000f")),
            ("2024-02-29", .date("2024-02-29")), ("-10000-01-01", .date("-10000-01-01")),
            ("2024-02-29t13:20z", .dateTimeOffset("2024-02-29T13:20Z")), ("13:20:00.5", .timeOfDay("13:20:00.5")),
            ("duration'-PT1H'", .duration("-PT1H")), ("binary'Zg'", .binary("Zg")),
            ("Sales.Pattern'Solid,2'", .enumeration(type: "Sales.Pattern", members: ["Solid", "2"])),
            ("geography'SRID=4326;Point(1 -2.5)'", .geography("SRID=4326;Point(1 -2.5)")),
            ("Geometry'srid=0;multipoint()'", .geometry("srid=0;multipoint()")),
        ] as [(String, ODataLiteral)]
    )
    func reading(text: String, literal: ODataLiteral) throws { #expect(try ODataLiteral(text) == literal) }

    @Test(
        "what is no literal is refused, with its place",
        arguments: [
            ("", 0), ("name", 0), ("Null", 0), ("'open", 5), ("'a'b", 3), ("1.", 2), (".5", 0), ("1e", 2), ("5x", 1),
            ("5 ", 1), ("00012-01-01", 0), ("2024-13-01", 5), ("2024-02-30", 8), ("2024-01-01T24:00Z", 11),
            ("2024-01-01T00:00", 16), ("24:00:00", 0), ("13:20:00.1234567890123", 9), ("duration'P1Y'", 0),
            ("binary'Z'", 0), ("binary'Zh'", 0), ("X'00'", 0), ("Sales.Pattern'a b'", 13),
            ("geography'Point(1 2)'", 10), ("geography'SRID=0;Point(1)'", 24), ("geography'SRID=0;Point(1 2'", 26),
            ("geography'SRID=0;LineString(1 2)'", 28), ("geography'SRID=123456;Point(1 2)'", 21),
            ("geography'SRID=0;Circle(1 2)'", 17),
        ]
    )
    func refusing(text: String, offset: Int) {
        #expect { try ODataLiteral(text) } throws: { ($0 as? ODataLiteralError)?.offset == offset }
    }

    @Test("collections of shapes nest to a bounded depth")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            "geography'SRID=0;" + String(repeating: "GeometryCollection(", count: depth) + "Point(1 2)"
                + String(repeating: ")", count: depth) + "'"
        }
        _ = try ODataLiteral(nested(5))
        #expect(throws: ODataLiteralError.self) { try ODataLiteral(nested(10_000)) }
    }

    @Test("every value that is written is read back the same, by itself and as a key in a URL", arguments: 0..<100)
    func roundTrips(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for value in values(using: &random) { try readBack(value) }
    }

    private func values(using random: inout SeededGenerator) -> [any ColumnValue] {
        let days = Int.random(in: -1_000_000...3_000_000, using: &random)
        let date = CivilCalendar.date(daysSinceEpoch: days)
        let microseconds = Int.random(in: -60_000_000_000...250_000_000_000, using: &random)
        let bytes = (0..<Int.random(in: 0...9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let significand = Int64.random(in: -999_999_999_999...999_999_999_999, using: &random)
        let integer = Int64(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
        let double = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
        return [
            String.random(using: &random), UUID(random: &random), integer, Int32(truncatingIfNeeded: integer),
            UInt8(truncatingIfNeeded: integer), Bool.random(using: &random),
            double.isNaN ? 0.5 : double, Float(bitPattern: UInt32(truncatingIfNeeded: integer & 0x7F7F_FFFF)),
            Decimal(significand)
                / Decimal(sign: .plus, exponent: Int.random(in: 0...9, using: &random), significand: 1),
            DateOnly(year: date.year, month: date.month, day: date.day)!,
            TimeOfDay(
                hour: Int.random(in: 0...23, using: &random),
                minute: Int.random(in: 0...59, using: &random),
                second: Int.random(in: 0...59, using: &random),
                nanosecond: Int.random(in: 0...999_999_999, using: &random)
            )!,
            Date(timeIntervalSince1970: Double(microseconds)),
            Duration.seconds(Int64.random(in: -9_999_999...9_999_999, using: &random))
                + .nanoseconds(Int64.random(in: 0...999_999_999, using: &random)),
            Data(bytes), GeoJSON.point(longitude: Double(significand % 180), latitude: Double(significand % 90) / 4),
            Pattern(rawValue: Int64.random(in: 0...5, using: &random)),
        ]
    }

    private func readBack<Column: ColumnValue>(_ value: Column) throws {
        let text = value.urlLiteral
        #expect(try Column(json: Value(urlLiteral: text)) == value, "\(text)")
        let url = "https://contoso.example/Rows\(KeyPredicate(value).urlText)"
        let literals = try #require(KeyPredicateReader.literals(inURL: url), "\(url)")
        #expect(Column(literals: literals, key: ["id"]) == value, "\(url)")
        let named = "Rows\(KeyPredicate(named: [("a", value), ("b", 5)]).urlText)"
        let parts = try #require(KeyPredicateReader.literals(inURL: named), "\(named)")
        #expect(parts.map(\.name) == ["a", "b"])
        #expect(parts.map(\.literal) == [text, "5"])
    }

    private struct Pattern: ODataFlags {
        static let typeName = "Sales.Pattern"
        static let members: [(name: String, value: Int64)] = [("Solid", 1), ("Yellow", 2)]
        let rawValue: Int64
    }

    @Test("damaged literals never crash the reader", arguments: 0..<20)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let samples = [
            "geography'SRID=0;MultiPolygon(((1 1,1 1),(1 1,2 2,3 3,1 1)))'", "2024-02-29T13:20:00.5+02:00",
            "duration'P1DT2H3M4.5S'", "Sales.Pattern'Solid,Yellow'", "'O''Neil'", "-1.5e-10", "binary'Zm9v'",
            "5a1b2c3d-0000-4000-8000-00000000000f", "-10000-04-01", "13:20:00.123",
        ]
        for _ in 0..<500 {
            var bytes = Array((samples.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[place], at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                _ = try ODataLiteral(text)
            } catch {
                #expect((0...bytes.count).contains(error.offset), "\(text): \(error)")
            }
            _ = Value(urlLiteral: text)
            _ = KeyPredicateReader.literals(inURL: "Rows(\(text))")
        }
    }
}

extension UUID {
    fileprivate init(random: inout SeededGenerator) {
        let bytes = withUnsafeBytes(of: random.next(), Array.init) + withUnsafeBytes(of: random.next(), Array.init)
        self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
