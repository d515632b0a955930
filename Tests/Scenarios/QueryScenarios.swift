import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    /// Creates accounts named “Account 01” and so on, with revenues of 1,000, 2,000 and so on.
    private static func createAccounts(_ count: Int, in context: ScenarioContext) async throws {
        for number in 1...count {
            _ = try await context.accounts.create(
                Account {
                    $0.name = "Account \(number < 10 ? "0" : "")\(number)"
                    $0.revenue = Decimal(number * 1000)
                    $0.creditonhold = number.isMultiple(of: 2)
                    $0.description = number.isMultiple(of: 3) ? nil : "has one"
                }
            )
        }
    }

    static let basicQueries: [Scenario] = [
        Scenario("select, filter, order and top") { context in
            try await createAccounts(12, in: context)
            let rows = try await context.accounts.all(
                RowQuery<Account>()
                    .where { $0.revenue > 3_000 && $0.revenue <= 10_000 && $0.creditonhold == true }
                    .select { [$0.name, $0.revenue] }
                    .orderBy { $0.revenue.descending }
                    .top(3)
            )
            #expect(rows.map(\.name) == ["Account 10", "Account 08", "Account 06"])
            #expect(rows.map(\.revenue) == [10_000, 8_000, 6_000])
            #expect(rows.allSatisfy { !$0.record.contains("creditonhold") })
            #expect(throws: DataverseError.self) { try rows[0].read(\.description) }
        },
        Scenario("conditions combine as in Swift") { context in
            try await createAccounts(12, in: context)
            func names(_ condition: (Account.Columns) -> Filter<Account>) async throws -> [String?] {
                let query = RowQuery<Account>().where(condition).select { [$0.name] }.orderBy { $0.name.ascending }
                return try await context.accounts.all(query).map { $0.name.map { String($0.suffix(2)) } }
            }
            #expect(try await names { $0.revenue < 2_000 || $0.revenue > 11_000 } == ["01", "12"])
            #expect(
                try await names { ($0.revenue < 3_000 || $0.revenue > 10_000) && $0.creditonhold == true }
                    == ["02", "12"]
            )
            #expect(try await names { !($0.revenue > 1_000) } == ["01"])
            #expect(try await names { $0.description == nil } == ["03", "06", "09", "12"])
            #expect(try await names { $0.description != nil && $0.revenue < 3_000 } == ["01", "02"])
            #expect(try await names { $0.name.hasSuffix("7") } == ["07"])
            #expect(try await names { $0.name.contains("unt 1") } == ["10", "11", "12"])
            #expect(try await names { $0.name.uppercased == "ACCOUNT 05" } == ["05"])
            #expect(try await names { $0.revenue.isIn([1_000, 5_000]) } == ["01", "05"])
            #expect(try await names { $0.revenue.isBetween(4_000...5_000) } == ["04", "05"])
            #expect(try await names { $0.revenue.isIn([]) } == [])
        },
        Scenario("no text of an app can escape from a filter") { context in
            let texts = [
                "O'Neil", "' or 1 eq 1 or name eq '", "a&$top=1", "#?/%27", "漢字 😀", "+ + +", "\\\"", "{}[]<>^`|",
            ]
            for text in texts { _ = try await context.accounts.create(Account { $0.name = text }) }
            for text in texts {
                let rows = try await context.accounts.all(RowQuery<Account>().where { $0.name == text })
                #expect(rows.map(\.name) == [text])
            }
        },
        Scenario("pages, rows one by one, and all at once are the same rows") { context in
            try await createAccounts(7, in: context)
            let query = RowQuery<Account>().select { [$0.name] }.orderBy { $0.name.ascending }.pageSize(3)
                .withTotalCount()
            let pages = try await context.accounts.pages(query)
            #expect(pages.map(\.rows.count) == [3, 3, 1])
            #expect(pages[0].totalCount == 7)
            #expect(pages.map { $0.nextLink == nil } == [false, false, true])
            let expected = (1...7).map { Optional("Account 0\($0)") }
            #expect(pages.flatMap(\.rows).map(\.name) == expected)
            #expect(try await context.accounts.all(query).map(\.name) == expected)
            #expect(try await context.accounts.each(query).map(\.name) == expected)
        },
        Scenario("the first row, and the number of rows") { context in
            let byRevenue = RowQuery<Account>().orderBy { $0.revenue.descending }
            #expect(try await context.accounts.first(byRevenue) == nil)
            #expect(try await context.accounts.count(RowQuery()) == 0)
            try await createAccounts(5, in: context)
            #expect(try await context.accounts.first(byRevenue)?.revenue == 5_000)
            #expect(try await context.accounts.count(RowQuery<Account>().where { $0.revenue > 2_000 }) == 3)
            #expect(try await context.accounts.all(RowQuery<Account>().where { $0.name == "none" }).isEmpty)
        },
        Scenario("formatted values and the tables of lookups") { context in
            let contact = try await context.contacts.create(
                Contact {
                    $0.firstname = "Anna"; $0.lastname = "Lidman"
                }
            )
            let id = try await context.accounts.create(
                Account {
                    $0.name = "Contoso"
                    $0.revenue = 1_250_000.5
                    $0.primarycontactid = Reference(contact)
                }
            )
            let row = try #require(
                try await context.accounts.retrieve(.id(id), RowQuery<Account>().includeAnnotations())
            )
            #expect(row.formatted.revenue?.contains("1,250,000.50") == true)
            #expect(row.primarycontactid?.name == "Anna Lidman")
            #expect(row.primarycontactid?.table == "contact")
        },
    ]
}
