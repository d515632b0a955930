/// A diagram as a Mermaid `erDiagram`, version 10.5 of Mermaid or newer.
public struct MermaidDiagram: Sendable {
    /// What Mermaid draws unless it is told otherwise (its settings `maxEdges` and `maxTextSize`).
    public static let limits = (relations: 500, characters: 50_000)

    private let diagram: SchemaDiagram
    private let ids: [String: String]

    /// - Parameter diagram: What is drawn.
    public init(_ diagram: SchemaDiagram) {
        self.diagram = diagram
        var ids: [String: String] = [:]
        for (number, table) in diagram.tables.enumerated() {
            ids[table.id] = MermaidText.isPlain(table.name) ? table.name : "table-\(number + 1)"
        }
        self.ids = ids
    }

    /// The diagram, a line for each thing.
    public var text: String {
        var lines = ["erDiagram"]
        for table in diagram.tables { lines += self.lines(of: table) }
        for relation in diagram.relations {
            guard let from = ids[relation.from], let to = ids[relation.to] else { continue }
            lines.append("    \(from) \(MermaidDiagram.line(relation)) \(to) : \(MermaidText.quoted(relation.name))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of table: SchemaDiagram.Table) -> [String] {
        guard let id = ids[table.id] else { return [] }
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

/// Names in Mermaid, whose grammar has words of its own and no escapes.
///
/// Source: Mermaid's grammar of entity relationship diagrams, and its "Entity codes to escape characters".
enum MermaidText {
    /// What the grammar takes for something else where a name is expected.
    private static let words: Set<String> = [
        "erdiagram", "title", "acctitle", "accdescr", "direction", "style", "class", "classdef", "subgraph", "end",
        "one", "only", "zero", "many", "more", "to", "or", "optionally", "u", "o",
    ]

    /// Whether a name can stand for itself.
    static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, isLetter(first), !words.contains(name.lowercased()) else {
            return false
        }
        return name.unicodeScalars.allSatisfy(isWordCharacter)
    }

    /// A text in quotes; everything but letters, digits and some harmless marks is written as a code.
    static func quoted(_ text: String) -> String {
        guard !text.isEmpty else { return "\"#32;\"" }
        var quoted = ""
        for scalar in text.unicodeScalars {
            if isWordCharacter(scalar) || scalar == "-" || scalar == "." || isForeignLetter(scalar) {
                quoted.unicodeScalars.append(scalar)
            } else {
                quoted += "#\(scalar.properties.generalCategory == .control ? 0xFFFD : scalar.value);"
            }
        }
        return "\"\(quoted)\""
    }

    /// The type or name of a column, where only a word is allowed: other characters become underscores.
    static func word(_ name: String) -> String {
        var word = ""
        for scalar in name.unicodeScalars {
            let isBracket = !word.isEmpty && (scalar == "[" || scalar == "]")
            let isKept = isWordCharacter(scalar) || isForeignLetter(scalar) || isBracket
            word.unicodeScalars.append(isKept ? scalar : "_")
        }
        let first = word.unicodeScalars.first
        let isWord = first.map { isLetter($0) || isForeignLetter($0) } == true
        return isWord && !beginsWithRole(word) ? word : "_" + word
    }

    /// The words for the roles of columns are found wherever one stands alone.
    private static func beginsWithRole(_ word: String) -> Bool {
        guard ["PK", "FK", "UK"].contains(word.prefix(2).uppercased()) else { return false }
        return word.unicodeScalars.dropFirst(2).first.map(isWordCharacter) != true
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
    }

    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || ("0"..."9").contains(scalar)
    }

    private static func isForeignLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0xC0...0xD7FF).contains(scalar.value) && scalar.properties.isAlphabetic
    }
}
