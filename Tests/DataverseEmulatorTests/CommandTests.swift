import Foundation
import TestSupport
import Testing

/// The command as it was built, beside the test runner.
private enum Command {
    static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "dataverse-emulator")

    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: executable.path) }
}

@Suite("Command", .enabled(if: Command.isBuilt, "needs the built executable"))
struct CommandTests {
    private struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    private static func process(_ arguments: [String]) -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = Command.executable
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        return (process, output, errors)
    }

    private static func run(_ arguments: [String]) throws -> Outcome {
        let (process, output, errors) = process(arguments)
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let messages = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: messages, as: UTF8.self)
        )
    }

    private static func temporaryFile(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)").path
    }

    /// After a change of the command's options:
    ///
    ///     DATAVERSE_UPDATE_SNAPSHOTS=1 swift test --filter DataverseEmulatorTests.CommandTests
    @Test("the manual pages in Documentation/man are those of this version")
    func manualPages() throws {
        let help = try Self.run(["--experimental-dump-help"])
        let pages = try ManualPage.pages(ofHelp: Data(help.output.utf8))
        #expect(pages.map(\.name).contains("dataverse-emulator-serve.1"))
        #expect(try ManualPage.differences(from: pages, ofCommand: "dataverse-emulator") == [])
    }

    @Test("serve tells when it is ready, and stops cleanly", arguments: [SIGINT, SIGTERM])
    func serve(signal: Int32) async throws {
        let ready = Self.temporaryFile("ready")
        let data = Self.temporaryFile("rows.sqlite")
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: data + suffix) } }
        for round in 1...2 {
            let (process, output, _) = Self.process([
                "serve", "--metadata", Fixture.contoso, "--data", data, "--ready-file", ready, "--require-token", "t",
            ])
            try process.run()
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            let url = try #require(URL(string: line.trimmingCharacters(in: .newlines)))
            #expect(url.host() == "127.0.0.1")
            let service = Service(url: url)
            let token = [("Authorization", "Bearer t")]
            #expect(try await service.get("accounts").status == 401)
            #expect(try await service.send(.POST, "accounts", ["name": "A"], headers: token).status == 204)
            let count = try await service.send(.GET, "accounts/$count", headers: token)
            #expect(count.text == "\(round)", "rows are kept")
            #expect(try String(contentsOfFile: ready, encoding: .utf8) == line)
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(process.terminationReason == .exit)
            #expect(!FileManager.default.fileExists(atPath: ready))
        }
    }

    @Test("What keeps it from serving is one line and status 2")
    func failures() async throws {
        let missing = try Self.run(["serve", "--metadata", "/nonexistent/m.xml"])
        #expect(missing.status == 2)
        #expect(missing.errors == "/nonexistent/m.xml: error: there is no such file\n")
        #expect(missing.output.isEmpty)

        let other = Self.temporaryFile("other.xml")
        try "<html/>".write(toFile: other, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: other) }
        let wrong = try Self.run(["serve", "--metadata", other])
        #expect(wrong.status == 2)
        #expect(wrong.errors.hasPrefix(other))
        #expect(wrong.errors.filter { $0 == "\n" }.count == 1)

        let data = try Self.run(["serve", "--metadata", Fixture.contoso, "--data", other])
        #expect(data.status == 2)
        #expect(data.errors.contains("not a database"))

        try await withContoso { service in
            let port = try #require(service.url.port)
            let taken = try Self.run(["serve", "--metadata", Fixture.contoso, "--port", "\(port)"])
            #expect(taken.status == 2)
            #expect(taken.errors == "error: 127.0.0.1:\(port): the port is taken\n")
        }
        #expect(try Self.run(["serve", "--metadata", "x", "--port", "70000"]).status != 0)
    }
}
