import TestSupport
import Testing

@testable import ODataCore

/// A single row is compared with the latest one of its type. Whatever that was, the row must be read as if it were the first.
struct RowMemoryTests {
    static let rows = [
        #"{"@odata.etag":"W/\"1\"","accountid":"5a1b0000-0000-4000-8000-000000000001","name":"Contoso","revenue":1.50}"#,
        #"{"@odata.etag":"W/\"2\"","accountid":"5a1b0000-0000-4000-8000-000000000002","name":"Fabrikam","revenue":null}"#,
        #"{"@odata.etag":"W/\"3\"","accountid":"5a1b0000-0000-4000-8000-000000000003","name":"Shorter"}"#,
        #"{"@odata.etag":"W/\"4\"","name":"Another order","accountid":"5a1b0000-0000-4000-8000-000000000004"}"#,
        #"{"@odata.etag":"W/\"5\"","accountid":"5a1b0000-0000-4000-8000-000000000005","name":"Longer","revenue":1,"x":[{"y":1}]}"#,
        #"{ "@odata.etag" : "W/\"6\"", "accountid" :"5a1b0000-0000-4000-8000-000000000006", "name": "Spaces", "revenue":2}"#,
        #"{"accountid":1,"accountid":2,"name":"Twice the same","name":null}"#,
        #"{"\u0061ccountid":1,"name":"Escaped","größe":3,"":4}"#,
        #"{"a name that is much longer than what a key of thirty-two bytes holds exactly":1,"name":"Long"}"#,
        #"{"a name that is much longer than what a KEY of thirty-two bytes holds exactly":1,"name":"Like the one before"}"#,
        "{}",
        "[1,{\"name\":2}]",
        "\"text\"",
    ]

    @Test("a row is read the same after any other", arguments: rows)
    func afterAnyOther(row: String) throws {
        let expected = try JSONReader.value(from: row)
        for predecessor in Self.rows {
            var known: KnownRow?
            _ = try JSONReader.value(from: Array(predecessor.utf8), following: &known)
            let value = try JSONReader.value(from: Array(row.utf8), following: &known)
            #expect(value == expected, "after \(predecessor)")
            #expect(value.objectValue?.names == expected.objectValue?.names, "after \(predecessor)")
        }
    }

    @Test("all rows through one memory, in many orders")
    func manyOrders() throws {
        var random = SeededGenerator(seed: 7)
        let memory = RowMemory()
        for _ in 0..<2_000 {
            let row = try #require(Self.rows.randomElement(using: &random))
            #expect(try memory.value(from: Array(row.utf8), of: Record.self) == JSONReader.value(from: row))
        }
    }

    @Test("rows with the same members share their names, also after the text that they came from is gone")
    func sharesNames() throws {
        let memory = RowMemory()
        let first = try #require(try memory.value(from: Array(Self.rows[0].utf8), of: Record.self).objectValue)
        let second = try #require(try memory.value(from: Array(Self.rows[1].utf8), of: Record.self).objectValue)
        #expect(first.storage.shape.isIdentical(to: second.storage.shape))
        #expect(second["name"] == "Fabrikam")
    }

    @Test("a row of another type is not compared with it")
    func otherTypes() throws {
        let memory = RowMemory()
        let first = try #require(try memory.value(from: Array(Self.rows[0].utf8), of: Record.self).objectValue)
        let second = try #require(try memory.value(from: Array(Self.rows[0].utf8), of: Int.self).objectValue)
        #expect(!first.storage.shape.isIdentical(to: second.storage.shape))
        #expect(first == second)
    }

    @Test("a change of one row leaves the others alone")
    func changes() throws {
        let memory = RowMemory()
        var first = try #require(try memory.value(from: Array(Self.rows[0].utf8), of: Record.self).objectValue)
        first["telephone1"] = "+49"
        first["name"] = nil
        let second = try #require(try memory.value(from: Array(Self.rows[1].utf8), of: Record.self).objectValue)
        #expect(second.names == ["@odata.etag", "accountid", "name", "revenue"])
        #expect(first.names == ["@odata.etag", "accountid", "revenue", "telephone1"])
    }

    @Test("what is no JSON is refused, and the row before stays known")
    func errors() throws {
        let memory = RowMemory()
        let first = try #require(try memory.value(from: Array(Self.rows[0].utf8), of: Record.self).objectValue)
        for end in 0..<Self.rows[1].utf8.count {
            #expect(throws: JSONError.self) {
                try memory.value(from: Array(Self.rows[1].utf8.prefix(end)), of: Record.self)
            }
        }
        let second = try #require(try memory.value(from: Array(Self.rows[1].utf8), of: Record.self).objectValue)
        #expect(first.storage.shape.isIdentical(to: second.storage.shape))
    }
}
