import ArgumentParser
import CSDL
import DataverseEmulator
import Foundation
import GRDB
import Logging
import NIOCore

/// `dataverse-emulator serve`
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the tables of a CSDL file until the process is stopped.",
        discussion: """
            Once requests are served, the address of the environment is printed on a line of its own. \
            SIGINT and SIGTERM stop the server. Clients use the address as that of an environment, with any bearer \
            token; the Web API is at /api/data/v9.2/ below it.

            EXAMPLES:
              Serve the tables of an environment, and keep rows over restarts:
                dataverse-emulator serve --metadata metadata.xml --data rows.sqlite --port 8080
              For tests: a free port, rows to begin with, and a file that tells when it is ready:
                dataverse-emulator serve --metadata metadata.xml --seed seed.json --ready-file ready
              For clients that refuse HTTP, such as Microsoft's Python SDK:
                dataverse-emulator serve --metadata metadata.xml --tls

            The metadata of an environment is fetched with 'dataverse-gen fetch'. Documentation/Emulator.md says what is \
            served, and what is refused.
            """
    )

    @Option(help: ArgumentHelp("The CSDL file that describes the tables.", valueName: "file"))
    var metadata: String

    @Option(
        help: ArgumentHelp(
            "A JSON file with the options of choice columns: replies of the metadata API.",
            valueName: "file"
        )
    )
    var optionSets: String?

    @Option(
        help: ArgumentHelp("Keep the rows in this SQLite file; it is made if it does not exist.", valueName: "file")
    )
    var data: String?

    @Flag(help: "Keep the rows in memory. This is the default without --data.")
    var inMemory = false

    @Option(
        help: ArgumentHelp(
            "Begin with the rows of this file: JSON by entity set, or CSV named after a table. Can be repeated.",
            valueName: "file.json|csv"
        )
    )
    var seed: [String] = []

    @Option(help: "The port to listen on; 0 takes a free one.")
    var port = 0

    @Option(help: "The address to listen on. The default can be reached from this machine only.")
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "Write the address into this file once requests are served; with --tls, the authority's file on line 2.",
            valueName: "file"
        )
    )
    var readyFile: String?

    @Option(help: ArgumentHelp("Answer 401 to requests without this bearer token.", valueName: "token"))
    var requireToken: String?

    @Flag(help: "Serve a sign-in service too, and answer 401 to requests without one of its tokens.")
    var signIn = false

    @Option(
        help: ArgumentHelp(
            "An app that may sign in, with its secret (several times for several apps).",
            valueName: "id=secret"
        )
    )
    var client: [String] = ["emulator-app=emulator-secret"]

    @Option(help: ArgumentHelp("The tenant of the sign-in service.", valueName: "name"))
    var tenant = "emulator.example"

    @Flag(help: "Serve HTTPS, with a certificate of the emulator's own authority; its file is printed.")
    var tls = false

    @Option(
        help: ArgumentHelp(
            "Keep the authority's files in this folder instead of ~/.dataverse-emulator.",
            valueName: "folder"
        )
    )
    var tlsFolder: String?

    @Option(
        help: ArgumentHelp(
            "Take rows with the same values for duplicates, where a request asks for their detection. Can be repeated.",
            valueName: "table:column,…"
        )
    )
    var duplicateRule: [String] = []

    @Flag(help: "Print a line for each request on standard error.")
    var log = false

    func validate() throws {
        if inMemory, data != nil { throw ValidationError("--data and --in-memory exclude each other.") }
        if tlsFolder != nil, !tls { throw ValidationError("--tls-folder needs --tls.") }
        if signIn, requireToken != nil { throw ValidationError("--sign-in and --require-token exclude each other.") }
        if client.contains(where: { $0.split(separator: "=", maxSplits: 1).count != 2 }) {
            throw ValidationError("--client takes the app's identifier and its secret: --client id=secret.")
        }
        if !(0...65_535).contains(port) { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        do {
            let configuration = try configuration()
            let emulator = try Emulator(configuration)
            try await emulator.run { [readyFile] url in
                announce(url, authority: configuration.tls?.authorityFile, readyFile: readyFile)
            }
        } catch let error as TLSError {
            fail("error: \(error)")
        } catch let error as SeedError {
            fail("error: \(error)")
        } catch let error as OptionSetsError {
            fail("error: \(error)")
        } catch let diagnostic as Diagnostic {
            fail(diagnostic.description)
        } catch let error as DatabaseError {
            fail("error: \(data ?? "the database"): \(error.message ?? "it cannot be opened")")
        } catch let error as IOError {
            fail("error: \(host):\(port): \(error.errnoCode == EADDRINUSE ? "the port is taken" : error.description)")
        }
        if let readyFile { try? FileManager.default.removeItem(atPath: readyFile) }
    }

    private func configuration() throws -> EmulatorConfiguration {
        var configuration = try EmulatorConfiguration(metadataFile: metadata)
        if let optionSets { try configuration.readOptionSets(file: optionSets) }
        configuration.dataFile = data
        configuration.port = port
        configuration.host = host
        if tls { configuration.tls = TLSOptions(folder: tlsFolder) }
        configuration.seeds = try seed.map { try SeedFile(file: $0) }
        configuration.requiredToken = requireToken
        if signIn { configuration.signIn = signInService() }
        configuration.duplicateRules = try duplicateRule.map(Self.duplicateRule)
        if log {
            configuration.logger = Logger(label: "dataverse-emulator") { StreamLogHandler.standardError(label: $0) }
        }
        for diagnostic in configuration.diagnostics where diagnostic.severity == .error {
            writeToStandardError(diagnostic.description)
        }
        return configuration
    }

    private func signInService() -> SignIn {
        let service = SignIn(tenants: tenant)
        for client in client {
            let parts = client.split(separator: "=", maxSplits: 1).map(String.init)
            service.register(SignIn.Client(id: parts[0], secrets: [parts[1]], isPublic: true))
        }
        return service
    }

    /// The rule that `account:name,emailaddress1` says.
    private static func duplicateRule(_ text: String) throws -> DuplicateRule {
        let parts = text.split(separator: ":", maxSplits: 1)
        let columns = parts.count == 2 ? parts[1].split(separator: ",").map(String.init) : []
        guard !columns.isEmpty else {
            throw ValidationError("--duplicate-rule needs a table and columns, such as account:name, not '\(text)'.")
        }
        return DuplicateRule(table: String(parts[0]), columns: columns)
    }

    /// Ends the process with a message and status 2.
    private func fail(_ message: String) -> Never {
        writeToStandardError(message)
        Foundation.exit(2)
    }
}

private func announce(_ url: URL, authority: String?, readyFile: String?) {
    var lines = url.absoluteString + "\n"
    print(url.absoluteString)
    if let authority {
        print("Trust this certificate authority (SSL_CERT_FILE, REQUESTS_CA_BUNDLE): \(authority)")
        lines += authority + "\n"
    }
    fflush(nil)
    guard let readyFile else { return }
    do {
        try Data(lines.utf8).write(to: URL(fileURLWithPath: readyFile), options: .atomic)
    } catch {
        writeToStandardError("warning: \(readyFile): the ready file cannot be written")
    }
}

private func writeToStandardError(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}
