import ContosoBindings
import Testing

@testable import Dataverse

@Suite("Rows in debuggers, sets and lists")
struct RowDescriptionTests {
    private func account() -> Account {
        var account = Account()
        account.record.load("W/1", for: "@odata.etag")
        account.record.load("5a1b0000-0000-0000-0000-00000000000f", for: "accountid")
        account.record.load("Contoso", for: "name")
        account.record.load(1000, for: "revenue")
        account.record.load("$1,000.00", for: "revenue@OData.Community.Display.V1.FormattedValue")
        account.record.load(.null, for: "description")
        account.record.load(5, for: "numberofemployees")
        account.record.load("5", for: "numberofemployees@OData.Community.Display.V1.FormattedValue")
        return account
    }

    @Test("printing shows the table, the key, the columns, and what was changed")
    func printing() {
        var account = account()
        account.name = "A \"B\""
        account.websiteurl = nil
        account.primarycontactid = Reference(UUID(uuidString: "5A1B0000-0000-0000-0000-00000000000E")!)
        let expected = """
            account(5a1b0000-0000-0000-0000-00000000000f) [accountid: "5a1b0000-0000-0000-0000-00000000000f", \
            name: "A \\"B\\"" (changed), revenue: 1000 “$1,000.00”, description: null, numberofemployees: 5, \
            websiteurl: null (changed), \
            primarycontactid@odata.bind: "/contacts(5a1b0000-0000-0000-0000-00000000000e)" (changed)]
            """
        #expect(account.debugDescription == expected)
        #expect("\(account)" == expected)
        #expect(Account().debugDescription == "account []")
        #expect(Address { $0.street = "x" }.debugDescription == "Address [Street: \"x\" (changed)]")
        #expect(UntypedEntity(record: ["a": 1]).debugDescription == "UntypedEntity [a: 1 (changed)]")
    }

    @Test("a debugger shows the columns with their values")
    func mirrors() {
        var account = account()
        account.revenue = 5
        let children = Mirror(reflecting: account).children.map { "\($0.label ?? ""): \($0.value)" }
        #expect(
            children == [
                "accountid: 5a1b0000-0000-0000-0000-00000000000f", "name: Contoso", "revenue (changed): 5",
                "description: nil", "numberofemployees: 5",
            ]
        )
    }

    @Test("equality is that of the columns and values")
    func equality() {
        var changed = account()
        #expect(changed == account())
        changed.name = "Contoso"
        #expect(changed == account())
        #expect(changed.hashValue == account().hashValue)
        changed.name = "Fabrikam"
        #expect(changed != account())
        var reordered = Account()
        for (name, value) in Array(account().record).reversed() { reordered.record[name] = value }
        #expect(reordered == account())
        #expect(Set([reordered, account(), changed]).count == 2)
        var absent = account()
        absent.record["description"] = nil
        #expect(absent != account())
    }

    @Test("numbers are equal when they stand for the same number")
    func numbers() {
        let same: [[Value]] = [
            [.integer(5), .decimal(5), .double(5)], [.decimal(Decimal(string: "0.5")!), .double(0.5)],
            [.decimal(Decimal(string: "47.6")!), .double(47.6)], [.integer(0), .double(-0.0), .decimal(0)],
            [.double(.nan), .double(.nan)], [.double(1e300), .double(1e300)],
        ]
        for group in same {
            for left in group {
                for right in group {
                    #expect(left == right)
                    #expect(left.hashValue == right.hashValue)
                }
            }
        }
        for (index, group) in same.enumerated() {
            for other in same[(index + 1)...] { #expect(group[0] != other[0]) }
        }
        #expect(Value.integer(1) != .bool(true))
        #expect(Value.integer(1) != .string("1"))
        #expect(Value.decimal(Decimal(string: "0.1000000000000000055511151231257827")!) != .double(0.1))
    }

    @Test("rows become records and records rows")
    func conversion() {
        let record: Record = ["name": "Contoso", "new_column": 5]
        var account = Account(record: record)
        #expect(account.name == "Contoso")
        account.name = nil
        #expect(account.record == ["name": .null, "new_column": 5])
        #expect(record["name"] == "Contoso")
    }
}
