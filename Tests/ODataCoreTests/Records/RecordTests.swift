import ODataCore
import Testing

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
}
