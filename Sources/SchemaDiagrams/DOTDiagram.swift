/// A diagram in the language of graphviz.
public struct DOTDiagram: Sendable {
    private let diagram: SchemaDiagram
    private let ids: [String: String]

    /// - Parameter diagram: What is drawn.
    public init(_ diagram: SchemaDiagram) {
        self.diagram = diagram
        var ids: [String: String] = [:]
        for (number, table) in diagram.tables.enumerated() {
            ids[table.id] = DOTText.isPlain(table.name) ? table.name : "table-\(number + 1)"
        }
        self.ids = ids
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
            guard let id = ids[table.id] else { continue }
            lines.append("    \"\(id)\" [label=<\(DOTDiagram.label(of: table))>]")
        }
        for relation in diagram.relations {
            guard let from = ids[relation.from], let to = ids[relation.to] else { continue }
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

/// Names in DOT.
///
/// Source: Graphviz, "DOT Language" and "Node Shapes", HTML-like labels.
enum DOTText {
    /// Whether a name can stand between quotes as it is.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// A text in an HTML-like label.
    static func html(_ text: String) -> String {
        var html = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            // What follows a single backslash may be an escape, as in \N, the name of the table.
            case "\\": html += "\\\\"
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case _ where scalar.properties.generalCategory == .control: html += "\u{FFFD}"
            default: html.unicodeScalars.append(scalar)
            }
        }
        return html.isEmpty ? " " : html
    }
}
