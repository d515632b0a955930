import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    static let batches: [Scenario] = [
        Scenario("rows of one change set refer to each other") { context in
            let contact = NewRow(Contact { $0.lastname = "Lidman" })
            let account = Account {
                $0.name = "Contoso"
                $0.bind(\.primarycontactid, to: contact)
            }
            let (contactID, accountID) = try await context.client.changeSet(.create(contact), .create(account))
            #expect(try await context.accounts.retrieve(accountID)?.primarycontactid?.id == contactID)
            #expect(try await context.contacts.retrieve(contactID)?.lastname == "Lidman")
        },
        Scenario("a change set that fails changes nothing") { context in
            let missing = RowKey<Contact>.id(UUID())
            await #expect(throws: DataverseError.self) {
                _ = try await context.client.changeSet(
                    .create(Account { $0.name = "Contoso" }),
                    .delete(missing)
                )
            }
            #expect(try await context.accounts.count(RowQuery()) == 0)
        },
        Scenario("a batch creates, reads and calls, and each has its own outcome") { context in
            let existing = try await context.accounts.create(Account { $0.name = "Contoso" })
            let (created, page, missing) = try await context.client.batch(
                .create(Contact { $0.lastname = "Lidman" }),
                .query(RowQuery<Account>().where { $0.name == "Contoso" }),
                .update(RowKey<Account>.id(UUID()), Account { $0.name = "Nobody" }, ifMatch: .any)
            )
            #expect(try await context.contacts.retrieve(created.get())?.lastname == "Lidman")
            #expect(try page.get().rows.map(\.id) == [existing])
            #expect(throws: DataverseError.self) { try missing.get() }
        },
    ]
}
