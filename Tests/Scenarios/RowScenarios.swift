import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    static let rows: [Scenario] = [
        Scenario("create and retrieve every kind of value") { context in
            let budget = try #require(Decimal(string: "1234567.8901"))
            let external = UUID()
            let id = try await context.projects.create(
                ContosoProject {
                    $0.contosoName = "Ångström's \"quoted\" \\ 漢字 😀\n\tline"
                    $0.contosoCode = "P/1 &?#%+'"
                    $0.contosoBudget = budget
                    $0.contosoHours = 12.25
                    $0.contosoIsmilestone = true
                    $0.contosoStartson = Date(timeIntervalSince1970: 1_709_212_800)
                    $0.contosoDueon = DateOnly(year: 2024, month: 2, day: 29)
                    $0.contosoExternalid = external
                    $0.contosoAttachment = Data([0, 1, 2, 253, 254, 255])
                }
            )
            let row = try #require(try await context.projects.retrieve(id))
            #expect(row.id == id)
            #expect(row.contosoName == "Ångström's \"quoted\" \\ 漢字 😀\n\tline")
            #expect(row.contosoCode == "P/1 &?#%+'")
            #expect(row.contosoBudget == budget)
            #expect(row.contosoHours == 12.25)
            #expect(row.contosoIsmilestone == true)
            #expect(row.contosoStartson == Date(timeIntervalSince1970: 1_709_212_800))
            #expect(row.contosoDueon == DateOnly(year: 2024, month: 2, day: 29))
            #expect(row.contosoExternalid == external)
            #expect(row.contosoAttachment == Data([0, 1, 2, 253, 254, 255]))
            #expect(row.contosoNotes == nil)
            #expect(row.record.contains("contoso_notes"), "a column without a value is null, not absent")
            #expect(row.etag != nil)
            #expect(!row.record.hasChanges)
        },
        Scenario("create with the app's own key, and read the row back in the same call") { context in
            let id = UUID()
            var account = Account { $0.name = "Contoso" }
            account.id = id
            let stored = try await context.accounts.createReturning(account)
            #expect(stored.id == id)
            #expect(stored.name == "Contoso")
            #expect(stored.createdon != nil)
        },
        Scenario("a missing row is nil") { context in
            let byID = try await context.accounts.retrieve(UUID())
            #expect(byID == nil)
            let byNumber = try await context.accounts.retrieve(.accountnumber("none"), RowQuery())
            #expect(byNumber == nil)
        },
        Scenario("update sends the changed columns only") { context in
            let id = try await context.accounts.create(
                Account {
                    $0.name = "Contoso"
                    $0.description = "old"
                    $0.numberofemployees = 5
                }
            )
            var row = try #require(try await context.accounts.retrieve(id))
            row.description = nil
            row.numberofemployees = 6
            // Somebody else changes another column; it must survive.
            try await context.accounts.update(id) { $0.name = "Contoso Ltd" }
            try await context.accounts.save(row, ifMatch: .any)
            let after = try #require(try await context.accounts.retrieve(id))
            #expect(after.name == "Contoso Ltd")
            #expect(after.description == nil)
            #expect(after.numberofemployees == 6)
        },
        Scenario("update of an unchanged row sends nothing") { context in
            let row = try await context.accounts.createReturning(Account { $0.name = "Contoso" })
            try await context.accounts.save(row, ifMatch: .unchanged)
            #expect(try await context.accounts.retrieve(#require(row.id))?.etag == row.etag)
        },
        Scenario("an update of an older version is refused") { context in
            var row = try await context.accounts.createReturning(Account { $0.name = "Contoso" })
            row.name = "mine"
            try await context.accounts.update(#require(row.id)) { $0.name = "theirs" }
            let stale = row
            let error = await expectFailure(.preconditionFailed) {
                try await context.accounts.save(stale, ifMatch: .unchanged)
            }
            #expect(error?.status == 412)
            #expect(try await context.accounts.retrieve(#require(row.id))?.name == "theirs")
            try await context.accounts.save(row, ifMatch: .any)
            #expect(try await context.accounts.retrieve(#require(row.id))?.name == "mine")
        },
        Scenario("an update creates no row, an upsert does") { context in
            let id = UUID()
            await expectFailure(.notFound) { try await context.accounts.update(id) { $0.name = "none" } }
            try await context.accounts.upsert(.id(id)) { $0.name = "first" }
            try await context.accounts.upsert(.id(id)) { $0.description = "second" }
            let row = try #require(try await context.accounts.retrieve(id))
            #expect(row.name == "first")
            #expect(row.description == "second")
        },
        Scenario("rows are found, changed and deleted by alternate keys") { context in
            let key = RowKey<Account>.accountnumber("A/1 'x' & 100%")
            try await context.accounts.upsert(key) { $0.name = "created" }
            try await context.accounts.update(key, ifMatch: .any) { $0.name = "changed" }
            let row = try #require(
                try await context.accounts.retrieve(key, RowQuery<Account>().select(\.name, \.accountnumber))
            )
            #expect(row.name == "changed")
            #expect(row.accountnumber == "A/1 'x' & 100%")
            try await context.accounts.delete(key)
            #expect(try await context.accounts.retrieve(key, RowQuery()) == nil)
        },
        Scenario("deleting a row twice is an error") { context in
            let id = try await context.accounts.create(Account { $0.name = "Contoso" })
            try await context.accounts.delete(.id(id))
            let error = await expectFailure(.notFound) { try await context.accounts.delete(.id(id)) }
            #expect(error?.serviceCode == "0x80040217")
        },
        Scenario("two rows cannot have the same alternate key") { context in
            _ = try await context.accounts.create(Account { $0.accountnumber = "A-1" })
            await expectFailure(.duplicate) {
                _ = try await context.accounts.create(Account { $0.accountnumber = "A-1" })
            }
        },
        Scenario("rows without generated code: table name and record") { context in
            let accounts = context.client.table("Account")
            let id = try await accounts.create(["name": "Contoso", "revenue": 1250.5, "description": .null])
            try await accounts.update(id) { $0["revenue"] = 1300 }
            let row = try #require(try await accounts.retrieve(.id(id), RowQuery().select("name", "revenue")))
            #expect(row["name"] == "Contoso")
            #expect(try row.value("revenue", as: Decimal.self) == 1300)
            #expect(row["description"] == nil)
            let found = try await accounts.first(RowQuery().where { $0["name"] == "Contoso" })
            #expect(found?["accountid"] == .string(id.guid))
            try await accounts.delete(.id(id))
            #expect(try await accounts.retrieve(id) == nil)
        },
        Scenario("an unbound function, a bound function and a bound action") { context in
            let me = try await context.client.call(ServiceOperations.whoAmI())
            #expect(me.userId != nil)
            let account = try await context.accounts.create(Account { $0.name = "Contoso" })
            let project = try await context.projects.create(
                ContosoProject {
                    $0.contosoName = "Move"
                    $0.contosoCode = "M-1"
                    $0.contosoBudget = 100
                    $0.contosoAccount = Reference(account)
                }
            )
            let totals = try await context.client.call(ServiceOperations.contosoProjectTotals(accountId: account))
            #expect(totals.projectCount == 1)
            #expect(totals.budget == 100)
            let health = try await context.projects.call(
                ContosoProject.Operations.contosoProjectHealth(),
                on: .id(project)
            )
            #expect(health.warnings?.contains(.noManager) == true)
            let closed = try await context.projects.call(
                ContosoProject.Operations.contosoCloseProject(reason: .postponed, note: "later"),
                on: .id(project)
            )
            #expect(closed.reason == .postponed)
            #expect(try await context.projects.retrieve(project)?.contosoNotes == "later")
        },
    ]
}
