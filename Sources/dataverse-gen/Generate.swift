import ArgumentParser
import BindingsGenerator
import CSDL
import Foundation

/// `dataverse-gen generate`: writes the bindings.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes Swift bindings for the tables of a service.",
        discussion: """
            One file is written for each table, and three for what tables share: ComplexTypes.swift, \
            Enumerations.swift and Operations.swift. Files whose text stays the same are not touched, and files of an \
            earlier run that are not needed any more are removed.

            EXAMPLES
              dataverse-gen generate --metadata metadata.xml --output Sources/App/Bindings \\
                --include account --include contact --include 'msdyn_*'
            """
    )

    @OptionGroup var input: MetadataOption

    @Option(name: .long, help: "The folder to write to.", completion: .directory)
    var output: String

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A table, type or operation to generate, by name or with * as a wildcard; everything if not given.",
            discussion: "A table brings the types of its columns and the operations bound to it.",
            valueName: "name"
        )
    )
    var include: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("A table, type or operation to leave out, even if it is included.", valueName: "name")
    )
    var exclude: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A JSON file with the options of choice columns; may be given again.",
            discussion: """
                Replies of the metadata API, for example of EntityDefinitions(LogicalName='account')/Attributes/\
                Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet.
                """,
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var optionSets: [String] = []

    @Option(name: .long, help: "The module the files will be part of; no type is given its name.")
    var module: String?

    @Option(name: .long, help: "The access level of everything: public, package or internal.")
    var access = GeneratorConfiguration.AccessLevel.internal

    @Option(
        name: .long,
        help: ArgumentHelp("The list that the build-tool plugin read when the build was planned.", visibility: .hidden)
    )
    var plannedWith: String?

    func run() throws {
        try checkPlan()
        let (document, readerDiagnostics) = try input.read()
        guard !readerDiagnostics.containsErrors else {
            throw CommandFailure(code: CommandFailure.failed, diagnostics: readerDiagnostics)
        }
        Terminal.report(readerDiagnostics)

        var configuration = GeneratorConfiguration()
        configuration.include = include
        configuration.exclude = exclude
        configuration.module = module
        configuration.optionSets = optionSets
        configuration.accessLevel = access
        do throws(GeneratorError) {
            let result = try BindingsGenerator(configuration: configuration).generate([document])
            Terminal.report(result.diagnostics)
            let report = try OutputWriter(folder: output).write(result.files)
            print(summary(of: report))
        } catch {
            let code = error.kind == .badInput ? CommandFailure.badInput : CommandFailure.failed
            throw CommandFailure(code: code, diagnostics: error.diagnostics)
        }
    }

    /// SwiftPM asks a plugin for its commands when a build is planned, and keeps the plan when only `dataverse-gen.yaml`
    /// changes. Generating what the old list says would be wrong silently.
    private func checkPlan() throws {
        guard let file = plannedWith else { return }
        let list: BindingsList
        do {
            list = try BindingsList(yaml: String(contentsOfFile: file, encoding: .utf8), file: file)
        } catch {
            Terminal.writeError("\(error)")
            throw CommandFailure(code: CommandFailure.badInput, diagnostics: [])
        }
        guard list.isWhatWasPlanned(names: include, access: access.rawValue) else {
            let message =
                "the list has changed, and SwiftPM has planned the build with the old one; "
                + "touch Package.swift and build again"
            throw CommandFailure(code: CommandFailure.failed, diagnostics: [Diagnostic(.error, message, file: file)])
        }
    }

    private func summary(of report: OutputWriter.Report) -> String {
        var parts = ["\(report.written.count) written", "\(report.unchanged) unchanged"]
        if !report.removed.isEmpty { parts.append("\(report.removed.count) removed") }
        return "\(output): \(parts.joined(separator: ", "))"
    }
}

extension GeneratorConfiguration.AccessLevel: ExpressibleByArgument {}
