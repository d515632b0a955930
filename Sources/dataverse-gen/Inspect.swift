import ArgumentParser
import CSDL

/// `dataverse-gen inspect`: what a document contains.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts what a metadata document contains.",
        discussion: """
            Elements inside comments do not count; 'properties' are those of entity and complex types.

            EXAMPLES
              dataverse-gen inspect --metadata metadata.xml
              dataverse-gen inspect --metadata metadata.xml --json

            EXIT CODES
              0  The document was read; there may have been warnings.
              1  The document contradicts itself; the counts are printed nevertheless.
              2  Bad input or usage.
            """
    )

    /// The ways to print the counts.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var input: MetadataOption

    @Option(name: .long, help: "How to print the counts: text or json.")
    var format = Format.text

    @Flag(name: .long, help: "The same as --format json.")
    var json = false

    func run() throws {
        let (document, diagnostics) = try input.read()
        let rows = document.counts.rows
        switch json ? .json : format {
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
