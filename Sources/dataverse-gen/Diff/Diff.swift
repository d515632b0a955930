import ArgumentParser
import BindingsGenerator
import CSDL
import Foundation
import SchemaDiff

/// `dataverse-gen diff`: what has changed between two versions of a schema, and what it breaks.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares two versions of a schema and says what breaks.",
        discussion: """
            OLD is the schema that clients were made for, NEW the one that they are going to meet. Either is a CSDL XML \
            document or the URL of a live service; --url takes the place of NEW. Sign-in is that of 'fetch'.

            Every change has a rule with a severity: breaking, risky or safe. --list-rules prints the rules with their \
            reasons and examples. The order of elements and the aliases of namespaces do not matter.

            CONFIGURATION
              severities:
                - rule: enum-member-added
                  path: Microsoft.Dynamics.CRM.*
                  severity: safe
              accepted:
                - rule: property-removed
                  path: Microsoft.Dynamics.CRM.account/fax
                  reason: Nobody sends a fax.
                  expires: 2027-01-31

            EXIT CODES
              0  No change has the severity of --fail-on.
              1  At least one has.
              2  Bad input or usage: the schemas were not compared.

            EXAMPLES
              dataverse-gen diff old.xml new.xml
              dataverse-gen diff metadata.xml --url https://contoso.crm.dynamics.com --format markdown
              dataverse-gen diff old.xml new.xml --format html --output diff.html --sources Sources --fail-on risky
            """
    )

    /// The ways to print changes.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown, html
    }

    /// From which severity on the command fails.
    enum Threshold: String, ExpressibleByArgument, CaseIterable {
        case breaking, risky, any, never

        var severity: Severity? {
            switch self {
            case .breaking: .breaking
            case .risky: .risky
            case .any: .safe
            case .never: nil
            }
        }
    }

    @Argument(
        help: ArgumentHelp("The old schema: a CSDL XML document or a URL.", valueName: "old"),
        completion: .file(extensions: ["xml", "edmx", "csdl"])
    )
    var old: String?

    @Argument(
        help: ArgumentHelp("The new schema: a CSDL XML document or a URL.", valueName: "new"),
        completion: .file(extensions: ["xml", "edmx", "csdl"])
    )
    var new: String?

    @Option(name: .long, help: ArgumentHelp("The URL of a live service, in place of NEW.", valueName: "url"))
    var url: String?

    @Option(name: .long, help: ArgumentHelp("A command that prints an access token.", valueName: "command"))
    var tokenCommand: String?

    @Option(name: .long, help: "How to print: text, json, markdown or html; rules as text, json or markdown.")
    var format = Format.text

    @Flag(name: .long, help: "The same as --format json.")
    var json = false

    @Option(name: .long, help: "Fail when a change is at least: breaking, risky, any (of them) or never.")
    var failOn = Threshold.breaking

    @Option(name: .long, help: "A file to write to instead of standard output.", completion: .file())
    var output: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Severities and accepted changes, as YAML.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Choices of the old schema, as 'fetch --option-sets' writes them.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var optionSetsOld: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Choices of the new schema.", valueName: "file"),
        completion: .file(extensions: ["json"])
    )
    var optionSetsNew: String?

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A folder with Swift sources; the uses of changed symbols are listed.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var sources: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The configuration that the bindings are generated with, for the names of Swift symbols.",
            discussion: "\(ConfigurationFile.defaultName) in the current folder if not given.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var bindingsConfig: String?

    @Flag(name: .long, help: "Add places, definitions, renames, uses and accepted changes to JSON.")
    var details = false

    @Flag(name: .long, help: "Leave out the members of types and containers that came or went as a whole.")
    var withoutMembers = false

    @Flag(name: .long, help: "Print the rules instead of comparing.")
    var listRules = false

    private var printed: Format { json ? .json : format }

    func validate() throws {
        guard !json || format == .text || format == .json else {
            throw ValidationError("give --json or --format \(format.rawValue), not both")
        }
        if listRules {
            guard printed != .html else { throw ValidationError("rules are printed as text, json or markdown") }
            return
        }
        guard old != nil else { throw ValidationError("give the old and the new schema; see --help") }
        guard (new == nil) != (url == nil) else {
            throw ValidationError(
                new == nil
                    ? "give the new schema, or --url of a live service" : "give the new schema or --url, not both"
            )
        }
        guard (optionSetsOld == nil) == (optionSetsNew == nil) else {
            throw ValidationError(
                "choices are compared with choices; give both --option-sets-old and --option-sets-new"
            )
        }
    }

    func run() throws {
        if listRules {
            let listing = RuleListing()
            return try write(printed == .json ? listing.json : printed == .markdown ? listing.markdown : listing.text)
        }
        guard let old, let new = new ?? url else { throw ValidationError("give the old and the new schema") }
        let policy = try config.map { (path) throws(CommandFailure) in try DiffConfiguration.read(contentsOfFile: path)
        }
        let (oldDocument, newDocument) = try DiffInputs(tokenCommand: tokenCommand).read(old, new)
        let oldChoices = try optionSetsOld.map(ChoiceSetsFile.init)
        let newChoices = try optionSetsNew.map(ChoiceSetsFile.init)
        Terminal.report((oldChoices?.diagnostics ?? []) + (newChoices?.diagnostics ?? []))
        var result = DiffResult(
            old: SchemaVersion(oldDocument, choices: oldChoices?.sets),
            new: SchemaVersion(newDocument, choices: newChoices?.sets),
            policy: policy ?? DiffPolicy(),
            today: CalendarDate.today,
            withoutMembers: withoutMembers
        )
        Terminal.report(result.diagnostics)
        guard !result.diagnostics.containsErrors else {
            throw CommandFailure(code: CommandFailure.badInput, diagnostics: [])
        }
        try addImpact(to: &result, oldDocument, newDocument)
        try write(text(of: result))
        if let threshold = failOn.severity, result.reaches(threshold) {
            throw CommandFailure(code: CommandFailure.failed, diagnostics: [])
        }
    }

    /// Adds the Swift symbols that change, and who uses them.
    private func addImpact(to result: inout DiffResult, _ old: CSDLDocument, _ new: CSDLDocument) throws {
        guard !result.changes.isEmpty else { return }
        do throws(GeneratorError) {
            let configuration = try GeneratorConfiguration.read(bindingsConfig)
            // What was added has the names of the new schema, all else those of the old one.
            let questions = [
                (old, result.changes.filter { !$0.isAddition }), (new, result.changes.filter(\.isAddition)),
            ]
            let sides = questions.concurrentMap { document, changes in
                Result { () throws(GeneratorError) in
                    try GeneratorSymbols(document, configuration: configuration, changes: changes)
                }
            }
            result.addSymbols(old: try sides[0].get(), new: try sides[1].get())
        } catch {
            throw CommandFailure(code: CommandFailure.badInput, diagnostics: error.diagnostics)
        }
        let symbols = result.affectedSymbols
        let uses = try sources.flatMap { (folder) throws(CommandFailure) in
            try SwiftSources(folder: folder).uses(of: symbols)
        }
        result.addUses(uses)
    }

    private func text(of result: DiffResult) -> String {
        switch printed {
        case .text: TextReport(result, isColored: output == nil && Terminal.isColored).text
        case .json: JSONReport(result, hasDetails: details).text
        case .markdown: MarkdownReport(result).text
        case .html: HTMLReport(result).text
        }
    }

    private func write(_ text: String) throws {
        guard let output else {
            FileHandle.standardOutput.write(Data(text.utf8))
            return
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
        } catch {
            throw CommandFailure.badInput(
                Diagnostic(.error, "it cannot be written: \(error.localizedDescription)", file: output)
            )
        }
    }
}

extension CalendarDate {
    /// The day it is, in UTC.
    static var today: CalendarDate {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: Date())
        let date = CalendarDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
        return date ?? CalendarDate.endOfTime
    }

    /// A clock that is no use lets every acceptance expire.
    private static let endOfTime = CalendarDate(year: 9999, month: 12, day: 31) ?? today
}
