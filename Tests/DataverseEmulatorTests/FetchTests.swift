import DataverseEmulator
import Foundation
import Testing

/// The generator as it was built, beside the test runner.
private enum Generator {
    static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "dataverse-gen")

    static var canFetch: Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return FileManager.default.isExecutableFile(atPath: executable.path)
            && folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/curl") }
    }
}

/// `dataverse-gen fetch` against the emulator, over HTTP.
@Suite("dataverse-gen fetch", .enabled(if: Generator.canFetch, "needs the built executable and curl"))
struct FetchTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

    private func fetch(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String, errors: String) {
        try await run(["fetch"] + arguments, environment: environment)
    }

    private func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String, errors: String) {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = Generator.executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let messages = try errors.fileHandleForReading.readToEnd() ?? Data()
        return (
            process.terminationStatus, String(decoding: text, as: UTF8.self), String(decoding: messages, as: UTF8.self)
        )
    }

    @Test("Metadata and choices are downloaded, and the same again")
    func downloads() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try await withEmulator(try EmulatorConfiguration(metadataFile: Fixture.contoso)) { url in
            let metadata = folder.appending(path: "metadata.xml").path
            let choices = folder.appending(path: "choices.json").path
            let arguments = [
                "--url", url.absoluteString, "--output", metadata, "--option-sets", choices, "--tables", "account",
                "--tables", "con*",
            ]
            let result = try await fetch(arguments)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("\(metadata): 8 entity types"))
            #expect(
                result.errors.hasPrefix("Downloading \(url.absoluteString)/api/data/v9.2/$metadata?annotations=true\n")
            )
            let text = try Data(contentsOf: URL(filePath: choices))
            let tables = try #require(try JSONSerialization.jsonObject(with: text) as? [[String: Any]])
            #expect(tables.compactMap { $0["LogicalName"] as? String } == ["account", "contact", "contoso_project"])
            let columns = try #require(tables[0]["Attributes"] as? [[String: Any]])
            let state = try #require(columns.first { $0["LogicalName"] as? String == "statecode" })
            #expect(state["@odata.type"] as? String == "#Microsoft.Dynamics.CRM.StateAttributeMetadata")
            #expect((state["OptionSet"] as? [String: Any])?["Options"] != nil)
            #expect(columns.contains { $0["SchemaName"] as? String == "Name" })

            _ = try await fetch(arguments)
            #expect(try Data(contentsOf: URL(filePath: choices)) == text)
        }
    }

    @Test("A document is compared with a live service")
    func comparison() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        configuration.requiredToken = "secret"
        let token = ["DATAVERSE_TOKEN": "secret"]
        try await withEmulator(configuration) { url in
            let metadata = folder.appending(path: "metadata.xml").path
            let fetched = try await fetch(["--url", url.absoluteString, "--output", metadata], environment: token)
            #expect(fetched.status == 0, "\(fetched.errors)")
            let arguments = ["diff", metadata, "--url", url.absoluteString, "--format", "json", "--fail-on", "any"]
            let same = try await run(arguments, environment: token)
            #expect(same.status == 0, "\(same.errors)")
            #expect(same.output.contains(#""changes":[]"#) || same.output.contains(#""changes": []"#))

            let text = try String(contentsOfFile: metadata, encoding: .utf8)
            let changed = text.replacing(#"Name="accountnumber""#, with: #"Name="accountnumber2""#)
            #expect(changed != text)
            try changed.write(toFile: metadata, atomically: true, encoding: .utf8)
            let different = try await run(arguments, environment: token)
            #expect(different.status == 1)
            #expect(different.output.contains("Microsoft.Dynamics.CRM.account/accountnumber2"))

            let refused = try await run(arguments)
            #expect(refused.status == 2)
            #expect(refused.errors.contains("401"))
        }
    }

    @Test("Tokens are sent, and what is refused is said")
    func refusals() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        configuration.requiredToken = "secret"
        try await withEmulator(configuration) { url in
            let metadata = folder.appending(path: "metadata.xml").path
            let arguments = ["--url", url.absoluteString, "--output", metadata]
            let refused = try await fetch(arguments)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("status 401"))
            #expect(refused.errors.contains("The access token is missing"))
            #expect(!FileManager.default.fileExists(atPath: metadata))
            let allowed = try await fetch(arguments, environment: ["DATAVERSE_TOKEN": "secret"])
            #expect(allowed.status == 0, "\(allowed.errors)")
            let unknown = try await fetch(
                arguments + ["--option-sets", folder.appending(path: "c.json").path, "--tables", "nope"],
                environment: ["DATAVERSE_TOKEN": "secret"]
            )
            #expect(unknown.status == 2)
            #expect(unknown.errors.contains("the service has no table 'nope'"))
        }
    }
}
