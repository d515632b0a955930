import ArgumentParser
import BindingsGenerator
import CSDL

/// `dataverse-gen`: reads the metadata of a service and writes Swift.
@main
struct DataverseGen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataverse-gen",
        abstract: "Writes typed Swift bindings for Microsoft Dataverse and any OData v4 service.",
        discussion: """
            EXAMPLES
              dataverse-gen fetch --url https://contoso.crm.dynamics.com --output metadata.xml
              dataverse-gen generate --metadata metadata.xml --output Sources/App/Bindings --include account
              dataverse-gen diagram --metadata metadata.xml --include account --output schema.svg
              dataverse-gen diff old.xml metadata.xml

              Completions for bash, zsh or fish:
              dataverse-gen --generate-completion-script zsh

            EXIT CODES
              0  Done; there may have been notes and warnings.
              1  The input was read, but the work failed: an error in the metadata or a
                 template, a warning with --strict, or a file that cannot be written.
              2  Bad input or usage: no such file, no CSDL XML document, an unknown name,
                 key or option.
            """,
        version: "0.1.0",
        subcommands: [Init.self, Fetch.self, Generate.self, Inspect.self, Diagram.self, Diff.self]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            Terminal.report(failure.diagnostics)
            exit(withError: failure.code)
        } catch {
            let text = fullMessage(for: error)
            guard exitCode(for: error) == .success else {
                if !text.isEmpty { Terminal.reportUsage(text) }
                if let meant = suggestion(for: CommandLine.arguments.dropFirst().first) {
                    Terminal.writeError("  Did you mean 'dataverse-gen \(meant)'?")
                }
                exit(withError: CommandFailure.badInput)
            }
            exit(withError: error)
        }
    }
}

extension DataverseGen {
    /// The subcommand that someone meant who wrote a word that is none.
    static func suggestion(for word: String?) -> String? {
        let names: [String] = configuration.subcommands.map { $0._commandName }
        guard let word, !word.hasPrefix("-"), !(names + ["help"]).contains(word) else { return nil }
        return NearMatches.of(word, in: names).first
    }
}
