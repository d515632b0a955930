import ContosoBindings
import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("Rows in an app's own storage")
struct RowStorageTests {
    /// A row as a service sends it, with one column changed since.
    private func readAccount() throws -> Account {
        let text = """
            {"@odata.etag": "W/\\"17\\"", "accountid": "5a1b0000-0000-0000-0000-00000000000f", "name": "Contoso",
            "revenue": 922337203685477.5807, "revenue@OData.Community.Display.V1.FormattedValue": "$9",
            "description": null, "address1_latitude": 47.6, "numberofemployees": 5,
            "primarycontactid": {"contactid": "5a1b0000-0000-0000-0000-00000000000e", "a/b~c": 1}}
            """
        let value = try JSONReader.value(from: text)
        return Account(record: try #require(value.objectValue))
    }

    private func roundTrip<Row: Codable>(_ row: Row) throws -> Row {
        try JSONDecoder().decode(Row.self, from: JSONEncoder().encode(row))
    }

    @Test("absent, null, set, changed, ETag and annotations survive")
    func roundTrips() throws {
        var account = try readAccount()
        account.numberofemployees = 6
        account.websiteurl = nil
        let copy = try roundTrip(account)
        #expect(copy == account)
        #expect(copy.record.changes == ["numberofemployees": 6, "websiteurl": nil])
        #expect(!copy.record.hasChanges == false)
        #expect(!copy.record.contains("telephone1"))
        #expect(copy.record["description"] == .null)
        #expect(copy.etag == "W/\"17\"")
        #expect(copy.formatted.revenue == "$9")
        #expect(copy.revenue == Decimal(string: "922337203685477.5807"))
        #expect(copy.address1Latitude == 47.6)
        #expect(copy.expanded.primarycontactid?.id == account.expanded.primarycontactid?.id)
        #expect(try roundTrip(readAccount()).record.hasChanges == false)
    }

    @Test("changes of rows inside a row survive")
    func nestedChanges() throws {
        var account = try readAccount()
        account.contactCustomerAccounts = [Contact { $0.lastname = "Lee" }, Contact { $0.firstname = nil }]
        var contact = try #require(account.record["primarycontactid"]?.objectValue)
        contact["a/b~c"] = 2
        account.record.load(.object(contact), for: "primarycontactid")
        let copy = try roundTrip(account)
        #expect(copy == account)
        #expect(copy.contactCustomerAccounts?[0].record.changes == ["lastname": "Lee"])
        #expect(copy.contactCustomerAccounts?[1].record.changes == ["firstname": nil])
        #expect(copy.record["primarycontactid"]?.objectValue?.changes == ["a/b~c": 2])
        #expect(!copy.record.isChanged("primarycontactid"))
    }

    @Test("the form is the one that is documented")
    func form() throws {
        var account = Account(record: Record())
        account.record.load("W/1", for: "@odata.etag")
        account.record.load(.null, for: "revenue")
        account.name = "Contoso"
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.keyEncodingStrategy = .convertToSnakeCase
        #expect(
            String(decoding: try encoder.encode(account), as: UTF8.self)
                == #"{"changed":["\/name"],"values":{"@odata.etag":"W\/1","name":"Contoso","revenue":null}}"#
        )
        let stored = #"{"values": {"name": "A", "unknown": [1, {"x": true}]}}"#
        let row = try JSONDecoder().decode(Account.self, from: Data(stored.utf8))
        #expect(row.name == "A")
        #expect(row.record["unknown"] == [1, ["x": true]])
        #expect(!row.record.hasChanges)
        for wrong in [#"{"name": "A"}"#, "[]", #"{"values": 5}"#, "{}"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(Account.self, from: Data(wrong.utf8)) }
        }
    }

    @Test("other coders and odd pointers")
    func otherCoders() throws {
        let account = try readAccount()
        let list = try PropertyListEncoder().encode([account])
        #expect(try PropertyListDecoder().decode([Account].self, from: list) == [account])
        let stored = #"{"values": {"a": [1]}, "changed": ["a", "/b", "/a/0", "/a/9", "/a/x", "/", ""]}"#
        #expect(try JSONDecoder().decode(Account.self, from: Data(stored.utf8)).record.hasChanges == false)
    }

    @Test("generated rows survive")
    func generatedRows() throws {
        var generator = SeededGenerator(seed: 20_241_124)
        for _ in 0..<300 {
            let row = Account(record: .random(using: &generator, depth: 3))
            let copy = try roundTrip(row)
            #expect(copy == row)
            #expect(copy.record.changes == row.record.changes)
            #expect(copy.hashValue == row.hashValue)
        }
    }
}

extension Record {
    fileprivate static func random(using generator: inout SeededGenerator, depth: Int) -> Record {
        var record = Record()
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            let name = String((0..<3).map { _ in "ab/~@é😀".randomElement(using: &generator)! })
            let value = Value.random(using: &generator, depth: depth - 1)
            if Bool.random(using: &generator) { record[name] = value } else { record.load(value, for: name) }
        }
        return record
    }
}

extension Value {
    fileprivate static func random(using generator: inout SeededGenerator, depth: Int) -> Value {
        switch Int.random(in: 0...(depth > 0 ? 8 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .integer(.random(in: .min ... .max, using: &generator))
        case 3: .decimal(Decimal(Int64.random(in: .min ... .max, using: &generator)) / 10_000)
        case 4: .double(Double(bitPattern: .random(in: 0...(0x7FEF << 48), using: &generator)))
        case 5: .double(Double.random(in: -1000...1000, using: &generator))
        case 6: .string(String((0..<4).map { _ in "a\"\\\n\u{0}é漢😀".randomElement(using: &generator)! }))
        case 7: .array((0..<2).map { _ in random(using: &generator, depth: depth - 1) })
        default: .object(.random(using: &generator, depth: depth))
        }
    }
}
