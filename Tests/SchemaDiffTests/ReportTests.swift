import CSDL
import Foundation
import SchemaDiff
import Testing

@Suite("Reports")
struct ReportTests {
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onload='x", "a`b``c", "@everyone",
        "[x](http://e)",
        "x\u{202E}y", "| a | b |", "&lt;", "--><!--", "]]>", "</style></script>", "漢字 é",
    ]

    /// A removed property for each name, as the CSDL reader would hand it over.
    private static func result(_ names: [String], policy: DiffPolicy = DiffPolicy()) throws -> DiffResult {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
        }
        let properties = names.map { #"<Property Name="\#(escaped($0))" Type="Edm.String"/>"# }.joined(separator: "\n")
        return DiffResult(
            old: SchemaVersion(
                try Documents.read(
                    Documents.schema(#"<EntityType Name="Order">\#(properties)</EntityType>"#),
                    name: "<old>.xml"
                )
            ),
            new: SchemaVersion(try Documents.read(Documents.schema(#"<EntityType Name="Order"/>"#), name: "new.xml")),
            policy: policy,
            today: Documents.today
        )
    }

    private struct Page: Decodable {
        struct Summary: Decodable, Equatable {
            let breaking, risky, safe: Int
        }

        struct Change: Decodable {
            let rule, severity, path, message: String
            let before, after: String?
            let swift: [String]
        }

        let summary: Summary
        let changes: [Change]
    }

    @Test("JSON has exactly the members it is documented to have")
    func jsonShape() throws {
        let result = try Self.result(["name"])
        let text = JSONReport(result).text
        #expect(
            text == """
                {"summary":{"breaking":1,"risky":0,"safe":0},
                "changes":[
                {"rule":"property-removed","severity":"breaking","path":"Sales.Order/name","before":"Edm.String",\
                "after":null,"message":"the property 'name' was removed","swift":[]}]}

                """
        )
        let object = try JSONSerialization.jsonObject(with: Data(JSONReport(result, hasDetails: true).text.utf8))
        let keys = try #require(object as? [String: Any]).keys.sorted()
        #expect(keys == ["accepted", "bump", "changes", "renames", "summary"])
    }

    @Test("JSON holds any name")
    func jsonEscapes() throws {
        let result = try Self.result(Self.hostile)
        let page = try JSONDecoder().decode(Page.self, from: Data(JSONReport(result).text.utf8))
        #expect(Set(page.changes.map(\.path)) == Set(Self.hostile.map { "Sales.Order/\($0)" }))
        #expect(page.summary == Page.Summary(breaking: Self.hostile.count, risky: 0, safe: 0))
        _ = try JSONSerialization.jsonObject(with: Data(JSONReport(result, hasDetails: true).text.utf8))
    }

    @Test("HTML takes names for text, whatever they are")
    func htmlEscapes() throws {
        let html = HTMLReport(try Self.result(Self.hostile)).text
        #expect(html.matches(of: /<script/).count == 1)
        #expect(html.matches(of: /<\/script>/).count == 1)
        #expect(html.matches(of: /<\/style>/).count == 1)
        #expect(!html.contains("<img"))
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(!html.contains("\u{202E}"))
        // Every attribute value is closed where it should be: no tag of the page has a quote left over.
        for tag in html.split(separator: "<script>")[0].matches(of: /<[a-zA-Z][^>]*>/) {
            #expect(tag.output.filter { $0 == "\"" }.count % 2 == 0, "\(tag.output)")
            #expect(!tag.output.contains(/\son[a-z]+=/), "\(tag.output)")
        }
    }

    @Test("HTML loads nothing from elsewhere and its tags are balanced")
    func htmlStructure() throws {
        var policy = DiffPolicy()
        policy.acceptances = [
            .init(rule: PathPattern("*"), path: PathPattern("*/b"), reason: "<b>", expires: CalendarDate("2027-01-01"))
        ]
        let html = HTMLReport(try Self.result(["a", "b"], policy: policy)).text
        #expect(html.matches(of: /(src|href)="(?!#)/).isEmpty)
        #expect(!html.contains("http://") && !html.contains("https://"))
        var open: [Substring] = []
        let void: Set<Substring> = ["meta", "input", "br"]
        for tag in html.matches(of: /<(\/?)([a-z][a-z0-9]*)(?=[\s>])/) where !void.contains(tag.2) {
            if tag.1.isEmpty {
                open.append(tag.2)
            } else {
                #expect(open.popLast() == tag.2)
            }
        }
        #expect(open == [])
        let ids = html.matches(of: /\sid="([^"]+)"/).map(\.1)
        #expect(Set(ids).count == ids.count)
    }

    @Test("Markdown keeps to its length and says what it left out")
    func markdownLength() throws {
        let names = (0..<5000).map { "a_property_with_a_long_name_\($0)" }
        let markdown = MarkdownReport(try Self.result(names)).text
        #expect(markdown.count <= MarkdownReport.defaultLimit)
        #expect(markdown.contains("more lines"))
        #expect(markdown.matches(of: /<details/).count == markdown.matches(of: /<\/details>/).count)
        #expect(markdown.contains("| 🔴 breaking | 5000 |"))
    }

    @Test("Markdown takes names for text")
    func markdownEscapes() throws {
        let markdown = MarkdownReport(try Self.result(Self.hostile)).text
        // Code spans first: what is in them is text for every reader of Markdown.
        let text = markdown.replacing(/(`+) ?.+? ?\1(?!`)/, with: "")
        #expect(!text.contains("<script") && !text.contains("<img") && !text.contains("@everyone"))
        #expect(!text.contains("](http"))
    }

    @Test("Text for a terminal has no control characters, and colours only where asked")
    func textEscapes() throws {
        let result = try Self.result(["a\u{9B}31m", "x\u{202E}y"])
        let plain = TextReport(result).text
        #expect(
            plain.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)) }
        )
        #expect(!plain.contains("\u{202E}"))
        #expect(TextReport(result, isColored: true).text.contains("\u{1B}[1;31mbreaking"))
    }

    @Test("Counts come last")
    func counts() throws {
        let text = TextReport(try Self.result(["a", "b"])).text
        #expect(text.hasSuffix("2 breaking, 0 risky and 0 safe changes. They call for a major version.\n"))
        let nothing = DiffResult(
            old: SchemaVersion(try Documents.read(Documents.schema(""))),
            new: SchemaVersion(try Documents.read(Documents.schema(""))),
            today: Documents.today
        )
        #expect(TextReport(nothing).text == "No changes.\n")
        #expect(JSONReport(nothing).text.hasPrefix(#"{"summary":{"breaking":0,"risky":0,"safe":0},"#))
    }

    @Test("The members of what was removed as a whole are counted, or left out")
    func members() throws {
        func result(withoutMembers: Bool) throws -> DiffResult {
            DiffResult(
                old: SchemaVersion(
                    try Documents.read(
                        Documents.schema(
                            #"<EntityType Name="Order"><Property Name="a" Type="Edm.String"/></EntityType>"#
                        )
                    )
                ),
                new: SchemaVersion(try Documents.read(Documents.schema(""))),
                today: Documents.today,
                withoutMembers: withoutMembers
            )
        }
        #expect(try result(withoutMembers: false).summary.breaking == 2)
        #expect(TextReport(try result(withoutMembers: false)).text.contains("  with 1 member\n"))
        #expect(try result(withoutMembers: true).summary.breaking == 1)
    }

    @Test("The page of rules has them all")
    func rulePage() {
        let page = RuleListing().markdown
        for rule in RuleCatalog.all { #expect(page.contains("\n### `\(rule.id)`\n")) }
        #expect(page.split(separator: "\n### ").count == RuleCatalog.all.count + 1)
    }

    @Test("The documentation has the page that the command prints")
    func documentation() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Documentation/DiffRules.md").standardizedFileURL
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(
            page == RuleListing().markdown,
            "run: dataverse-gen diff --list-rules --format markdown --output \(file.path)"
        )
    }
}

extension Rule: CustomTestStringConvertible {
    public var testDescription: String { id }
}
