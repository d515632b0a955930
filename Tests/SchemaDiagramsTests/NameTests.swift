import Foundation
import SchemaDiagrams
import TestSupport
import Testing

/// Names that mean something to Mermaid, DOT or HTML, and names that no service has.
@Suite("Names in diagrams")
struct NameTests {
    static let hostile = [
        "style", "end", "one", "TO", "erDiagram", "classDef", "subgraph", "pk", "FK-a", "PK", "direction TB", "1st",
        "a b",
        "a\"b", "a#b;", "#35;", "a:b", "style:a#b", "%%x", "a\\", "\\\"", "a]b", "]{", "{x}", "ü", "日本", "a-b", "a.b",
        "~a~", "`x`", "<b>&</b>", "]]>", "--", "}o--o{", "\u{2028}", "u", "o", "node", "graph", "digraph", "\\N", "😀",
        "accTitle:", "a;b", "a|b", "'", "title", "more", "a\nb",
    ]

    static func schema(_ names: [String]) -> String {
        names.map { name in
            let escaped =
                name.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
                .replacing("\n", with: "&#10;")
            return """
                <EntityType Name="\(escaped)"><Key><PropertyRef Name="\(escaped)"/></Key>\
                <Property Name="\(escaped)" Type="Edm.Guid"/>\
                <NavigationProperty Name="to \(escaped)" Type="n.\(escaped)"/></EntityType>
                """
        }.joined()
    }

    /// Checks a diagram against the rules of Mermaid's lexer, of which the first one that fits is taken.
    static func problems(inMermaid text: String) -> [String] {
        let id = "[A-Za-z_][A-Za-z0-9_]*|table-[0-9]+"
        let quoted = #""[^"%\\:\s]+""#
        let relation = "    (?:\(id)) (?:[|}]o|\\|\\|)(?:--|\\.\\.)(?:o[|{]|\\|\\|) (?:\(id)) : \(quoted)"
        let start = "    (?:\(id))(?:\\[\(quoted)\\])?(?: \\{)?"
        let word = #"[A-Za-z_\u00C0-\uD7FF][A-Za-z0-9_\[\]\u00C0-\uD7FF]*"#
        let column = "        \(word) (\(word))(?: (?:PK|UK|FK)(?:, (?:PK|UK|FK))*)?(?: \(quoted))?"
        let rule = try? Regex("erDiagram|\(relation)|\(start)|\(column)|    \\}")
        let keyword = /^ +(erdiagram|title|style|class|classdef|subgraph|end|one|only|zero|many|to|u|o)\b[^-]/
            .ignoresCase()
        let role = /^ {8}\S+ (pk|fk|uk)\b/.ignoresCase()
        return text.split(separator: "\n").map(String.init).filter { line in
            guard let rule, (try? rule.wholeMatch(in: line)) != nil else { return true }
            return line.contains(keyword) || line.contains(role) || line.contains("direction ")
        }
    }

    @Test("Mermaid: whatever has a meaning is written as a code, and keywords are no names")
    func mermaid() throws {
        let drawn = try diagram(Self.schema(Self.hostile), columns: .all)
        #expect(drawn.tables.count == Self.hostile.count)
        #expect(drawn.relations.count == Self.hostile.count)
        let text = MermaidDiagram(drawn).text
        #expect(Self.problems(inMermaid: text) == [])
        #expect(text.contains("[\"a#34;b\"]"))
        #expect(text.contains("[\"#35;35#59;\"]"))
        #expect(!text.contains("Guid pk"))
    }

    @Test("The check of Mermaid finds what would be misread")
    func check() {
        for line in [
            "    style {", "    a b", "    a : b", "    a }o--o| b : \"x y\"", "    a[\"x:y\"]", "        Guid PK",
            "        Guid pk PK", "    a[\"100%\"]",
        ] {
            #expect(Self.problems(inMermaid: "erDiagram\n\(line)\n") == [line])
        }
        #expect(Self.problems(inMermaid: "erDiagram\n    styles {\n        Guid pkg PK, FK \"x\"\n    }\n") == [])
    }

    @Test("Mermaid: random names")
    func randomMermaid() throws {
        var generator = SeededGenerator(seed: 7)
        let characters = Array("aZ09_-.:;#\"'<>{}[]()|~%\\ /&üß日\u{85}😀PKFUto")
        for _ in 0..<50 {
            let names = (0..<10).map { _ in
                String(
                    (0..<Int.random(in: 1...8, using: &generator)).map { _ in
                        characters.randomElement(using: &generator)!
                    }
                )
            }
            let drawn = try diagram(Self.schema(Array(Set(names))), columns: .all)
            #expect(Self.problems(inMermaid: MermaidDiagram(drawn).text) == [])
        }
    }

    @Test("DOT: graphviz draws every name as it is", .enabled(if: Graphviz.isInstalled, "graphviz is not installed"))
    func dot() throws {
        let drawn = try diagram(Self.schema(Self.hostile), columns: .all)
        let (svg, errors) = try Graphviz.svg(DOTDiagram(drawn).text)
        #expect(errors == "")
        let texts = try Graphviz.texts(in: svg)
        for name in Self.hostile {
            let shown = name.replacing("\n", with: "\u{FFFD}")
            #expect(texts.contains(shown), "\(name) is not in the drawing")
            #expect(texts.contains("to \(shown)"))
        }
        #expect(svg.components(separatedBy: "class=\"edge\"").count == Self.hostile.count + 1)
    }
}
