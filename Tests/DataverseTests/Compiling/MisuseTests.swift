import Foundation
import Testing

/// What must not compile, and what the compiler says about it.
@Suite("Misuse does not compile", .enabled(if: TypeChecker.modules != nil, "no modules beside the tests"))
struct MisuseTests {
    /// Code that must not compile, and pieces of the first message about it.
    private static let misuses: [(code: String, pieces: [String])] = [
        // A column of another table
        ("_ = client.accounts.where { $0.lastname == \"x\" }", ["Account.Columns", "no member 'lastname'"]),
        (
            "_ = client.accounts.where { _ in Contact.columns.lastname == \"x\" }",
            ["Filter<Contact>", "Filter<Account>"]
        ),
        ("_ = client.accounts.where { $0.primarycontactid.revenue > 5 }", ["Lookup<Account, Contact>", "revenue"]),
        (
            "_ = client.accounts.where { $0.contactCustomerAccounts.any { $0.revenue > 5 } }",
            ["RangeVariable<Account, Contact>", "revenue"]
        ),
        ("_ = client.accounts.select { [$0.name, Contact.columns.lastname] }", ["Column<Contact, String>", "Account"]),
        ("_ = client.accounts.select(\\.name, \\.lastname)", ["Account.Columns", "no member 'lastname'"]),
        ("_ = client.accounts.orderBy { $0.lastname.ascending }", ["Account.Columns", "no member 'lastname'"]),
        ("_ = client.accounts.orderBy { _ in Contact.columns.lastname.ascending }", ["Ordering<Contact>"]),
        ("_ = client.accounts.group(by: \\.lastname)", ["Account.Columns", "no member 'lastname'"]),
        ("_ = Account { $0.lastname = \"x\" }", ["Account", "lastname", "Account.Columns"]),
        // A value of another type
        ("_ = client.accounts.where { $0.revenue == \"x\" }", ["a value of its own type"]),
        ("_ = client.accounts.where { $0.name != 5 }", ["a value of its own type"]),
        (
            "_ = client.accounts.where { $0.creditonhold == optionalText && $0.name == \"x\" }",
            ["a value of its own type"]
        ),
        ("_ = client.accounts.where { $0.createdon > \"2024-01-01\" }", ["a value of its own type"]),
        ("_ = client.accounts.where { $0.revenue < date }", ["a value of its own type"]),
        ("_ = client.accounts.where { $0.revenue > optionalNumber }", ["'Decimal?' must be unwrapped"]),
        ("_ = client.accounts.where { $0.name.isIn([1, 2]) }", ["'Int'", "'String'"]),
        ("_ = client.accounts.where { $0.parentaccountid == contact.reference }", ["a value of its own type"]),
        ("account.revenue = \"x\"", ["'String'", "'Decimal'"]),
        ("account.primarycontactid = Reference<Account>(UUID())", ["Reference<Account>", "Reference<Contact>"]),
        // Unlike columns
        ("_ = client.accounts.where { $0.name == $0.revenue }", ["a column of that type"]),
        ("_ = client.accounts.where { $0.revenue > $0.name }", ["'String'", "'Decimal'"]),
        ("_ = client.accounts.where { $0.name == Contact.columns.lastname }", ["a column of that type and table"]),
        // What the service sets
        ("account.createdon = date", ["'createdon'", "get-only"]),
        ("_ = Account { $0.versionnumber = 5 }", ["'versionnumber'", "get-only"]),
        // Functions of other types
        ("_ = client.accounts.where { $0.revenue.hasPrefix(\"x\") }", ["hasPrefix", "'Decimal'", "TextColumnType"]),
        ("_ = client.accounts.where { $0.name.isInLast(days: 7) }", ["isInLast", "'String'", "DayColumnType"]),
        ("_ = client.accounts.where { $0.name.isCurrentUser }", ["isCurrentUser", "'String'", "IdentifierColumnType"]),
        ("_ = client.accounts.where { $0.name.year == 5 }", ["year", "'String'", "DayColumnType"]),
        // Collections, navigation, aggregates
        ("_ = client.accounts.where { $0.name.any { $0 == \"x\" } }", ["for collections"]),
        ("_ = client.accounts.where { $0.primarycontactid.all { $0 != nil } }", ["for collections"]),
        (
            "_ = client.accounts.where { $0.contactCustomerAccounts.lastname == \"x\" }",
            ["CollectionNavigation<Account, Contact>", "no member 'lastname'"]
        ),
        ("_ = client.accounts.expand { $0.name }", ["Column<Account, String>", "Expandable"]),
        (
            "_ = client.accounts.select(\\.contactCustomerAccounts)",
            ["CollectionNavigation<Account, Contact>", "Selectable"]
        ),
        ("_ = try client.accounts.aggregate(.sum(\\.name))", ["sum", "'String'", "NumericColumnType"]),
        ("_ = client.accounts.where { $0.name }", ["Column<Account, String>", "Filter<Account>"]),
        (
            "let total: String? = try client.accounts.aggregate(.sum(\\.revenue)); _ = total",
            ["String", "Decimal"]
        ),
    ]

    private static let prelude = ["import ContosoBindings", "import Dataverse", ""]

    private static func function(_ number: Int, _ code: String) -> String {
        "func misuse\(number)(client: DataverseClient, account: inout Account, contact: Contact, date: Date, "
            + "optionalText: String?, optionalNumber: Decimal?) throws { \(code) }"
    }

    @Test("and the message names what is wrong")
    func messages() throws {
        let lines = Self.prelude + Self.misuses.enumerated().map { Self.function($0.offset, $0.element.code) }
        let messages = try TypeChecker.messages(about: lines).filter { $0.severity == "error" }
        for (index, misuse) in Self.misuses.enumerated() {
            let about = messages.filter { $0.line == Self.prelude.count + index + 1 }.map(\.text)
            #expect(!about.isEmpty, "compiles, and should not: \(misuse.code)")
            let all = about.joined(separator: "\n")
            for piece in misuse.pieces {
                #expect(all.contains(piece), "\(misuse.code)\n\(all)")
            }
        }
    }

    @Test("while the same with the right columns and types does")
    func correctUse() throws {
        let uses = [
            "_ = client.accounts.where { $0.revenue == 5 && $0.name == optionalText && $0.createdon > date }",
            "_ = client.accounts.where { $0.primarycontactid.lastname == \"x\" }",
            "_ = client.accounts.where { $0.contactCustomerAccounts.any { $0.lastname == \"x\" } }",
            "_ = client.accounts.where { $0.primarycontactid == contact.reference && $0.parentaccountid != nil }",
            "account.name = optionalText; account.primarycontactid = contact.reference",
            "_ = client.accounts.select(\\.name, \\.createdon).expand { $0.primarycontactid }",
            "let total: Decimal? = try client.accounts.aggregate(.sum(\\.revenue)); _ = total",
        ]
        let lines = Self.prelude + uses.enumerated().map { Self.function($0.offset, $0.element) }
        #expect(try TypeChecker.messages(about: lines).map(\.text) == [])
    }
}
