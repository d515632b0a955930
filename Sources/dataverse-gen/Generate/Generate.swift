import ArgumentParser
import BindingsGenerator
import CSDL

/// `dataverse-gen generate`: writes the bindings.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes Swift bindings for the tables of a service.",
        discussion: """
            What to generate is said by options, by a file (dataverse-gen.yaml, see 'dataverse-gen init'), or by both: an \
            option replaces what the file says. The file of the current folder is read by itself. Paths in it are \
            relative to its folder.

            One file is written for each table, and three for what tables share: ComplexTypes.swift, \
            Enumerations.swift and Operations.swift. Files whose text stays the same are not touched, and files of an \
            earlier run that are not needed any more are removed.

            EXAMPLES
              dataverse-gen generate --metadata metadata.xml --output Sources/App/Bindings \\
                --include account --include contact --include 'msdyn_*'

              Some columns of a table, and the tables that it refers to with their keys:
              dataverse-gen generate --metadata metadata.xml --output Bindings \\
                --include account --include 'account.*name' --exclude account.yominame --closure keys

              What the file says, as a check of CI:
              dataverse-gen generate --config Sources/App/dataverse-gen.yaml --strict

            EXIT CODES
              0  The files are as they should be.
              1  An error in the metadata or a template, a warning with --strict, or a file cannot be written.
              2  Bad input or usage.
            """
    )

    @OptionGroup(title: "What is read")
    var inputs: InputOptions

    @Option(name: .long, help: "The folder to write to.", completion: .directory)
    var output: String?

    @OptionGroup(title: "Selection")
    var selection: PartOptions

    @OptionGroup(title: "Style")
    var style: StyleOptions

    @Flag(name: .long, help: "Take warnings for errors: nothing is written where there is one, and the exit code is 1.")
    var strict = false

    @Flag(name: .long, help: "Print what was written, and all messages, as JSON.")
    var json = false

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("A file that the build-tool plugin has declared.", visibility: .hidden)
    )
    var plannedFile: [String] = []

    func run() throws {
        let settings = try settings()
        let (documents, readerDiagnostics) = try SchemaOptions.read(settings.metadata)
        do throws(GeneratorError) {
            let result = try BindingsGenerator(configuration: settings.generator).generate(documents)
            let diagnostics = readerDiagnostics + result.diagnostics
            Terminal.report(diagnostics)
            if settings.isStrict, let failure = strictFailure(diagnostics) { throw failure }
            let report = try OutputWriter(folder: settings.output).write(result.files)
            try print(GenerateSummary(folder: settings.output, report: report, diagnostics: diagnostics))
        } catch {
            throw CommandFailure(error)
        }
    }

    private func print(_ summary: GenerateSummary) throws(GeneratorError) {
        guard json else { return Terminal.write(summary.text) }
        do {
            try Terminal.writeJSON(summary)
        } catch {
            throw GeneratorError(.failed, [Diagnostic(.error, "the summary cannot be written as JSON: \(error)")])
        }
    }

    /// What `--strict` makes of warnings.
    private func strictFailure(_ diagnostics: [Diagnostic]) -> GeneratorError? {
        let count = diagnostics.count { $0.severity == .warning }
        guard count > 0 else { return nil }
        let warnings = count == 1 ? "1 warning" : "\(count) warnings"
        return GeneratorError(.failed, [Diagnostic(.error, "\(warnings), and nothing is written because of --strict")])
    }
}
