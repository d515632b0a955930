import Foundation
import ODataCore
import TestSupport
import Testing

@Suite("Column values")
struct ColumnValueTests {
    private static let guid = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!

    /// A value, its JSON and its URL literal.
    private static let spellings: [(any ColumnValue, Value, String)] = [
        (true, true, "true"),
        (Int32.min, -2_147_483_648, "-2147483648"),
        (Int64.max, .integer(.max), "9223372036854775807"),
        (UInt8(255), 255, "255"),
        (1.5, 1.5, "1.5"),
        (Double.infinity, .double(.infinity), "INF"),
        (-Double.infinity, .double(-.infinity), "-INF"),
        (Float(0.1), .double(0.1), "0.1"),
        (
            Decimal(string: "922337203685477.5807")!, .decimal(Decimal(string: "922337203685477.5807")!),
            "922337203685477.5807"
        ),
        (Decimal(1_000), .decimal(1_000), "1000"),
        (Decimal(string: "-0.050")!, .decimal(Decimal(string: "-0.050")!), "-0.05"),
        (
            Decimal(string: "12345678901234567890.5")!, .decimal(Decimal(string: "12345678901234567890.5")!),
            "12345678901234567890.5"
        ),
        ("O'Neil & Söhne", "O'Neil & Söhne", "'O''Neil & Söhne'"),
        ("e\u{301}'", "e\u{301}'", "'e\u{301}'''"),
        (guid, "5a1b2c3d-0000-4000-8000-00000000000f", "5a1b2c3d-0000-4000-8000-00000000000f"),
        (Date(timeIntervalSince1970: 1_709_212_800.25), "2024-02-29T13:20:00.25Z", "2024-02-29T13:20:00.25Z"),
        (Date(timeIntervalSince1970: -62_135_596_800), "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        (DateOnly(year: 2024, month: 2, day: 29)!, "2024-02-29", "2024-02-29"),
        (TimeOfDay(hour: 7, minute: 5, second: 9, nanosecond: 120_000_000)!, "07:05:09.12", "07:05:09.12"),
        (Duration.seconds(93_784.5), "P1DT2H3M4.5S", "duration'P1DT2H3M4.5S'"),
        (Duration.zero, "PT0S", "duration'PT0S'"),
        (Duration.seconds(-60), "-PT1M", "duration'-PT1M'"),
        (Data([0xFB, 0xEF, 0xFF]), "++//", "binary'--__'"),
        ([1, 2], [1, 2], "[1,2]"),
    ]

    @Test("every primitive has one JSON and one literal", arguments: spellings.indices)
    func spelling(index: Int) throws {
        let (value, json, literal) = Self.spellings[index]
        #expect(value.json == json)
        #expect(value.urlLiteral == literal)
        func readBack<T: ColumnValue>(_ value: T) throws {
            #expect(try T(json: JSONReader.value(from: JSONWriter.bytes(from: value.json))) == value)
        }
        try readBack(value)
    }

    @Test(
        "moments are read in every offset",
        arguments: [
            ("2024-02-29T13:20:00Z", 1_709_212_800.0), ("2024-02-29T14:20:00+01:00", 1_709_212_800),
            ("2024-02-29T07:50:00-05:30", 1_709_212_800), ("2024-02-29T13:20Z", 1_709_212_800),
            ("1969-12-31T23:59:59.5Z", -0.5),
            // A leap second is the moment after it.
            ("1972-06-30T23:59:60Z", 78_796_800), ("1972-07-01T01:59:60+02:00", 78_796_800),
        ]
    )
    func moments(text: String, seconds: Double) {
        #expect(Date(timestamp: text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "what is no date is refused",
        arguments: [
            "2023-02-29", "2024-13-01", "2024-00-01", "2024-1-1", "24-01-01", "2024-01-01T00:00:00Z", "", "２０２４-01-01",
        ]
    )
    func noDates(text: String) { #expect(DateOnly(text) == nil) }

    @Test(
        "what is no moment is refused",
        arguments: [
            "2024-02-29T13:20:00", "2024-02-29 13:20:00Z", "2024-02-29T24:00:00Z", "2024-02-29T13:20:60Z",
            "2024-02-29T13:20:00.Z", "2024-02-29T13:20:00.1234567890123Z", "00024-02-29T13:20:00Z",
            "2024-02-30T13:20:00Z", "2024-02-29T13:20:00+1:00", "T13:20:00Z",
        ]
    )
    func noMoments(text: String) { #expect(Date(timestamp: text) == nil) }

    @Test(
        "what is no duration is refused",
        arguments: ["", "P", "PT", "P1Y", "P1M", "1D", "PT1D", "P1DT", "PT1.5H", "PT1S2M"]
    )
    func noDurations(text: String) { #expect(Duration(iso8601: text) == nil) }

    @Test("a value of another type says what it is")
    func mismatch() {
        #expect(throws: ColumnValueError(expected: "a GUID", found: "nonsense")) { try UUID(json: "nonsense") }
        #expect(throws: ColumnValueError.self) { try Int32(json: .integer(3_000_000_000)) }
        #expect(throws: ColumnValueError.self) { try String(json: 5) }
        #expect(throws: ColumnValueError.self) { try Bool(json: 1) }
        for text in ["abc", "12abc", "1.", ".5", ""] {
            #expect(throws: ColumnValueError.self) { try Decimal(json: .string(text)) }
        }
        for text in ["Z", "Zg=a", "Zg===", "Z g=", "Zh=="] {
            #expect(throws: ColumnValueError.self) { try Data(json: .string(text)) }
        }
    }

    @Test("any moment in microseconds survives", arguments: 0..<200)
    func momentRoundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let seconds = Double(Int64.random(in: -60_000_000_000...250_000_000_000, using: &random))
        let date = Date(
            timeIntervalSinceReferenceDate: seconds + Double(Int.random(in: 0..<1000, using: &random)) / 1000
        )
        let read = try #require(Date(timestamp: date.timestamp))
        #expect(abs(read.timeIntervalSince(date)) < 0.000_05)
        let formatter = ISO8601DateFormatter()
        let whole = Date(timeIntervalSinceReferenceDate: seconds)
        if (0...9999).contains(Calendar(identifier: .gregorian).component(.year, from: whole)),
            seconds > -10_000_000_000
        {
            #expect(formatter.date(from: whole.timestamp) == whole)
        }
    }
}
