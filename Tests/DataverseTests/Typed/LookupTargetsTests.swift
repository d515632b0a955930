import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

@Suite("Lookups of several tables")
struct LookupTargetsTests {
    private let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private let guid = "5a1b2c3d-0000-4000-8000-00000000000f"

    @Test("setting one binds the navigation property of its table and no other")
    func setting() {
        var order = Opportunity { $0.customerid = .account(Reference(id)) }
        #expect(order.record.names == ["customerid_account@odata.bind"])
        #expect(order.record["customerid_account@odata.bind"] == .string("/accounts(\(guid))"))
        #expect(order.customerid == .account(Reference(id)))

        order.customerid = .contact(Reference(id))
        #expect(order.record.names == ["customerid_contact@odata.bind"])
        #expect(order.customerid == .contact(Reference(id)))

        order.customerid = nil
        #expect(order.record == ["customerid_account@odata.bind": nil])
        #expect(order.customerid == nil)
    }

    @Test("a table by name is bound through its own property, or through the one named for it")
    func settingByName() {
        let known = Opportunity { $0.customerid = .other(EntityReference(id: id, table: "contact")) }
        #expect(known.record == ["customerid_contact@odata.bind": .string("/contacts(\(guid))")])
        let unknown = Opportunity {
            $0.customerid = .other(EntityReference(id: id, table: "lead", entitySetName: "leads"))
        }
        #expect(unknown.record == ["customerid_lead@odata.bind": .string("/leads(\(guid))")])
    }

    @Test("the annotations of the service say which table it is")
    func reading() throws {
        let column = "_customerid_value"
        func read(_ annotations: [String: Value]) -> Opportunity.Customer? {
            var record = Record()
            record.load(.string(guid), for: column)
            for (name, value) in annotations { record.load(value, for: column + name) }
            return Opportunity(record: record).customerid
        }
        let table = "@Microsoft.Dynamics.CRM.lookuplogicalname"
        #expect(read([table: "account"]) == .account(Reference(id)))
        #expect(
            read(["@Microsoft.Dynamics.CRM.associatednavigationproperty": "customerid_contact"])
                == .contact(Reference(id))
        )
        #expect(read([table: "lead"]) == .other(EntityReference(id: id, table: "lead")))
        #expect(read([:]) == .other(EntityReference(id: id)))
        let named = read([table: "account", "@OData.Community.Display.V1.FormattedValue": "Contoso"])
        #expect(named?.reference.name == "Contoso")
        #expect(Opportunity().customerid == nil)
        if case .account(let account)? = named {
            #expect(account.id == id)
        } else {
            Issue.record("it is an account")
        }
    }

    @Test("filters compare the key, and each table can be expanded")
    func queries() {
        let query = RowQuery<Opportunity>()
            .where { $0.customerid == .account(Reference(id)) && $0.customerid != nil }
            .select { [$0.customerid] }
            .expand { $0.customerid.account.select { [$0.name] } }
            .expand { $0.customerid.contact }
        #expect(query.filter?.text == "_customerid_value eq \(guid) and _customerid_value ne null")
        #expect(query.selection == ["_customerid_value"])
        #expect(query.expansions == ["customerid_account($select=name)", "customerid_contact"])
        let row = Opportunity(record: ["customerid_account": ["name": "Contoso"], "customerid_contact": nil])
        #expect(row.expanded.customerid.account?.name == "Contoso")
        #expect(row.expanded.customerid.contact == nil)
    }

    @Test("an owner is bound through one property for all tables")
    func owners() {
        var account = Account { $0.ownerid = .systemuser(Reference(id)) }
        #expect(account.record == ["ownerid@odata.bind": .string("/systemusers(\(guid))")])
        #expect(account.ownerid == .systemuser(Reference(id)))
        account.ownerid = nil
        #expect(account.record == ["ownerid@odata.bind": nil])
        #expect(account.ownerid == nil)

        var record: Record = ["_ownerid_value": .string(guid)]
        #expect(Account(record: record).ownerid == .other(EntityReference(id: id)))
        record["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] = "systemuser"
        #expect(Account(record: record).ownerid == .systemuser(Reference(id)))
        record = ["ownerid": ["@odata.type": "#Microsoft.Dynamics.CRM.systemuser", "ownerid": .string(guid)]]
        #expect(Account(record: record).ownerid == .systemuser(Reference(id)))
        #expect(Account(record: record).expanded.ownerid?.id == id)
        let query = RowQuery<Account>().where { $0.ownerid == .systemuser(Reference(id)) }.expand { $0.ownerid }
        #expect(query.filter?.text == "_ownerid_value eq \(guid)")
        #expect(query.expansions == ["ownerid"])
    }
}

@Suite("Choices")
struct ChoiceTests {
    @Test("options are numbers, and unknown ones are kept")
    func options() throws {
        var account = Account { $0.industrycode = .consulting }
        #expect(account.record == ["industrycode": 7])
        #expect(account.industrycode == .consulting)
        account.industrycode = .unrecognized(99)
        #expect(account.record == ["industrycode": 99])
        #expect(Account(record: ["industrycode": 99]).industrycode == .unrecognized(99))
        #expect(Account(record: ["industrycode": "7"]).industrycode == .consulting)
        #expect(Account(record: ["industrycode": "x"]).industrycode == nil)
        #expect(Account.Industrycode.unrecognized(7) == .consulting)
        #expect(Set([Account.Industrycode.unrecognized(7), .consulting]).count == 1)
        #expect(Account.Industrycode.options.map(\.value) == [1, 2, 3, 5, 7, 12])
        let query = RowQuery<Account>().where { $0.statecode == .active && $0.industrycode.isIn([.brokers]) }
        #expect(query.filter?.text == "statecode eq 0 and industrycode eq 5")
    }

    @Test("several options are numbers with commas")
    func severalOptions() throws {
        var project = ContosoProject { $0.contosoTags = [.pilot, .internal] }
        #expect(project.record == ["contoso_tags": "1,3"])
        #expect(project.contosoTags?.contains(.pilot) == true)
        project.contosoTags?.insert(.unrecognized(8))
        project.contosoTags?.remove(.internal)
        #expect(project.record == ["contoso_tags": "3,8"])
        #expect(project.contosoTags?.choices == [.pilot, .unrecognized(8)])
        let read = ContosoProject(record: ["contoso_tags": "3, 1,2"])
        #expect(read.contosoTags == [.internal, .confidential, .pilot])
        #expect(read.contosoTags?.count == 3)
        #expect(ContosoProject(record: ["contoso_tags": "1,x"]).contosoTags == nil)
        #expect(ContosoProject(record: ["contoso_tags": 2]).contosoTags == [.confidential])
        typealias Tags = ChoiceSet<Choices.ContosoTag>
        let some: Tags = [.pilot, .internal]
        #expect(some.union([.confidential]).count == 3)
        #expect(some.intersection([.pilot]) == [.pilot])
        #expect(some.symmetricDifference([.pilot]) == [.internal])
        #expect(Tags().isEmpty)
        let query = RowQuery<ContosoProject>().where { $0.contosoTags == [.pilot] }
        #expect(query.filter?.text == "contoso_tags eq '3'")
    }
}

@Suite("Keys of rows")
struct KeyPathTests {
    /// As it is generated for a key with an alias.
    private struct Line: ODataEntity {
        typealias PrimaryKey = String
        static let schema = EntitySchema(
            logicalName: "line",
            typeName: "T.line",
            entitySetName: "lines",
            key: ["No"],
            keyPaths: ["No": "Product/Number"]
        )
        struct Columns: Sendable {
            var code: CreateOnlyColumn<Line, String> { CreateOnlyColumn("code") }
        }
        static var columns: Columns { Columns() }
        var record: Record
        init(record: Record) { self.record = record }
    }

    @Test("a key through a path is read and set where it is")
    func paths() {
        var line = Line(record: ["Product": ["Number": "P-1", "Color": "red"]])
        #expect(line.id == "P-1")
        line.id = "P-2"
        #expect(line.record == ["Product": ["Number": "P-2", "Color": "red"]])
        #expect(line.reference?.bindingURL == "/lines('P-2')")
        line = Line(record: Record())
        #expect(line.id == nil)
        line.id = "P-3"
        #expect(line.record == ["Product": ["Number": "P-3"]])
    }

    @Test("a column that is set on creation only")
    func createOnly() throws {
        let line = Line { $0.initialize(\.code, with: "A") }
        #expect(line.code == "A")
        #expect(try line.read(\.code) == "A")
        #expect(line.record.isChanged("code"))
        #expect(throws: DataverseError.self) { try Line(record: Record()).read(\.code) }
    }
}
