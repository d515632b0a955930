import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    /// Creates three accounts: Contoso, and Fabrikam and Adatum below it. Each has a primary contact, Contoso and
    /// Fabrikam have contacts of their own.
    private static func createFamily(in context: ScenarioContext) async throws {
        var ids: [String: UUID] = [:]
        for (name, lastname, revenue) in [("Contoso", "Lee", 1000), ("Fabrikam", "Ng", 2500), ("Adatum", "Lee", 4000)] {
            let contact = try await context.contacts.create(Contact { $0.lastname = lastname })
            let parent = ids["Contoso"]
            ids[name] = try await context.accounts.create(
                Account {
                    $0.name = name
                    $0.revenue = Decimal(revenue)
                    $0.creditlimit = 2000
                    $0.primarycontactid = Reference(contact)
                    $0.parentaccountid = parent.map { Reference($0) }
                }
            )
        }
        for (name, lastname) in [("Contoso", "A"), ("Contoso", "Contoso"), ("Fabrikam", "B")] {
            let account = try #require(ids[name])
            _ = try await context.contacts.create(
                Contact {
                    $0.lastname = lastname
                    $0.parentcustomeridAccount = Reference(account)
                }
            )
        }
    }

    private static func names(
        in context: ScenarioContext,
        _ condition: (Account.Columns) throws -> Filter<Account>
    ) async throws -> [String] {
        let query = try RowQuery<Account>().where(condition).select(\.name).orderBy { $0.name.ascending }
        return try await context.accounts.all(query).compactMap(\.name)
    }

    static let queries = basicQueries + typedQueries

    private static let typedQueries: [Scenario] = [
        Scenario("conditions on other rows") { context in
            try await createFamily(in: context)
            #expect(try await names(in: context) { $0.primarycontactid.lastname == "Lee" } == ["Adatum", "Contoso"])
            #expect(
                try await names(in: context) {
                    $0.parentaccountid.primarycontactid.lastname == "Lee" && $0.parentaccountid.name != $0.name
                } == ["Adatum", "Fabrikam"]
            )
            #expect(
                try await names(in: context) {
                    $0.contactCustomerAccounts.any { $0.lastname == "A" || $0.lastname == "B" }
                }
                    == ["Contoso", "Fabrikam"]
            )
            #expect(try await names(in: context) { !$0.contactCustomerAccounts.any() } == ["Adatum"])
            #expect(
                try await names(in: context) { $0.contactCustomerAccounts.all { $0.lastname != "B" } }
                    == ["Adatum", "Contoso"]
            )
            #expect(
                try await names(in: context) { account in
                    account.contactCustomerAccounts.any { $0.lastname == account.name }
                } == ["Contoso"]
            )
            #expect(
                try await names(in: context) { account in
                    account.accountParentAccount.any { child in
                        child.revenue > account.revenue && child.contactCustomerAccounts.any { $0.lastname == "B" }
                    }
                } == ["Contoso"]
            )
            let sorted = try await context.accounts.all(
                RowQuery<Account>().orderBy { [$0.primarycontactid.lastname.descending, $0.name.ascending] }
            )
            #expect(sorted.map(\.name) == ["Fabrikam", "Adatum", "Contoso"])
        },
        Scenario("columns with columns, calculations and functions") { context in
            try await createFamily(in: context)
            #expect(try await names(in: context) { $0.revenue > $0.creditlimit } == ["Adatum", "Fabrikam"])
            #expect(
                try await names(in: context) { $0.revenue * 2 + 1000 > 5000 && ($0.revenue - 500) / 2 < 1500 }
                    == ["Fabrikam"]
            )
            #expect(
                try await names(in: context) { $0.name.lowercased.hasPrefix("con") && $0.name.index(of: "t") == 3 }
                    == ["Contoso"]
            )
            #expect(try await names(in: context) { $0.name.appending("!") == "Adatum!" } == ["Adatum"])
            #expect(try await names(in: context) { try $0.name.like("%abri%") } == ["Fabrikam"])
            #expect(try await names(in: context) { $0.name.isIn(["Contoso", "x"], as: .inOperator) } == ["Contoso"])
            #expect(
                try await names(in: context) {
                    $0.createdon.isBefore(.now) && $0.createdon.isAfter(.now.subtracting(.seconds(3600)))
                        && $0.createdon.year >= 2024
                }.count == 3
            )
        },
        Scenario("query functions of Dataverse") { context in
            try await createFamily(in: context)
            #expect(try await names(in: context) { $0.name.isOneOf(["Contoso", "Adatum"]) } == ["Adatum", "Contoso"])
            #expect(try await names(in: context) { $0.name.isNoneOf(["Contoso", "Adatum"]) } == ["Fabrikam"])
            #expect(try await names(in: context) { $0.revenue.isWithin(1000, 3000) } == ["Contoso", "Fabrikam"])
            #expect(try await names(in: context) { $0.revenue.isOutside(1000, 3000) } == ["Adatum"])
            #expect(
                try await names(in: context) {
                    $0.createdon.isInLast(days: 7) && !$0.createdon.isOlderThan(months: 1) && $0.createdby.isCurrentUser
                }.count == 3
            )
        },
        Scenario("rows without generated code: conditions on other rows") { context in
            try await createFamily(in: context)
            let query = RowQuery<Record>()
                .where { $0["revenue"] < 3000 && $0.lookup("primarycontactid")["lastname"] == "Lee" }
                .expand {
                    $0.collection("contact_customer_accounts").select("lastname").orderBy { $0["lastname"].ascending }
                }
                .select("name")
            let rows = try await context.client.table("account").all(query)
            #expect(rows.map { $0["name"] } == ["Contoso"])
            let contacts = rows.first?["contact_customer_accounts"]?.arrayValue?.map { $0.objectValue?["lastname"] }
            #expect(contacts == ["A", "Contoso"])
        },
    ]
}
