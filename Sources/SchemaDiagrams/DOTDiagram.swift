/// A diagram in the language of graphviz.
public struct DOTDiagram: Sendable {
    private let diagram: SchemaDiagram
    private let ids: TableIdentifiers

    /// - Parameter diagram: What is drawn.
    public init(_ diagram: SchemaDiagram) {
        self.diagram = diagram
        ids = TableIdentifiers(diagram.tables, isPlain: DOTText.isPlain)
    }

    /// The diagram, a line for each thing.
    public var text: String {
        var lines = [
            "digraph schema {",
            "    graph [rankdir=LR, nodesep=0.4, ranksep=1.2]",
            "    node [shape=plain, fontname=\"Helvetica\", fontsize=11]",
            "    edge [dir=both, fontname=\"Helvetica\", fontsize=9, color=\"#555555\"]",
        ]
        for table in diagram.tables {
            lines.append("    \"\(ids.name(of: table))\" [label=<\(DOTDiagram.label(of: table))>]")
        }
        for (relation, from, to) in ids.ends(of: diagram.relations) {
            lines.append("    \"\(from)\" -> \"\(to)\" [\(DOTDiagram.attributes(of: relation))]")
        }
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func label(of table: SchemaDiagram.Table) -> String {
        let isBare = table.columns.isEmpty
        var rows = [
            "<tr><td bgcolor=\"#e8eef7\"\(isBare ? "" : " colspan=\"3\"")><b>\(DOTText.html(table.name))</b></td></tr>"
        ]
        for column in table.columns {
            let roles = column.roles.map(\.rawValue).joined(separator: " ")
            let cells = [roles, column.name, column.type].map { "<td align=\"left\">\(DOTText.html($0))</td>" }
            rows.append("<tr>\(cells.joined())</tr>")
        }
        return "<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"4\">\(rows.joined())</table>"
    }

    private static func attributes(of relation: SchemaDiagram.Relation) -> String {
        var attributes = ["label=<\(DOTText.html(relation.name))>"]
        if relation.kind == .inheritance {
            attributes += ["arrowtail=none", "arrowhead=onormal", "style=dotted"]
        } else {
            attributes += ["arrowtail=\(end(relation.fromCardinality))", "arrowhead=\(end(relation.toCardinality))"]
            if relation.kind == .oneOfSeveral { attributes.append("style=dashed") }
            if relation.kind == .containment { attributes.append("penwidth=2") }
        }
        return attributes.joined(separator: ", ")
    }

    private static func end(_ cardinality: SchemaDiagram.Cardinality) -> String {
        switch cardinality {
        case .zeroOrOne: "teeodot"
        case .exactlyOne: "teetee"
        case .zeroOrMore: "crowodot"
        }
    }
}
