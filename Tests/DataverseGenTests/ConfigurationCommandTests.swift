import Foundation
import TestSupport
import Testing

/// `dataverse-gen init`, and `generate` with a configuration, as a user runs them.
@Suite(
    "dataverse-gen with a configuration",
    .enabled(if: Command.executable != nil, "dataverse-gen is not beside the tests")
)
struct ConfigurationCommandTests {
    private let folder: URL
    private var configuration: String { folder.appending(path: "dataverse-gen.yaml").path }
    private var metadata: String { folder.appending(path: "metadata.xml").path }
    private var output: String { folder.appending(path: "out").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "dataverse-gen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(
            "metadata.xml",
            """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="Test" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            <EntityType Name="account"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/>
            <Property Name="accountnumber" Type="Edm.String"/></EntityType>
            <EntityType Name="contact"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/></EntityType>
            </Schema></edmx:DataServices></edmx:Edmx>
            """
        )
    }

    private func write(_ name: String, _ text: String) throws {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    private func generate(_ arguments: String...) throws -> Command.Result {
        try Command.run(["generate", "--config", configuration] + arguments, in: folder)
    }

    private func files(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    @Test func theFileOfTheCurrentFolderIsRead() throws {
        try write("dataverse-gen.yaml", "metadata: metadata.xml\noutput: out\ninclude: [account]\naccess: public\n")
        let result = try Command.run(["generate"], in: folder)
        #expect(result.errors == "")
        #expect(result.output == "out: 4 written, 0 unchanged\n" || result.output == "./out: 4 written, 0 unchanged\n")
        #expect(
            try String(contentsOfFile: output + "/Account.swift", encoding: .utf8).contains("public struct Account")
        )
        let without = try Command.run(
            ["generate", "--no-config", "--metadata", metadata, "--output", output],
            in: folder
        )
        #expect(without.output == "\(output): 2 written, 3 unchanged\n")
    }

    @Test func optionsReplaceWhatTheFileSays() throws {
        try write("dataverse-gen.yaml", "metadata: nowhere.xml\noutput: elsewhere\ninclude: [account]\nclosure: full\n")
        let result = try generate(
            "--metadata",
            metadata,
            "--output",
            output,
            "--include",
            "contact",
            "--closure",
            "none",
            "--emit",
            "structs",
            "--shards",
            "2"
        )
        #expect(result.errors == "")
        #expect(
            try files(output)
                == ["ComplexTypes.swift", "Enumerations.swift", "Operations.swift", "Tables-1.swift", "Tables-2.swift"]
        )
        let text = try String(contentsOfFile: output + "/Tables-2.swift", encoding: .utf8)
        #expect(text.contains("struct Contact") || text.contains("There are no tables"))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "elsewhere").path))
    }

    @Test func whatIsWrongWithTheFileHasItsPlace() throws {
        try write("dataverse-gen.yaml", "metadata: metadata.xml\noutput: out\nexlude: [account]\naccess: open\n")
        let result = try generate()
        #expect(result.status == 2)
        #expect(
            result.errors == """
                \(configuration):3:1: error: unknown key 'exlude'; did you mean 'exclude'?
                \(configuration):4:9: error: expected one of public, package, internal, found 'open'

                """
        )
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func unknownNamesHaveThePlaceInTheFile() throws {
        try write("dataverse-gen.yaml", "metadata: metadata.xml\noutput: out\ninclude:\n  - acount\n")
        let result = try generate()
        #expect(result.status == 2)
        #expect(
            result.errors == "\(configuration):4:5: error: 'acount': the metadata has no table, type or operation of "
                + "that name; did you mean 'account'?\n"
        )
    }

    @Test func whatIsMissingIsSaid() throws {
        let nothing = try Command.run(["generate"], in: folder)
        #expect(nothing.status == 2)
        #expect(
            nothing.errors == "error: the document to generate from is missing: give --metadata, or 'metadata' in "
                + "dataverse-gen.yaml; dataverse-gen init writes a configuration to start with, and --help has examples\n"
        )
        try write("dataverse-gen.yaml", "metadata: metadata.xml\n")
        #expect(
            try generate().errors == "\(configuration): error: the folder to write to is missing: give --output, or "
                + "'output' in dataverse-gen.yaml\n"
        )
        let missing = try Command.run(["generate", "--config", "nowhere.yaml"], in: folder)
        #expect(missing.status == 2)
        #expect(missing.errors == "nowhere.yaml: error: there is no such file; dataverse-gen init writes one\n")
    }

    @Test func strictFailsOnWarningsAndWritesNothing() throws {
        try write(
            "dataverse-gen.yaml",
            "metadata: metadata.xml\noutput: out\nexclude: [nothing1, nothing2]\nstrict: true\n"
        )
        let result = try generate()
        #expect(result.status == 1)
        let lines = result.errors.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("\(configuration):3:11: warning: 'nothing1'") == true)
        #expect(lines.last == "error: 2 warnings, and nothing is written because of --strict")
        #expect(!FileManager.default.fileExists(atPath: output))
        try write("dataverse-gen.yaml", "metadata: metadata.xml\noutput: out\nexclude: [nothing1]\n")
        #expect(try generate().status == 0)
        #expect(try generate("--strict").status == 1)
        #expect(try generate("--strict", "--exclude", "contact").status == 0)
    }

    @Test func templatesAndWords() throws {
        try FileManager.default.createDirectory(at: folder.appending(path: "T"), withIntermediateDirectories: true)
        try write("T/table.mustache", "{{% CONTENT_TYPE:TEXT}}\n// {{nam}}\n")
        try write("dataverse-gen.yaml", "metadata: metadata.xml\noutput: out\ntemplates: T\n")
        let wrong = try generate()
        #expect(wrong.status == 1)
        #expect(
            wrong.errors == "\(folder.path)/T/table.mustache:2:4: error: unknown name 'nam'; did you mean 'name'?\n"
        )
        try write("names.json", #"[{"LogicalName":"accountnumber","SchemaName":"AccountNumber"}]"#)
        let result = try Command.run(
            ["generate", "--metadata", metadata, "--output", output, "--no-config", "--schema-names", "names.json"],
            in: folder
        )
        #expect(result.errors == "")
        #expect(try String(contentsOfFile: output + "/Account.swift", encoding: .utf8).contains("var accountNumber:"))
    }

    @Test func severalDocuments() throws {
        try write(
            "more.xml",
            try String(contentsOfFile: metadata, encoding: .utf8).replacing(
                "Namespace=\"Test\"",
                with: "Namespace=\"More\""
            )
        )
        let more = folder.appending(path: "more.xml").path
        let result = try Command.run(
            ["generate", "--metadata", metadata, "--metadata", more, "--output", output],
            in: folder
        )
        #expect(result.status == 0)
        #expect(result.errors.contains("note: 'Test.account' is named TestAccount, because Account is already taken"))
        #expect(try files(output).count == 7)
        let twice = try Command.run(
            ["generate", "--metadata", metadata, "--metadata", metadata, "--output", output],
            in: folder
        )
        #expect(twice.status == 1)
        #expect(twice.errors.contains("the schema 'Test' is declared a second time; the first is at \(metadata):2:1"))
    }

    @Test func twoRunsGiveTheSameBytesAndMessages() throws {
        let document = SharedFiles.url("metadata/dataverse-v9.1.xml")?.path ?? metadata
        try write(
            "dataverse-gen.yaml",
            """
            metadata: '\(document)'
            include: ['account*', 'contact*', '*.*name', '*.*id']
            exclude: ['*.yomi*', nothing]
            closure: full
            shards: 7
            names:
              stripPrefixes: [msdyn_, account]
              words: [account, contact, name, number, id, primary]
              types: { account: Customer }
              columns: { '*.name': title, account.nam: x }
            """
        )
        var results: [(texts: [String: Data], errors: String)] = []
        for number in 0..<3 {
            let out = folder.appending(path: "run\(number)").path
            let result = try generate("--output", out)
            #expect(result.status == 0)
            let texts = try files(out).map { ($0, try #require(FileManager.default.contents(atPath: out + "/" + $0))) }
            results.append((Dictionary(uniqueKeysWithValues: texts), result.errors))
        }
        for result in results.dropFirst() {
            #expect(result.texts == results[0].texts)
            #expect(result.errors == results[0].errors)
        }
        #expect(results[0].texts.count == 10)
        #expect(results[0].errors.contains("warning: the metadata has no column 'account.nam' to rename"))
    }

    @Test func initWritesAFileThatGenerateReads() throws {
        let result = try Command.run(["init", "--output", "out", "--metadata", "metadata.xml"], in: folder)
        #expect(result.status == 0)
        #expect(try files(folder.path) == ["dataverse-gen.schema.json", "dataverse-gen.yaml", "metadata.xml"])
        #expect(
            try String(contentsOfFile: configuration, encoding: .utf8)
                .hasPrefix("# yaml-language-server: $schema=dataverse-gen.schema.json\n")
        )
        #expect(try Command.run(["generate", "--strict"], in: folder).status == 0)
        let again = try Command.run(["init"], in: folder)
        #expect(again.status == 2)
        #expect(again.errors.contains("dataverse-gen.yaml: error: there is one already; --force replaces it\n"))
        #expect(try Command.run(["init", "--force", "--schema", "https://x.org/s.json"], in: folder).status == 0)
        #expect(try Command.run(["init", "new/folder"], in: folder).status == 0)
    }

    @Test func helpHasExamples() throws {
        for command in ["generate", "init"] {
            #expect(try Command.run([command, "--help"], in: folder).output.contains("EXAMPLES"))
        }
    }
}
