import Foundation
import TestSupport
import Testing

@testable import ODataCore

/// Records keep identifiers, moments and short decimals as numbers; nobody can tell.
@Suite("Stored values")
struct StoredValueTests {
    private func read(_ json: String) throws -> Record {
        try #require(try JSONReader.value(from: "{\"a\":\(json)}").objectValue)
    }

    private func isCompact(_ record: Record) -> Bool {
        switch record.storage.withValues({ $0.first?.content }) {
        case .guid, .moment: true
        default: false
        }
    }

    @Test(
        "text that looks like a GUID or a moment comes out as it went in",
        arguments: [
            ("00000000-0000-0000-0000-000000000000", true), ("01234567-89ab-cdef-fedc-ba9876543210", true),
            ("01234567-89AB-cdef-fedc-ba9876543210", false), ("01234567-89ab-cdef-fedc_ba9876543210", false),
            ("01234567-89ab-cdef-fedc-ba987654321g", false), ("g1234567-89ab-cdef-fedc-ba9876543210", false),
            ("01234567-89ab-cdef-fedc-ba98765432100", false), ("{1234567-89ab-cdef-fedc-ba9876543210", false),
            ("2026-02-28T09:30:59Z", true), ("0000-01-01T00:00:00Z", true), ("9999-12-31T23:59:59Z", true),
            ("2024-02-29T00:00:00Z", true), ("2023-02-29T00:00:00Z", false), ("1899-12-31T12:00:01Z", true),
            ("2026-13-01T00:00:00Z", false), ("2026-00-01T00:00:00Z", false), ("2026-01-00T00:00:00Z", false),
            ("2026-01-01T24:00:00Z", false), ("2026-01-01T00:60:00Z", false), ("2026-01-01T00:00:60Z", false),
            ("2026-01-01t00:00:00Z", false), ("2026-01-01T00:00:00z", false), ("2026-01-01 00:00:00Z", false),
            ("+026-01-01T00:00:00Z", false), ("2026-01-01T00:00:0xZ", false),
        ]
    )
    func text(text: String, isKeptAsNumber: Bool) throws {
        let record = try read("\"\(text)\"")
        #expect(isCompact(record) == isKeptAsNumber)
        #expect(record["a"] == .string(text))
        #expect(try record.value("a", as: String.self) == text)
        #expect(JSONWriter.string(from: .object(record)) == "{\"a\":\"\(text)\"}")
        let set: Record = ["a": .string(text)]
        #expect(record == set)
        #expect(record.hashValue == set.hashValue)
    }

    @Test("identifiers and moments are what their text says")
    func typed() throws {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            let id = UUID(uuid: withUnsafeBytes(of: (random.next(), random.next())) { $0.load(as: uuid_t.self) })
            let record = try read("\"\(id.guid)\"")
            #expect(isCompact(record))
            #expect(try record.value("a") == id)
            let moment = Date(
                timeIntervalSinceReferenceDate: Double(
                    Int.random(in: -60_000_000_000...200_000_000_000, using: &random)
                )
            )
            let written = try read("\"\(moment.timestamp)\"")
            #expect(try written.value("a") == moment)
            #expect(written["a"]?.stringValue == moment.timestamp)
            #expect(throws: ColumnValueError.self) { try written.value("a", as: UUID.self) }
            #expect(throws: ColumnValueError.self) { try record.value("a", as: Date.self) }
        }
    }

    @Test("numbers are the same whichever way they are read")
    func numbers() throws {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<500 {
            let digits = Int64.random(in: -999_999_999_999_999_999...999_999_999_999_999_999, using: &random)
            let fraction = Int.random(in: 1...17, using: &random)
            var text = String(digits.magnitude)
            text = String(repeating: "0", count: max(0, fraction + 1 - text.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -fraction))
            if digits < 0 { text = "-" + text }
            let record = try read(text)
            #expect(try record.value("a") == Decimal(string: text))
            #expect(try record.value("a") == Double(text), "\(text)")
            #expect(record == Record(members: [("a", .decimal(Decimal(string: text)!))]))
        }
        #expect(throws: ColumnValueError.self) { try read("2.5").value("a", as: Int.self) }
        #expect(try read("3.0").value("a", as: Int.self) == 3)
        #expect(try read("1e3").value("a", as: Double.self) == 1_000)
    }

    @Test("a value takes as little memory as a string and a tag")
    func size() {
        #expect(MemoryLayout<StoredValue>.stride == 24)
        #expect(MemoryLayout<Value>.stride == 24)
    }
}

/// Where the members of a record are.
@Suite("Record shapes")
struct RecordShapeTests {
    @Test("names that look alike are told apart", arguments: [0, 1, 3, 4, 7, 8, 12, 16, 17, 24, 40])
    func names(length: Int) throws {
        var random = SeededGenerator(seed: UInt64(length))
        var record = Record()
        var expected: [String: Int] = [:]
        for number in 0..<400 {
            // A few letters, so that names share their ends.
            let name = String((0..<length).map { _ in ["a", "b", "é"].randomElement(using: &random) ?? "a" })
            record[name] = .integer(Int64(number))
            expected[name] = number
        }
        #expect(record.count == expected.count)
        for (name, number) in expected { #expect(record[name] == .integer(Int64(number))) }
        for name in expected.keys.sorted().prefix(expected.count / 2) {
            record[name] = nil
            expected[name] = nil
        }
        #expect(Set(record.names) == Set(expected.keys))
        for (name, number) in expected { #expect(record[name] == .integer(Int64(number))) }
    }

    @Test("keys of literals are those of the same names made at run time")
    func keys() {
        #expect(MemberKey("name" as StaticString) == MemberKey(String("eman".reversed())))
        #expect(
            MemberKey("_primarycontactid_value" as StaticString)
                == MemberKey(["_primarycontactid", "_value"].joined())
        )
        #expect(MemberKey("" as StaticString) == MemberKey(String()))
    }

    @Test("objects with many members are found in time, also with names made to collide")
    func manyMembers() throws {
        let names = (0..<50_000).map { "prefix__\($0)__suffix__" }
        let json = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
        let record = try #require(try JSONReader.value(from: json).objectValue)
        #expect(record.count == names.count)
        #expect(record["prefix__49999__suffix__"] == 1)
        #expect(record["prefix__50000__suffix__"] == nil)
    }

    @Test("rows that repeat names with escapes or with space before the colon are read alike")
    func repetition() throws {
        let json = #"[{"a\u0062":1,"c" : 2},{"a\u0062":3,"c" : 4},{"ab":5,"c":6},{"ab":7,"c" :8,"d":9}]"#
        let rows = try #require(try JSONReader.value(from: json).arrayValue).compactMap(\.objectValue)
        #expect(rows.map(\.names) == [["ab", "c"], ["ab", "c"], ["ab", "c"], ["ab", "c", "d"]])
        #expect(rows.map { $0["c"] } == [2, 4, 6, 8])
    }

    @Test("decimals made of two numbers are those that Foundation makes, and come apart as they were")
    func compactDecimals() {
        #expect(CompactDecimal.isLayoutKnown, "the layout of Decimal is another one here: reading decimals is slow")
        var random = SeededGenerator(seed: 21)
        for _ in 0..<2_000 {
            let significand = Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0...63, using: &random)
            let exponent = Int8.random(in: -100...100, using: &random)
            let fast = CompactDecimal.fastDecimal(significand: significand, exponent: exponent)
            let slow = CompactDecimal.slowDecimal(significand: significand, exponent: exponent)
            #expect(fast == slow)
            #expect(fast.description == slow.description)
            #expect(fast.hashValue == slow.hashValue)
            guard let parts = CompactDecimal.parts(of: slow) else {
                #expect(significand == .min)
                continue
            }
            #expect(CompactDecimal.slowDecimal(significand: parts.significand, exponent: parts.exponent) == slow)
            let written = JSONWriter.string(from: .object(Record(members: [("a", .decimal(slow))])))
            #expect(written == "{\"a\":\(slow.description)}")
        }
        #expect(CompactDecimal.parts(of: .nan) == nil)
        #expect(CompactDecimal.parts(of: .greatestFiniteMagnitude) == nil)
    }

    @Test("what a column is set to is kept as it is read, and written as its JSON")
    func setColumns() throws {
        var random = SeededGenerator(seed: 22)
        for _ in 0..<300 {
            let id = UUID(uuid: withUnsafeBytes(of: (random.next(), random.next())) { $0.load(as: uuid_t.self) })
            try checkStored(id)
            try checkStored(
                Date(
                    timeIntervalSinceReferenceDate: Double(
                        Int.random(in: -70_000_000_000...260_000_000_000, using: &random)
                    )
                )
            )
            try checkStored(Date(timeIntervalSinceReferenceDate: Double.random(in: -1e9...1e9, using: &random)))
            let digits = Int64(truncatingIfNeeded: random.next())
            try checkStored(
                CompactDecimal.slowDecimal(significand: digits, exponent: .random(in: -20...9, using: &random))
            )
            try checkStored(Double.random(in: -1e9...1e9, using: &random))
            try checkStored(digits)
        }
        try checkStored("text with “quotes”\n")
        try checkStored(Date(timeIntervalSinceReferenceDate: -63_145_526_400))
        try checkStored(Date(timeIntervalSinceReferenceDate: 252_423_993_599))
        try checkStored(Decimal.greatestFiniteMagnitude)
        try checkStored(true)
    }

    private func checkStored<Column: ColumnValue>(_ value: Column) throws {
        let name = ColumnName("some_column")
        var record = Record()
        record.set(value.stored, for: name)
        let viaJSON: Record = ["some_column": value.json]
        #expect(record == viaJSON)
        #expect(record.column(name) == viaJSON.column(name, as: Column.self))
        #expect(JSONWriter.string(from: .object(record)) == JSONWriter.string(from: .object(viaJSON)))
        #expect(record.isChanged("some_column"))
    }
}
