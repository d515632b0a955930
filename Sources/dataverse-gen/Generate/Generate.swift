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
            """
    )

    @OptionGroup(title: "What is read")
    var inputs: InputOptions

    @Option(name: .long, help: "The folder to write to.", completion: .directory)
    var output: String?

    @OptionGroup(title: "Selection")
    var selection: SelectionOptions

    @OptionGroup(title: "Style")
    var style: StyleOptions

    @Flag(name: .long, help: "Take warnings for errors: nothing is written where there is one, and the exit code is 1.")
    var strict = false

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("A file that the build-tool plugin has declared.", visibility: .hidden)
    )
    var plannedFile: [String] = []

    func run() throws {
        let settings = try settings()
        let (documents, readerDiagnostics) = try read(settings.metadata)
        do throws(GeneratorError) {
            let result = try BindingsGenerator(configuration: settings.generator).generate(documents)
            let diagnostics = readerDiagnostics + result.diagnostics
            Terminal.report(diagnostics)
            if settings.isStrict, let failure = strictFailure(diagnostics) { throw failure }
            let report = try OutputWriter(folder: settings.output).write(result.files)
            print(GenerateSummary(folder: settings.output, report: report).text)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Reads the documents; what makes one unusable is thrown, all other messages are returned.
    private func read(_ files: [String]) throws -> ([CSDLDocument], [Diagnostic]) {
        var documents: [CSDLDocument] = []
        var diagnostics: [Diagnostic] = []
        for file in files {
            do throws(Diagnostic) {
                let (document, found) = try CSDLReader().read(contentsOfFile: file)
                documents.append(document)
                diagnostics += found
            } catch {
                throw CommandFailure.badInput(error)
            }
        }
        guard !diagnostics.containsErrors else {
            throw CommandFailure(code: CommandFailure.failed, diagnostics: diagnostics)
        }
        return (documents, diagnostics)
    }

    /// What `--strict` makes of warnings.
    private func strictFailure(_ diagnostics: [Diagnostic]) -> GeneratorError? {
        let count = diagnostics.count { $0.severity == .warning }
        guard count > 0 else { return nil }
        let warnings = count == 1 ? "1 warning" : "\(count) warnings"
        return GeneratorError(.failed, [Diagnostic(.error, "\(warnings), and nothing is written because of --strict")])
    }
}

/// What was written, in one line.
struct GenerateSummary {
    let folder: String
    let report: OutputWriter.Report

    var text: String {
        var parts = ["\(report.written.count) written", "\(report.unchanged) unchanged"]
        if !report.removed.isEmpty { parts.append("\(report.removed.count) removed") }
        return "\(folder): \(parts.joined(separator: ", "))"
    }
}
