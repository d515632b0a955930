import CSDL
import Foundation
import TestSupport
import Testing

@testable import BindingsGenerator

/// What is generated compiles against the runtime, without a warning.
@Suite("Compiling the output", .serialized, .enabled(if: SwiftCompiler.modules != nil, "no modules beside the tests"))
struct CompiledOutputTests {
    private static let hasSharedFiles = SharedFiles.url("metadata") != nil

    @Test(
        "whole real documents",
        .enabled(if: hasSharedFiles, "DATAVERSE_SHARED has no metadata"),
        arguments: [
            ("trippin", GeneratorConfiguration.AccessLevel.public), ("northwind", .internal),
            ("dataverse-v9.1", .public),
        ]
    )
    func realDocuments(name: String, access: GeneratorConfiguration.AccessLevel) throws {
        let url = try #require(SharedFiles.url("metadata/\(name).xml"))
        let (document, diagnostics) = try CSDLReader().read(contentsOfFile: url.path)
        #expect(diagnostics == [])
        var configuration = GeneratorConfiguration()
        configuration.accessLevel = access
        let output = try BindingsGenerator(configuration: configuration).generate([document])
        #expect(!output.diagnostics.contains { $0.severity > .note })
        let tables = document.schemas.flatMap(\.entityTypes).count
        #expect(output.files.count == tables + OutputFileNames.shared.count)

        let outcome = try compile(output.files)
        let lines = output.files.map { $0.text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) }.reduce(0, +)
        print(
            """
            \(name): \(tables) tables, \(lines) lines compiled in \(outcome.wallSeconds.formatted(1)) s \
            (\(outcome.cpuSeconds.formatted(1)) s of CPU), \(outcome.peakMegabytes) MB in the largest compiler process
            """
        )
    }

    @Test("a selection, with everything it refers to pruned", .enabled(if: hasSharedFiles, "no shared metadata"))
    func selections() throws {
        let url = try #require(SharedFiles.url("metadata/dataverse-v9.1.xml"))
        let (document, _) = try CSDLReader().read(contentsOfFile: url.path)
        var configuration = GeneratorConfiguration()
        configuration.include = [
            "account", "contact", "systemuser", "activityparty", "AddPrincipalToQueue", "Retrieve*",
        ]
        configuration.exclude = ["RetrieveEntity*", "*Metadata", "EntityMetadata"]
        configuration.accessLevel = .package
        let output = try BindingsGenerator(configuration: configuration).generate([document])
        _ = try compile(output.files, extraArguments: ["-package-name", "test"])
    }

    @Test("odd names, all kinds of keys, all primitive types, overloads")
    func constructs() throws {
        _ = try compile(generate(constructsOfEveryKind) { $0.accessLevel = .public }.files)
        _ = try compile(generate(constructsOfEveryKind, namespace: "Ünïcode.名前").files)
    }

    @discardableResult
    private func compile(_ files: [GeneratedFile], extraArguments: [String] = []) throws -> SwiftCompiler.Outcome {
        let folder = try TemporaryFolder()
        let sources = folder.url.appending(path: "sources")
        _ = try OutputWriter(folder: sources.path).write(files)
        let outcome = try SwiftCompiler.compile(
            files.map { sources.appending(path: $0.name) },
            module: "Generated",
            in: folder.url,
            extraArguments: extraArguments
        )
        #expect(outcome.status == 0)
        #expect(outcome.messages == "")
        return outcome
    }
}

extension Double {
    fileprivate func formatted(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
