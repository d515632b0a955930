import BuiltInTemplates
import CSDL
import Mustache
import TestSupport
import Testing

@testable import BindingsGenerator

/// What is rendered without swift-mustache is what swift-mustache renders, byte for byte.
@Suite("Templates that need no swift-mustache")
struct DirectTemplateTests {
    private struct Row: TemplateContext {
        var name: String?
        var rows: [Row] = []
        var lines: [String] = []
        var isOpen = false

        static let shape = ContextShape(["name": .text, "rows": list, "lines": .texts, "isOpen": .flag])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "name": .text(self.name)
            case "rows": .contexts(rows)
            case "lines": .texts(lines)
            case "isOpen": .flag(isOpen)
            default: nil
            }
        }
    }

    private static let row = Row(
        name: "<a> & \"b\"",
        rows: [
            Row(name: "one", lines: ["x", "y", "z"], isOpen: true),
            Row(rows: [Row(name: "inner"), Row()]),
            Row(name: "", lines: ["<&>"]),
        ],
        isOpen: true
    )

    private func sources(_ text: String, _ partials: [String: String]) -> [String: TemplateSource] {
        var sources = [
            "t": TemplateSource(name: "t", text: "{{% CONTENT_TYPE:TEXT}}\n" + text)
        ]
        for (name, text) in partials { sources[name] = TemplateSource(name: name, text: text) }
        return sources
    }

    private static let plain: [String] = [
        "{{name}}, {{{name}}}, {{&name}}\n",
        "{{#rows}}\n- {{name}}\n{{/rows}}\n",
        "{{#rows}}{{^first()}}, {{/first()}}{{name}}{{#last()}}.{{/last()}}{{/rows}}\n",
        "{{#rows}}\n{{#isOpen}}\n{{^last()}}\n  not last\n{{/last()}}\n{{/isOpen}}\n{{/rows}}\n",
        "{{#rows}}{{#lines}}[{{.}}{{^last()}};{{/last()}}]{{/lines}}{{^lines}}none{{#last()}}!{{/last()}}{{/lines}}{{/rows}}\n",
        "{{#rows}}{{#name}}<{{.}}{{name}}>{{#first()}}first{{/first()}}{{/name}}{{^name}}-{{/name}}{{/rows}}",
        "{{#rows}}{{#rows}}{{name}}{{#isOpen}}open{{/isOpen}};{{/rows}}{{^rows}}{{^first()}}.{{/first()}}{{/rows}}{{/rows}}\n",
        "{{#rows}}\n{{> p}}\n{{/rows}}\n",
        "a {{> p}} b\n",
        "  {{name}}\n\n\n\t{{^isOpen}}x{{/isOpen}}y\n",
        "{{#isOpen}}\n\n{{/isOpen}}\nend\n",
    ]

    @Test(arguments: plain)
    func rendersLikeMustache(text: String) throws {
        let partials = ["p": "{{% CONTENT_TYPE:TEXT}}\n<{{name}}{{#first()}} first{{/first()}}>\n"]
        let sources = sources(text, partials)
        let direct = try #require(DirectTemplate("t", in: sources))
        #expect(try direct.render(Self.row) == mustache(sources))
    }

    @Test(arguments: [
        "  {{#rows}}\nx\n  {{/rows}}\n", "  {{> p}}\n", "{{> p}}", "x\r\n", "{{! comment }}\n{{name}}", "{{> html}}\n",
        "{{#rows}} \nx\n{{/rows}}\n",
    ])
    func whatIsNotPlainIsLeftToMustache(text: String) throws {
        let partials = ["p": "{{% CONTENT_TYPE:TEXT}}\n{{name}}\n", "html": "{{name}}\n"]
        #expect(DirectTemplate("t", in: sources(text, partials)) == nil)
    }

    private func mustache(_ sources: [String: TemplateSource]) throws -> String {
        var library = MustacheLibrary()
        for source in sources.values { try library.register(source.text, named: source.name) }
        return try #require(library.render(Self.row, withTemplate: "t"))
    }

    @Test func allBuiltInTemplatesArePlain() throws {
        #expect(try TemplateLibrary.builtIn().directRoots == Set(TemplateLibrary.Root.allCases))
    }

    @Test func aTemplateOfTheUsersThatIsNotPlainIsRenderedByMustache() throws {
        var templates = BuiltInTemplates.all
        templates["choice"]?.append("{{! end }}\n")
        let library = try TemplateLibrary(templates: templates.map { TemplateSource(name: $0, text: $1) })
        #expect(library.directRoots == [.column, .complexTypes, .operations])
    }

    @Test(
        "real documents",
        .enabled(if: SharedFiles.url("metadata") != nil, "DATAVERSE_SHARED has no metadata"),
        arguments: ["trippin", "northwind", "dataverse-v9.1"]
    )
    func realDocuments(name: String) throws {
        let url = try #require(SharedFiles.url("metadata/\(name).xml"))
        try expectSameFiles([CSDLReader().read(contentsOfFile: url.path).document])
    }

    @Test func constructsOfEveryKindAndTheirChoices() throws {
        let text = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="Test" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">\(constructsOfEveryKind)
            </Schema></edmx:DataServices></edmx:Edmx>
            """
        try expectSameFiles([CSDLReader().read(Array(text.utf8), name: "test.xml").document])
    }

    private func expectSameFiles(_ documents: [CSDLDocument]) throws {
        var configuration = GeneratorConfiguration()
        configuration.accessLevel = .public
        configuration.header = "One line\nand another"
        configuration.imports = ["Foundation", "Other"]
        func files(usesMustacheAlone: Bool) throws -> [GeneratedFile] {
            let templates = BuiltInTemplates.all.map { TemplateSource(name: $0, text: $1) }
            let library = try TemplateLibrary(templates: templates, usesMustacheAlone: usesMustacheAlone)
            #expect(library.directRoots.isEmpty == usesMustacheAlone)
            return try BindingsGenerator(configuration: configuration, library).generate(documents).files
        }
        let direct = try files(usesMustacheAlone: false)
        let mustache = try files(usesMustacheAlone: true)
        #expect(direct.count > 3)
        #expect(direct.map(\.name) == mustache.map(\.name))
        for (file, expected) in zip(direct, mustache) where file.text != expected.text {
            Issue.record("\(file.name) differs")
        }
    }
}
