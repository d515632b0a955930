import ContosoBindings
import Dataverse
import DataverseEmulator
import Foundation
import Testing

/// The examples, run as their users would run them, against the emulator.
@Suite("Examples", .enabled(if: Example.areBuilt, "the examples are not beside the tests"))
struct ExampleTests {
    @Test("A command-line app on the synchronous client")
    func contacts() async throws {
        try await withContoso { url in
            func contacts(_ command: String, _ arguments: String...) async throws -> Example.Outcome {
                try await Example.run("contacts", [command, "--environment", url.absoluteString] + arguments)
            }
            let added = try await contacts(
                "add",
                "Anna",
                "Lidman",
                "--email",
                "anna@contoso.com",
                "--company",
                "Contoso"
            )
            #expect(added.status == 0, "\(added.errors)")
            let id = added.output.trimmingCharacters(in: .whitespacesAndNewlines)
            _ = try await contacts("add", "Åsa", "O'Neill")
            #expect(
                try await contacts("list", "--company", "Contoso").output == "Anna Lidman, anna@contoso.com, Contoso\n"
            )
            #expect(try await contacts("email", id).status == 0)
            let all = try await contacts("list").output
            #expect(all == "Anna Lidman, Contoso\nÅsa O'Neill\n")
            let missing = try await contacts("email", UUID().uuidString, "x@contoso.com")
            #expect(missing.errors.contains("There is no contact with this identifier."))
            #expect(
                try await contacts("list", "--company", "Fabrikam").errors.contains("There is no company “Fabrikam”.")
            )
            #expect(try await contacts("remove", id).status == 0)
            #expect(try await contacts("list").output == "Åsa O'Neill\n")
        }
    }

    @Test("A view model for a screen")
    func accountList() async throws {
        try await withContoso { url in
            let client = try AsyncDataverseClient(
                environment: url.absoluteString,
                credential: StaticTokenCredential("emulator")
            )
            try await client.accounts.create(
                (1...45).map { number in
                    Account {
                        $0.name = String(format: "Contoso %02d", number)
                        $0.revenue = Decimal(number)
                    }
                }
            )
            try await client.accounts.create(Account { $0.name = "Fabrikam" })
            let outcome = try await Example.run("account-list", [url.absoluteString, "Contoso"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 46)
            #expect(lines.first?.hasPrefix("Contoso 01: ") == true)
            #expect(lines.last == "renamed to Contoso 01 (seen)")
        }
    }

    @Test("A server on the asynchronous client")
    func accountServer() async throws {
        try await withContoso { url in
            let server = try Example.start("account-server", [url.absoluteString, "0"])
            defer { server.process.terminate() }
            let line = String(decoding: server.output.fileHandleForReading.availableData, as: UTF8.self)
            let root = try #require(URL(string: line.trimmingCharacters(in: .newlines)))
            let curl = HTTPTool(root: root)
            let created = try await curl.send("POST", "accounts", body: #"{"name":"Contoso","revenue":5000000}"#)
            #expect(created.status == 201)
            let account = try #require(try JSONSerialization.jsonObject(with: created.body) as? [String: Any])
            let id = try #require(account["id"] as? String)
            let version = try #require(account["version"] as? String)
            #expect(account["name"] as? String == "Contoso")
            #expect(try await curl.send("GET", "accounts?minimum=6000000").text == "[]")
            #expect(try await curl.send("GET", "accounts/\(UUID())").status == 404)
            #expect(try await curl.send("PATCH", "accounts/\(id)", body: "{}").status == 428)
            let change = #"{"name":"Contoso Ltd"}"#
            #expect(try await curl.send("PATCH", "accounts/\(id)", body: change, version: version).status == 204)
            #expect(try await curl.send("PATCH", "accounts/\(id)", body: change, version: version).status == 412)
            #expect(try await curl.send("GET", "accounts/\(id)").text.contains("Contoso Ltd"))
        }
    }

    private func withContoso(_ body: @Sendable (URL) async throws -> Void) async throws {
        let metadata = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Examples/Contoso/metadata.xml")
        try await withEmulator(try EmulatorConfiguration(metadataFile: metadata.path), body)
    }
}
