import ArgumentParser
import CSDL

/// `dataverse-gen inspect`: what a document contains.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts what a metadata document contains.",
        discussion: "Elements inside comments do not count; 'properties' are those of entity and complex types."
    )

    /// The ways to print the counts.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var input: MetadataOption

    @Option(name: .long, help: "How to print the counts: text or json.")
    var format = Format.text

    func run() throws {
        let (document, diagnostics) = try input.read()
        let rows = document.counts.rows
        switch format {
        case .json:
            let members = rows.map { "  \"\($0.name)\": \($0.count)" }
            print("{\n\(members.joined(separator: ",\n"))\n}")
        case .text:
            let width = rows.map { String($0.count).count }.max() ?? 0
            for row in rows {
                let count = String(row.count)
                print(String(repeating: " ", count: width - count.count) + "\(count)  \(row.name)")
            }
        }
        Terminal.report(diagnostics)
        if diagnostics.containsErrors { throw CommandFailure(code: CommandFailure.failed, diagnostics: []) }
    }
}
