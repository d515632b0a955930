import ArgumentParser
import BindingsGenerator
import CSDL
import Foundation
import SchemaDiagrams

/// `dataverse-gen diagram`: draws tables and their relations.
struct Diagram: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draws the selected tables and the relations between them.",
        discussion: """
            Tables are selected as by 'generate', by options or by \(ConfigurationFile.defaultName). A lookup is drawn \
            from the table that has it. A lookup of several tables is a dashed line to each of them, and a line that says \
            'inherits' leads to the table that another one inherits from. PK marks the key, UK alternate keys, FK the values \
            of lookups.

            SVG is drawn by graphviz, which has to be installed.

            EXAMPLES
              dataverse-gen diagram --metadata metadata.xml --include account --include contact
              dataverse-gen diagram --metadata metadata.xml --include 'contoso_*' --closure keys --output schema.md
              dataverse-gen diagram --metadata metadata.xml --exclude '*.createdby' --columns all --output schema.svg

            EXIT CODES
              0  The diagram was written.
              1  An error in the metadata, or the diagram cannot be drawn or written.
              2  Bad input or usage.
            """
    )

    /// The languages of diagrams.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case mermaid, markdown, dot, svg

        /// The format of a file by its name.
        init?(file: String) {
            switch URL(filePath: file).pathExtension.lowercased() {
            case "mmd", "mermaid": self = .mermaid
            case "md", "markdown": self = .markdown
            case "dot", "gv": self = .dot
            case "svg": self = .svg
            default: return nil
            }
        }
    }

    @OptionGroup(title: "What is read")
    var inputs: SchemaOptions

    @OptionGroup(title: "Selection")
    var selection: SelectionOptions

    @Option(name: .long, help: "The columns that are drawn: none, keys (with lookups) or all.")
    var columns = SchemaDiagram.Columns.keys

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The language: mermaid, markdown (with a block of Mermaid), dot or svg. (default: that of the output's name, "
                + "or mermaid)",
            valueName: "format"
        )
    )
    var format: Format?

    @Option(
        name: .long,
        help: ArgumentHelp("A file to write to instead of standard output.", valueName: "file"),
        completion: .file(extensions: ["mmd", "md", "dot", "gv", "svg"])
    )
    var output: String?

    func run() throws {
        let file = try inputs.configurationFile()
        let (documents, diagnostics) = try SchemaOptions.read(try inputs.documents(file, to: "draw"))
        var configuration = file?.generator ?? GeneratorConfiguration()
        selection.apply(to: &configuration)
        let tables: SelectedTables
        do throws(GeneratorError) {
            tables = try SelectedTables(documents, configuration: configuration)
        } catch {
            throw CommandFailure(error)
        }
        Terminal.report(diagnostics + tables.diagnostics)
        try write(try text(of: SchemaDiagram(tables, columns: columns)))
    }

    private func text(of diagram: SchemaDiagram) throws(CommandFailure) -> String {
        switch format ?? output.flatMap(Format.init(file:)) ?? .mermaid {
        case .mermaid: return mermaid(diagram)
        case .markdown: return "```mermaid\n\(mermaid(diagram))```\n"
        case .dot: return DOTDiagram(diagram).text
        case .svg: return try Graphviz.svg(DOTDiagram(diagram).text)
        }
    }

    private func mermaid(_ diagram: SchemaDiagram) -> String {
        let text = MermaidDiagram(diagram).text
        let limits = MermaidDiagram.limits
        if diagram.relations.count > limits.relations || text.count > limits.characters {
            let message =
                "\(diagram.relations.count) relations in \(text.count) characters: Mermaid draws no more than "
                + "\(limits.relations) in \(limits.characters) unless its maxEdges and maxTextSize are set; select fewer "
                + "tables, leave out columns such as --exclude '*.createdby', or use --format svg"
            Terminal.report([Diagnostic(.warning, message)])
        }
        return text
    }

    private func write(_ text: String) throws(CommandFailure) {
        guard let output else { return Terminal.write(text) }
        try OutputFile.write(Data(text.utf8), to: output)
        print("\(output): written")
    }
}

extension SchemaDiagram.Columns: ExpressibleByArgument {}
