import Foundation
import TestSupport
import Testing

/// `dataverse-gen diagram` as a user runs it. What is drawn is tested in SchemaDiagramsTests.
@Suite("dataverse-gen diagram", .enabled(if: Command.executable != nil, "dataverse-gen is not beside the tests"))
struct DiagramCommandTests {
    private let metadata = SourceFolder.root.appending(path: "Examples/Contoso/metadata.xml").path

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "diagram-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// After a change that is meant: `DATAVERSE_UPDATE_SNAPSHOTS=1 swift test --filter DiagramCommandTests`.
    @Test("The diagram of the documentation is what its command writes")
    func documentation() throws {
        let page = SourceFolder.root.appending(path: "Documentation/Diagrams.md")
        var text = try String(contentsOf: page, encoding: .utf8)
        let command = try #require(text.firstMatch(of: /\n    dataverse-gen (diagram (?:.*\\\n)*.*)\n/)?.output.1)
        let words = command.replacing("\\\n", with: " ").split(whereSeparator: \.isWhitespace).map {
            String($0.replacing("'", with: ""))
        }
        let drawn = try Command.run(words, in: SourceFolder.root)
        #expect(drawn.errors == "")
        let block = try #require(text.firstRange(of: /```mermaid\n(?s:.*?)```\n/))
        if ProcessInfo.processInfo.environment["DATAVERSE_UPDATE_SNAPSHOTS"] != nil {
            text.replaceSubrange(block, with: drawn.output)
            try text.write(to: page, atomically: true, encoding: .utf8)
        }
        let current = try String(contentsOf: page, encoding: .utf8)
        #expect(current.contains(drawn.output), "the page shows another diagram; see the comment of this test")
    }

    @Test("The format is that of the file, or the one that is asked for")
    func formats() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let base = ["diagram", "--no-config", "--metadata", metadata, "--include", "account", "--include", "contact"]
        let mermaid = try Command.run(base).output
        #expect(mermaid.hasPrefix("erDiagram\n"))
        for (name, beginning) in [("a.mmd", "erDiagram\n"), ("a.md", "```mermaid\n"), ("a.gv", "digraph schema {\n")] {
            let file = folder.appending(path: name)
            let result = try Command.run(base + ["--output", file.path])
            #expect(result.output == "\(file.path): written\n")
            #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix(beginning))
        }
        #expect(try Command.run(base + ["--format", "dot"]).output.hasPrefix("digraph schema {\n"))
        #expect(try Command.run(base + ["--columns", "none"]).output.contains("\n    account\n"))
    }

    @Test("Graphviz draws SVG; where it is missing the message says so")
    func svg() throws {
        let arguments = ["diagram", "--no-config", "--metadata", metadata, "--include", "account", "--format", "svg"]
        let missing = try Command.run(arguments, environment: ["PATH": "/nowhere"])
        #expect(missing.status == 1)
        #expect(missing.errors.contains("apt-get install graphviz"))
        #expect(missing.output == "")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/dot") else { return }
        let drawn = try Command.run(arguments)
        #expect(drawn.status == 0)
        #expect(drawn.output.contains("<svg"))
        #expect(drawn.output.contains(">account</text>"))
    }

    @Test("The selection is that of the configuration, and options replace it")
    func configuration() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let yaml = "metadata: \(metadata)\ninclude: [contact]\n"
        try yaml.write(to: folder.appending(path: "dataverse-gen.yaml"), atomically: true, encoding: .utf8)
        #expect(
            try Command.run(["diagram", "--columns", "none"], in: folder).output.hasPrefix("erDiagram\n    contact\n")
        )
        let account = try Command.run(["diagram", "--columns", "none", "--include", "account"], in: folder)
        #expect(account.output.hasPrefix("erDiagram\n    account\n"))
        let wrong = try Command.run(["diagram", "--include", "acount"], in: folder)
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("did you mean 'account'"))
        #expect(try Command.run(["diagram", "--no-config"], in: folder).errors.contains("give --metadata"))
    }

    private static let largeMetadata = SharedFiles.url("metadata/dataverse-v9.1.xml")

    @Test(
        "What Mermaid does not draw by itself is said, and real schemas are drawn the same every time",
        .enabled(if: largeMetadata != nil, "the metadata of Dataverse is not there; see DATAVERSE_SHARED")
    )
    func large() throws {
        let url = try #require(Self.largeMetadata)
        let first = try Command.run(["diagram", "--no-config", "--metadata", url.path])
        let second = try Command.run(["diagram", "--no-config", "--metadata", url.path])
        #expect(first.status == 0)
        #expect(first.errors.contains("Mermaid draws no more than 500"))
        #expect(first.output == second.output)
        #expect(first.output.contains("\n    account }o--o| transactioncurrency : \"transactioncurrencyid\"\n"))
    }
}
