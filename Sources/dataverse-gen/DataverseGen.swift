import ArgumentParser
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
              1  The input was read, but the work failed: an error in the metadata or a template, a warning with --strict, or
                 the output cannot be written.
              2  Bad input or usage: no such file, not a CSDL XML document, an unknown name, key or option.
            """,
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
                if !text.isEmpty { Terminal.writeError(text) }
                exit(withError: CommandFailure.badInput)
            }
            exit(withError: error)
        }
    }
}

/// A command that could not do its work, with the messages that say why.
struct CommandFailure: Error {
    /// The input was read, but the work failed.
    static let failed = ExitCode(1)
    /// The input or the arguments are wrong.
    static let badInput = ExitCode(2)

    let code: ExitCode
    let diagnostics: [Diagnostic]

    /// The arguments or the input are wrong.
    static func badInput(_ diagnostics: Diagnostic...) -> CommandFailure {
        CommandFailure(code: badInput, diagnostics: diagnostics)
    }
}
