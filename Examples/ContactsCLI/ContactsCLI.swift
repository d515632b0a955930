import ArgumentParser
import ContosoBindings
import Dataverse
import Foundation

/// A command-line app on the synchronous client: the contacts of a company.
///
///     contacts --environment http://127.0.0.1:8080 add Anna Lidman --company Contoso
///     contacts --environment http://127.0.0.1:8080 list --company Contoso
@main
struct ContactsCLI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts",
        abstract: "Keeps the contacts of companies.",
        subcommands: [List.self, Add.self, Email.self, Remove.self]
    )
}

/// The environment, as all commands take it.
struct Environment: ParsableArguments {
    @Option(help: "The URL of the environment.")
    var environment = "http://127.0.0.1:8080"

    func client() throws -> DataverseClient {
        let token = ProcessInfo.processInfo.environment["DATAVERSE_TOKEN"] ?? "emulator"
        return try DataverseClient(environment: environment, credential: StaticTokenCredential(token))
    }
}

struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists contacts by name.")

    @OptionGroup var target: Environment
    @Option(help: "Only those of this company.") var company: String?

    func run() throws {
        let client = try target.client()
        var query = client.contacts
            .select { [$0.fullname, $0.emailaddress1] }
            .expand { $0.parentcustomerid.account.select { [$0.name] } }
            .orderBy { $0.fullname.ascending }
        if let company {
            let accounts = try client.accounts.where { $0.name == company }.select { [$0.name] }.all()
            guard let account = accounts.first?.reference else {
                throw ValidationError("There is no company “\(company)”.")
            }
            query = query.where { $0.parentcustomerid == .account(account) }
        }
        // Pages are read as the rows are printed.
        try query.forEach { contact in
            let employer = contact.expanded.parentcustomerid.account?.name
            let details = [contact.emailaddress1, employer].compactMap(\.self)
            print(([contact.fullname ?? "(no name)"] + details).joined(separator: ", "))
        }
    }
}

struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Adds a contact, and its company where that is new.")

    @OptionGroup var target: Environment
    @Argument var firstName: String
    @Argument var lastName: String
    @Option var email: String?
    @Option var company: String?

    func run() throws {
        let client = try target.client()
        var contact = Contact {
            $0.firstname = firstName
            $0.lastname = lastName
            $0.emailaddress1 = email
        }
        if let company {
            let known = try client.accounts.where { $0.name == company }.select { [$0.name] }.first()
            let account = try known?.reference ?? Reference(client.accounts.create(Account { $0.name = company }))
            contact.parentcustomerid = .account(account)
        }
        print(try client.contacts.create(contact))
    }
}

struct Email: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Changes a contact's email address, or clears it.")

    @OptionGroup var target: Environment
    @Argument var id: UUID
    @Argument(help: "The new address; none clears it.") var address: String?

    func run() throws {
        do {
            try target.client().contacts.update(id) { $0.emailaddress1 = address }
        } catch DataverseError.notFound {
            throw ValidationError("There is no contact with this identifier.")
        }
    }
}

struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Removes a contact.")

    @OptionGroup var target: Environment
    @Argument var id: UUID

    func run() throws { try target.client().contacts.delete(id) }
}

extension UUID: @retroactive ExpressibleByArgument {
    public init?(argument: String) { self.init(uuidString: argument) }
}
