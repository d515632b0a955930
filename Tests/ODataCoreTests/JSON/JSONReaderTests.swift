import Foundation
import ODataCore
import TestSupport
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
    @Test("values keep their kind and their digits")
    func values() throws {
        let value = try JSONReader.value(
            from:
                #"{"a":null,"b":[true,false],"c":-7,"d":12.50,"e":1e3,"f":"x\u00e9\ud83d\ude00\n","g":{"h":9007199254740993}}"#
        )
        let record = try #require(value.objectValue)
        #expect(record["a"] == .null)
        #expect(record["b"] == [true, false])
        #expect(record["c"] == -7)
        #expect(record["d"] == .decimal(Decimal(string: "12.5")!))
        #expect(record["e"] == .decimal(1000))
        #expect(record["f"] == "xé😀\n")
        #expect(record["g"]?.objectValue?["h"] == .integer(9_007_199_254_740_993))
        #expect(record["z"] == nil)
    }

    @Test(
        "numbers are exact up to 38 digits",
        arguments: [
            ("0", Value.integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("0.1", .decimal(Decimal(string: "0.1")!)),
            ("922337203685477.5807", .decimal(Decimal(string: "922337203685477.5807")!)),
            ("12345678901234567890.12345678", .decimal(Decimal(string: "12345678901234567890.12345678")!)),
            ("1E-2", .decimal(Decimal(string: "0.01")!)), ("1e300", .double(1e300)), ("-2.5e-200", .double(-2.5e-200)),
        ]
    )
    func numbers(text: String, expected: Value) throws {
        #expect(try JSONReader.value(from: text) == expected)
    }

    @Test("rows of an array share their members, and may differ")
    func rows() throws {
        let value = try JSONReader.value(
            from: #"[{"a":1,"b":2},{"a":3,"b":4},{"a":5},{"b":6,"a":7},{"a":8,"b":9,"c":10},{},{"a":1,"a":2}]"#
        )
        let rows = try #require(value.arrayValue).compactMap(\.objectValue)
        #expect(rows.map(\.names) == [["a", "b"], ["a", "b"], ["a"], ["b", "a"], ["a", "b", "c"], [], ["a"]])
        #expect(rows[1]["b"] == 4)
        #expect(rows[3]["a"] == 7)
        #expect(rows[4]["c"] == 10)
        #expect(rows[6]["a"] == 2)
        #expect(rows.allSatisfy { !$0.hasChanges })
    }

    @Test(
        "an error says where",
        arguments: [
            ("", 0), ("[1,]", 3), ("{\"a\" 1}", 5), ("[1 2]", 3), ("\"abc", 0), ("tru", 0), ("[\"\\x\"]", 2), ("01", 0),
            ("1.", 2),
            ("-", 1), ("1 1", 2), ("[\u{1}]", 1), ("\"\t\"", 1), ("{\"a\":1,}", 7), ("\"\\ud800\"", 7),
        ]
    )
    func errors(text: String, offset: Int) {
        #expect { try JSONReader.value(from: text) } throws: { ($0 as? JSONError)?.offset == offset }
    }

    @Test("depth is bounded")
    func depth() throws {
        let deep = JSONReader.maximumDepth
        _ = try JSONReader.value(from: String(repeating: "[", count: deep) + String(repeating: "]", count: deep))
        #expect(throws: JSONError.self) { try JSONReader.value(from: String(repeating: "[", count: 100_000)) }
        #expect(throws: JSONError.self) { try JSONReader.value(from: String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test("what is written reads back", arguments: 0..<200)
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let value = Value.random(depth: 4, using: &random)
        #expect(try JSONReader.value(from: JSONWriter.bytes(from: value)) == value)
    }

    @Test(
        "decimals with many zeros are written as they were read",
        arguments: [
            "-12345678901234567890.5e30", "5e100", "-1e60", "1000000000000000000000000000000000000000000", "0e99",
        ]
    )
    func largeDecimals(text: String) throws {
        let value = try JSONReader.value(from: text)
        #expect(try JSONReader.value(from: JSONWriter.bytes(from: value)) == value)
    }

    @Test("mutated text never crashes the reader", arguments: 0..<20)
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = JSONWriter.bytes(from: .random(depth: 4, using: &random))
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            if let value = try? JSONReader.value(from: bytes) {
                #expect(try JSONReader.value(from: JSONWriter.bytes(from: value)) == value)
            }
        }
    }

    static let suite = SharedFiles.url("conformance/json")

    @Test("the public JSON parsing suite", .enabled(if: suite != nil, "set DATAVERSE_SHARED to run the JSON suite"))
    func conformance() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: #require(Self.suite),
            includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "json" }
        #expect(files.count > 300)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            let isAccepted = (try? JSONReader.value(from: bytes)) != nil
            switch file.lastPathComponent.first {
            case "y": #expect(isAccepted, "\(file.lastPathComponent) must parse")
            case "n": #expect(!isAccepted, "\(file.lastPathComponent) must not parse")
            default: break
            }
        }
    }
}
