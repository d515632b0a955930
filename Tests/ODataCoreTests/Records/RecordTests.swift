import Testing

@testable import ODataCore

@Suite("Records")
struct RecordTests {
    private func readRecord() throws -> Record {
        try #require(JSONReader.value(from: #"{"a":1,"b":null,"c":"x"}"#).objectValue)
    }

    @Test("absent, null and set are three states")
    func states() throws {
        let record = try readRecord()
        #expect(record["a"] == 1)
        #expect(record["b"] == .null)
        #expect(record["d"] == nil)
        #expect(record.contains("b"))
        #expect(!record.contains("d"))
    }

    @Test("what was read is not changed, what was set is")
    func changes() throws {
        var record = try readRecord()
        #expect(record.changes.isEmpty)
        record["c"] = "y"
        record["b"] = .null
        record["e"] = true
        #expect(record.changes == ["c": "y", "b": .null, "e": true])
        record["a"] = nil
        #expect(record.changes.names == ["b", "c", "e"])
        record.markUnchanged()
        #expect(!record.hasChanges)
        record.load(5, for: "f")
        #expect(!record.isChanged("f"))
    }

    @Test("taking members out keeps the others' marks", arguments: [0, 1, 63, 64, 65, 99])
    func removal(index: Int) {
        var record = Record()
        for number in 0..<100 { record.load(.integer(Int64(number)), for: "m\(number)") }
        for number in stride(from: 0, to: 100, by: 3) { record["m\(number)"] = .integer(-1) }
        record["m\(index)"] = nil
        #expect(record.count == 99)
        for number in 0..<100 where number != index {
            #expect(record.isChanged("m\(number)") == (number % 3 == 0))
            #expect(record["m\(number)"] == .integer(number % 3 == 0 ? -1 : Int64(number)))
        }
    }

    @Test("rows that share a shape do not share values")
    func copies() throws {
        let first = try readRecord()
        var second = first
        second["a"] = 2
        second["z"] = 3
        #expect(first["a"] == 1)
        #expect(first["z"] == nil)
        #expect(first != second)
    }

    @Test("equality and hashing ignore the order")
    func equality() {
        let left: Record = ["a": 1, "b": 2]
        let right: Record = ["b": 2, "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1])
        #expect(left != ["a": 1, "b": 3])
    }

    @Test("copies are values of their own, however they are changed")
    func copyOnWrite() {
        let name = ColumnName("b")
        let original: Record = ["a": 1, "b": "x", "c": 3]
        var copies = Array(repeating: original, count: 6)
        copies[0]["b"] = "y"
        copies[1]["d"] = 4
        copies[2]["a"] = nil
        copies[3].set("z".stored, for: name)
        copies[4].markUnchanged()
        copies[5].load(7, for: "c")
        #expect(original == ["a": 1, "b": "x", "c": 3])
        #expect(original.changes == original)
        #expect(copies[0] == ["a": 1, "b": "y", "c": 3])
        #expect(copies[1] == ["a": 1, "b": "x", "c": 3, "d": 4])
        #expect(copies[2] == ["b": "x", "c": 3])
        #expect(copies[3] == ["a": 1, "b": "z", "c": 3])
        #expect(!copies[4].hasChanges)
        #expect(copies[5].changes == ["a": 1, "b": "x"])
        #expect(Record().isEmpty && !Record().hasChanges)
    }

    @Test("columns are found among few and many members, by short and long names", arguments: [1, 7, 256, 257, 600])
    func manyMembers(count: Int) throws {
        // Names of more than 32 bytes that differ in the middle have the same key.
        let long = { (number: Int) in "a_long_prefix_of_names_\(String(number + 1_000))_a_long_suffix_of_names" }
        var record = Record()
        for number in 0..<count {
            record["column_\(number)"] = .integer(Int64(number))
            record[long(number)] = .integer(Int64(-number))
        }
        for _ in 0..<2 {
            for number in 0..<count {
                #expect(record.column(ColumnName(named: "column_\(number)")) == number)
                #expect(record.column(ColumnName(named: long(number))) == -number)
            }
            #expect(record.column(ColumnName("column_"), as: Int.self) == nil)
            #expect(record.column(ColumnName("column_100000"), as: Int.self) == nil)
            #expect(record.column(ColumnName(named: long(8_999)), as: Int.self) == nil)
            record = try #require(JSONReader.value(from: JSONWriter.string(from: .object(record))).objectValue)
        }
        record.set(Int64(5).stored, for: ColumnName("column_0"))
        record.set(Int64(6).stored, for: ColumnName("a_column_with_a_name_of_more_than_32_bytes"))
        #expect(record.changes == ["column_0": 5, "a_column_with_a_name_of_more_than_32_bytes": 6])
    }
}
