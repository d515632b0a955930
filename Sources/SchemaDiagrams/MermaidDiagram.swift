/// A diagram as a Mermaid `erDiagram`, version 10.5 of Mermaid or newer.
public struct MermaidDiagram: Sendable {
    /// What Mermaid draws unless it is told otherwise (its settings `maxEdges` and `maxTextSize`).
    public static let limits = (relations: 500, characters: 50_000)

    private let diagram: SchemaDiagram
    private let ids: TableIdentifiers

    /// - Parameter diagram: What is drawn.
    public init(_ diagram: SchemaDiagram) {
        self.diagram = diagram
        ids = TableIdentifiers(diagram.tables, isPlain: MermaidText.isPlain)
    }

    /// The diagram, a line for each thing.
    public var text: String {
        var lines = ["erDiagram"]
        for table in diagram.tables { lines += self.lines(of: table) }
        for (relation, from, to) in ids.ends(of: diagram.relations) {
            lines.append("    \(from) \(MermaidDiagram.line(relation)) \(to) : \(MermaidText.quoted(relation.name))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of table: SchemaDiagram.Table) -> [String] {
        let id = ids.name(of: table)
        let name = id == table.name ? id : "\(id)[\(MermaidText.quoted(table.name))]"
        guard !table.columns.isEmpty else { return ["    \(name)"] }
        let columns = table.columns.map { column in
            let word = MermaidText.word(column.name)
            var parts = [MermaidText.word(column.type), word]
            if !column.roles.isEmpty { parts.append(column.roles.map(\.rawValue).joined(separator: ", ")) }
            if word != column.name { parts.append(MermaidText.quoted(column.name)) }
            return "        " + parts.joined(separator: " ")
        }
        return ["    \(name) {"] + columns + ["    }"]
    }

    private static func line(_ relation: SchemaDiagram.Relation) -> String {
        let from =
            switch relation.fromCardinality {
            case .zeroOrOne: "|o"
            case .exactlyOne: "||"
            case .zeroOrMore: "}o"
            }
        let to =
            switch relation.toCardinality {
            case .zeroOrOne: "o|"
            case .exactlyOne: "||"
            case .zeroOrMore: "o{"
            }
        let isDashed = relation.kind == .oneOfSeveral || relation.kind == .inheritance
        return from + (isDashed ? ".." : "--") + to
    }
}
