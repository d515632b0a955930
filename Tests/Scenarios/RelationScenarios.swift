import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    static let relations: [Scenario] = [
        Scenario("a lookup is set, read, filtered, changed and cleared") { context in
            let anna = try await context.contacts.create(Contact { $0.firstname = "Anna" })
            let bo = try await context.contacts.create(Contact { $0.firstname = "Bo" })
            let id = try await context.accounts.create(
                Account {
                    $0.name = "Contoso"
                    $0.primarycontactid = Reference(anna)
                }
            )
            #expect(try await context.accounts.retrieve(id)?.primarycontactid?.id == anna)
            let found = try await context.accounts.all(
                RowQuery<Account>().where { $0.primarycontactid == Reference(anna) }
            )
            #expect(found.map(\.id) == [id])

            try await context.accounts.update(id) { $0.primarycontactid = Reference(bo) }
            #expect(try await context.accounts.retrieve(id)?.primarycontactid?.id == bo)
            try await context.accounts.update(id) { $0.primarycontactid = nil }
            #expect(try await context.accounts.retrieve(id)?.primarycontactid == nil)
            let without = RowQuery<Account>().where { $0.primarycontactid == nil }
            #expect(try await context.accounts.count(without) == 1)
        },
        Scenario("a customer is an account or a contact") { context in
            let account = try await context.accounts.create(Account { $0.name = "Contoso" })
            let contact = try await context.contacts.create(Contact { $0.lastname = "Lidman" })
            let toAccount = try await context.opportunities.create(
                Opportunity {
                    $0.name = "A"
                    $0.customerid = .account(Reference(account))
                }
            )
            let toContact = try await context.opportunities.create(
                Opportunity {
                    $0.name = "B"
                    $0.customerid = .contact(Reference(contact))
                }
            )
            let annotated = RowQuery<Opportunity>().includeAnnotations()
            let first = try #require(try await context.opportunities.retrieve(.id(toAccount), annotated))
            #expect(first.customerid == .account(Reference(account)))
            #expect(first.customerid?.reference.name == "Contoso")
            let second = try #require(try await context.opportunities.retrieve(.id(toContact), annotated))
            #expect(second.customerid == .contact(Reference(contact)))
            let ofContact = RowQuery<Opportunity>().where { $0.customerid == .contact(Reference(contact)) }
            #expect(try await context.opportunities.all(ofContact).map(\.name) == ["B"])
        },
        Scenario("expanded rows, one and many, with options of their own") { context in
            let account = try await context.accounts.create(Account { $0.name = "Contoso" })
            for name in ["Cleo", "Anna", "Bo"] {
                _ = try await context.contacts.create(
                    Contact {
                        $0.firstname = name
                        $0.parentcustomerid = .account(Reference(account))
                    }
                )
            }
            let query = RowQuery<Account>()
                .select { [$0.name] }
                .expand {
                    $0.contactCustomerAccounts
                        .where { $0.firstname != "Bo" }
                        .select { [$0.firstname] }
                        .orderBy { $0.firstname.ascending }
                }
            let row = try #require(try await context.accounts.retrieve(.id(account), query))
            #expect(row.expanded.contactCustomerAccounts?.map(\.firstname) == ["Anna", "Cleo"])
            #expect(row.expanded.opportunityCustomerAccounts == nil, "it was not expanded")

            let contacts = try await context.contacts.all(
                RowQuery<Contact>().where { $0.firstname == "Anna" }.expand { $0.parentcustomerid.account }
            )
            #expect(contacts.first?.expanded.parentcustomerid.account?.name == "Contoso")
        },
        Scenario("related rows are created together with a row") { context in
            let id = try await context.accounts.create(
                Account {
                    $0.name = "Contoso"
                    $0.contactCustomerAccounts = ["Anna", "Bo"].map { name in Contact { $0.firstname = name } }
                }
            )
            let contacts = try await context.contacts.all(
                RowQuery<Contact>().where { $0.parentcustomerid == .account(Reference(id)) }
                    .orderBy { $0.firstname.ascending }
            )
            #expect(contacts.map(\.firstname) == ["Anna", "Bo"])
        },
        Scenario("rows are queried and created below another row") { context in
            let account = try await context.accounts.create(Account { $0.name = "Contoso" })
            let contacts = context.client.related(\Account.Columns.contactCustomerAccounts, of: .id(account))
            _ = try await contacts.create(Contact { $0.firstname = "Anna" })
            _ = try await context.contacts.create(Contact { $0.firstname = "Stranger" })
            let names = try await contacts.all(RowQuery<Contact>().select { [$0.firstname] }).map(\.firstname)
            #expect(names == ["Anna"])
            let count = try await contacts.count(RowQuery<Contact>().where { $0.firstname == "Stranger" })
            #expect(count == 0)
        },
        Scenario("rows are associated with each other, and disassociated") { context in
            let project = try await context.projects.create(ContosoProject { $0.contosoName = "Move" })
            let contact = try await context.contacts.create(Contact { $0.firstname = "Anna" })
            let members = context.client.related(\ContosoProject.Columns.contosoProjectContact, of: .id(project))
            let collection = \ContosoProject.Columns.contosoProjectContact
            try await context.client.associate(Reference(contact), with: collection, of: .id(project))
            let joined = try await members.all(RowQuery()).map(\.id)
            #expect(joined == [contact])
            try await context.client.disassociate(Reference(contact), from: collection, of: .id(project))
            let left = try await members.all(RowQuery())
            #expect(left.isEmpty)
            #expect(try await context.contacts.retrieve(contact) != nil)
        },
    ]
}
