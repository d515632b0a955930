import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import dataverse_gen

/// What a user reads first: help, completions and manual pages.
@Suite("Help of dataverse-gen", .enabled(if: Command.executable != nil, "dataverse-gen is not beside the tests"))
struct HelpTests {
    static let subcommands: [String] = DataverseGen.configuration.subcommands.map { $0._commandName }

    @Test("has examples and exit codes", arguments: subcommands)
    func sections(command: String) throws {
        let help = try Command.run([command, "--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("EXAMPLES\n"))
        #expect(help.output.contains("EXIT CODES\n"))
        // The line of the usage is as long as there are options.
        #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 120 || $0.hasPrefix("USAGE: ") })
    }

    @Test("The examples of the help can be run as they stand")
    func examples() throws {
        var count = 0
        for type in [DataverseGen.self as any ParsableCommand.Type] + DataverseGen.configuration.subcommands {
            let text = type.configuration.discussion.replacing(/\\\n\s*/, with: " ")
            for line in text.split(separator: "\n") where line.hasPrefix("  dataverse-gen ") {
                let words = line.trimmingPrefix("  dataverse-gen ").split(separator: " ").map {
                    String($0.replacing("'", with: ""))
                }
                guard !words.contains("--generate-completion-script") else { continue }
                #expect(throws: Never.self, "\(line)") { try DataverseGen.parseAsRoot(words) }
                count += 1
            }
        }
        #expect(count >= 15)
    }

    @Test("Completion scripts are written for each shell, with files and values", arguments: ["bash", "zsh", "fish"])
    func completionScripts(shell: String) throws {
        let script = try Command.run(["--generate-completion-script", shell])
        #expect(script.status == 0)
        for word in ["generate", "diagram", "mermaid", "xml", "closure"] { #expect(script.output.contains(word)) }
    }

    @Test("The names of tables are completed from the document on the command line")
    func completedNames() throws {
        let metadata = SourceFolder.root.appending(path: "Examples/Contoso/metadata.xml").path
        let names = TableNameCompletion.names(in: [
            "dataverse-gen", "generate", "--metadata", metadata, "--include", "",
        ])
        #expect(names.contains("account"))
        #expect(!names.contains("principal"))
        #expect(names == names.sorted())
        #expect(TableNameCompletion.names(in: ["dataverse-gen", "generate", "--metadata", "nowhere.xml"]) == [])
    }

    /// Manual pages are made from the same text as the help. After a change of it, write them anew:
    ///
    ///     DATAVERSE_UPDATE_SNAPSHOTS=1 swift test --filter HelpTests
    @Test("The manual pages in Documentation/man are those of this version")
    func manualPages() throws {
        let help = try Command.run(["--experimental-dump-help"])
        let pages = try ManualPage.pages(ofHelp: Data(help.output.utf8))
        #expect(pages.count == Self.subcommands.count + 1)
        #expect(try ManualPage.differences(from: pages, ofCommand: "dataverse-gen") == [])
    }

    @Test("--version is that of the package")
    func version() throws {
        let result = try Command.run(["--version"])
        #expect(result.status == 0)
        #expect(result.output == "\(DataverseGen.configuration.version)\n")
    }

    @Test("What is wrong with the arguments is said as what is wrong with files")
    func usage() throws {
        let result = try Command.run(
            ["generate", "--metdata", "metadata.xml"],
            environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": ""]
        )
        #expect(result.status == 2)
        let text = "\u{1B}[1;31merror:\u{1B}[0m Unknown option '--metdata'. Did you mean '--metadata'?"
        #expect(result.errors.hasPrefix(text))
        #expect(
            try Command.run(["inspect"], environment: ["NO_COLOR": "1"]).errors.hasPrefix(
                "error: Missing expected argument"
            )
        )
    }

    @Test("A command that is mistyped is guessed")
    func mistyped() throws {
        #expect(try Command.run(["genrate"]).errors.contains("Did you mean 'dataverse-gen generate'?"))
        #expect(DataverseGen.suggestion(for: "diagrams") == "diagram")
        #expect(DataverseGen.suggestion(for: "generate") == nil)
        #expect(DataverseGen.suggestion(for: "--help") == nil)
        #expect(DataverseGen.suggestion(for: "xyz") == nil)
    }

    @Test("Colours are shown on terminals, unless NO_COLOR says no or CLICOLOR_FORCE says always")
    func colors() {
        func areShown(_ isTerminal: Bool, _ environment: [String: String]) -> Bool {
            TerminalColors.areShown(isTerminal: isTerminal, environment: environment)
        }
        #expect(areShown(true, ["TERM": "xterm"]))
        #expect(!areShown(false, ["TERM": "xterm"]))
        #expect(!areShown(true, ["NO_COLOR": "1"]))
        #expect(areShown(true, ["NO_COLOR": ""]))
        #expect(areShown(false, ["CLICOLOR_FORCE": "1"]))
        #expect(!areShown(false, ["CLICOLOR_FORCE": "0"]))
        #expect(!areShown(true, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]))
        #expect(!areShown(true, ["CLICOLOR": "0"]))
        #expect(!areShown(true, ["TERM": "dumb"]))
    }

    @Test("A message in colours has the same text")
    func coloredMessage() throws {
        let plain = try Command.run(["inspect", "--metadata", "nowhere.xml"], environment: ["NO_COLOR": "1"])
        let colored = try Command.run(
            ["inspect", "--metadata", "nowhere.xml"],
            environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": ""]
        )
        #expect(colored.errors.hasPrefix("\u{1B}[1mnowhere.xml: \u{1B}[0m\u{1B}[1;31merror:\u{1B}[0m there is no"))
        #expect(colored.errors.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.errors)
    }
}
