import ArgumentParser
import BindingsGenerator
import TestSupport
import Testing

@testable import dataverse_gen

/// What the pages tell people to type and to write into files is understood.
@Suite("Commands and files in the documentation")
struct DocumentedCommandTests {
    /// A command on a page, without what the shell does with it.
    struct Documented: CustomTestStringConvertible, Sendable {
        let page: String
        let words: [String]

        var testDescription: String { "\(page): dataverse-gen \(words.joined(separator: " "))" }
    }

    /// Lines that begin with the command, in code. Lists of commands have two spaces before what each does, and figures a colon
    /// behind it.
    private static let commands = DocumentationPages.paths.flatMap { page -> [Documented] in
        guard let text = try? DocumentationPages.text(of: page) else { return [] }
        let joined = text.replacing(/\\\n\s*/, with: "")
        return joined.split(separator: "\n").compactMap { line in
            let command = line.trimmingPrefix(while: { $0 == " " }).prefix { !">|&#".contains($0) }
            guard command.hasPrefix("dataverse-gen "), !command.contains("…") else { return nil }
            let words = command.dropFirst("dataverse-gen ".count)
            guard words.firstRange(of: /\w {2,}\w/) == nil, !words.contains("--generate-"), !words.contains(": ") else {
                return nil
            }
            let unquoted = words.filter { $0 != "'" && $0 != "\"" }
            return Documented(page: page, words: unquoted.split(separator: " ").map(String.init))
        }
    }

    @Test("commands", arguments: commands)
    func command(_ documented: Documented) {
        #expect(throws: Never.self) { try DataverseGen.parseAsRoot(documented.words) }
    }

    @Test("there are commands on many pages")
    func pages() {
        #expect(Self.commands.count >= 15)
        #expect(Set(Self.commands.map(\.page)).count >= 8)
    }

    @Test("keys of dataverse-gen.yaml")
    func configurations() throws {
        let pages = DocumentationPages.paths.filter {
            $0 == "Documentation/Configuration.md" || $0.contains("BindingsGenerator.docc")
        }
        var count = 0
        for page in pages {
            for yaml in DocumentationPages.blocks(of: page, language: "yaml") {
                #expect(throws: Never.self, "\(page): \(yaml)") { try ConfigurationFile.read(yaml: yaml, path: page) }
                count += 1
            }
        }
        #expect(count >= 6)
        #expect(throws: (any Error).self) { try ConfigurationFile.read(yaml: "inclde: [account]", path: "wrong.yaml") }
    }

    @Test("keys of the configuration of a comparison")
    func policies() throws {
        var count = 0
        for page in DocumentationPages.paths {
            for yaml in DocumentationPages.blocks(of: page, language: "yaml") where yaml.contains("accepted:") {
                #expect(throws: Never.self, "\(page): \(yaml)") { try DiffConfiguration.read(yaml: yaml, path: page) }
                count += 1
            }
        }
        #expect(count >= 2)
    }
}
