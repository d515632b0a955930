import BuiltInTemplates
import CSDL
import Foundation
import Testing

@testable import BindingsGenerator

@Suite("Templates")
struct TemplateTests {
    private func check(_ text: String, partials: [String: String] = [:]) -> [String] {
        let templates = [TemplateSource(name: "t", text: text)] + partials.map { TemplateSource(name: $0, text: $1) }
        return TemplateChecker(templates: templates, roots: [("t", TableContext.shape)]).check().map(\.description)
    }

    @Test func builtInTemplatesNameOnlyWhatTheyGet() throws {
        _ = try TemplateLibrary.builtIn()
    }

    @Test func unknownNamesHaveFileAndLine() {
        #expect(
            check("{{name}}\n  {{#colums}}{{/colums}}")
                == ["t.mustache:2:3: error: unknown name 'colums'; did you mean 'columns'?"]
        )
        #expect(
            check("{{#columns}}\n{{qqqqqqqq}}{{/columns}}").first?.hasPrefix("t.mustache:2:1: error: unknown name")
                == true
        )
        #expect(check("{{#columns}}{{access}} {{name}} {{#documentation}}{{.}}{{/documentation}}{{/columns}}") == [])
    }

    @Test func partialsAreCheckedWhereTheyAreUsed() {
        #expect(check("{{> other}}") == ["t.mustache:1:1: error: there is no template 'other'"])
        #expect(
            check("{{#columns}}{{> other}}{{/columns}}{{> other}}", partials: ["other": "{{body}}"])
                == ["other.mustache:1:1: error: unknown name 'body'; did you mean 'access'?"]
                || check("{{#columns}}{{> other}}{{/columns}}{{> other}}", partials: ["other": "{{body}}"]).count == 1
        )
        #expect(
            check("{{> other}}", partials: ["other": "{{> other}}"])
                == ["other.mustache:1:1: error: the template 'other' includes itself"]
        )
    }

    @Test func structureIsChecked() {
        #expect(check("{{#columns}}") == ["t.mustache:1:1: error: the section 'columns' does not end"])
        #expect(
            check("{{/columns}}") == [
                "t.mustache:1:1: error: the section 'columns' ends here but does not begin before"
            ]
        )
        #expect(
            check("{{accessors}}") == [
                "t.mustache:1:1: error: 'accessors' is not a text; use it as a section: {{#accessors}}"
            ]
        )
        #expect(check("a\n{{name") == ["t.mustache:2:1: error: '{{' without '}}'"])
        #expect(check("{{=<% %>=}}") == ["t.mustache:1:1: error: the tag '{{=<% %>=' is not supported"])
        #expect(check("{{! any thing }}{{% CONTENT_TYPE:TEXT}}{{{name}}}{{&name}}") == [])
    }

    @Test func everyNameIsDocumented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "Templates/README.md"), encoding: .utf8)
        var names: Set<String> = []
        func collect(_ shape: ContextShape) {
            for (name, member) in shape.members {
                names.insert(name)
                if case .contexts(let inner) = member { collect(inner()) }
            }
        }
        for root in TemplateLibrary.Root.allCases { collect(root.shape) }
        #expect(names.count > 50)
        for name in names { #expect(readme.contains("`\(name)`"), "\(name)") }
    }

    @Test func aFolderReplacesSingleTemplates() throws {
        let folder = try TemporaryFolder()
        func write(_ name: String, _ text: String) throws {
            try text.write(to: folder.url.appending(path: name), atomically: true, encoding: .utf8)
        }
        func texts() throws -> (String, [Diagnostic]) {
            let output = try generate("<EntityType Name=\"a\"/>") { $0.templatesFolder = folder.url.path }
            return (output.file("A.swift"), output.diagnostics)
        }
        func problems() -> [String] {
            do {
                _ = try texts()
                return []
            } catch {
                return ((error as? GeneratorError)?.diagnostics ?? []).map(\.description)
            }
        }
        #expect(problems() == ["\(folder.url.path): error: the folder has no *.mustache files"])
        try write("table.mustache", "{{% CONTENT_TYPE:TEXT}}\nstruct {{name}}Row {\n{{> own}}\n}\n")
        try write("own.mustache", "{{% CONTENT_TYPE:TEXT}}\n    // <{{logicalName}}>\n")
        try write("colums.mustache", "{{name}}")
        try write("README.md", "{{")
        let (text, diagnostics) = try texts()
        #expect(
            text == "struct ARow {\n    // <\"a\">\n\n}\n" || text == "struct ARow {\n    // <\"a\">\n}\n",
            "\(text)"
        )
        #expect(
            diagnostics.map(\.description) == [
                "\(folder.url.path)/colums.mustache: warning: no template inserts 'colums'; did you mean 'column'?"
            ]
        )
        try FileManager.default.removeItem(at: folder.url.appending(path: "colums.mustache"))
        try write("header.mustache", "{{% CONTENT_TYPE:TEXT}}\n// mine\n")
        #expect(
            try texts().1.map(\.message) == [
                "A.swift does not begin with '// Generated by dataverse-gen', as the template 'header' does; "
                    + "it stays in the folder when it is not generated any more"
            ]
        )
        try write("own.mustache", "\n {{logicalNam}}")
        #expect(
            problems() == [
                "\(folder.url.path)/own.mustache:2:2: error: unknown name 'logicalNam'; did you mean 'logicalName'?"
            ]
        )
        #expect(
            throws: GeneratorError.self,
            performing: { try TemplateLibrary.load(overriddenBy: folder.url.path + "/none") }
        )
    }

    @Test func theTemplateOfColumnsIsPutTogetherAsMustacheRendersIt() throws {
        let column = ColumnContext(
            documentation: "/// <a> & \"b\"\n        /// c",
            inlinableAccess: "@inlinable public ",
            name: "`class`",
            type: "Column<A, [String]>",
            body: "{ Column(\"class\") }"
        )
        let builtIn = try TemplateLibrary(
            templates: BuiltInTemplates.all.map { TemplateSource(name: $0, text: $1) },
            usesMustacheAlone: true
        ).column
        #expect(builtIn.isPlain)
        #expect(
            builtIn.declarations([column, column]).map { $0 + "\n" } == builtIn.rendered(column)
                + builtIn.rendered(column)
        )
        var templates = BuiltInTemplates.all
        templates["column"] = "{{% CONTENT_TYPE:TEXT}}\n{{#name}}let {{.}}{{/name}}\n"
        let own = try TemplateLibrary(templates: templates.map { TemplateSource(name: $0, text: $1) }).column
        #expect(!own.isPlain)
        #expect(own.declarations([column, column]) == "let `class`\nlet `class`")
    }

    @Test func contextsHaveTheMembersTheySay() throws {
        let (builder, tables) = try contextBuilder()
        var checked = 0
        func check(_ context: some TemplateContext) {
            for (name, member) in type(of: context).shape.members {
                let child = context.child(named: name)
                switch member {
                case .flag: #expect(child is Bool, "\(type(of: context)).\(name)")
                case .texts: #expect(child is [String], "\(type(of: context)).\(name)")
                case .text: #expect(child is String || isNil(child), "\(type(of: context)).\(name)")
                case .contexts: #expect(child is any Collection || child is any TemplateContext || isNil(child))
                }
                checked += 1
            }
            #expect(context.child(named: "no such member") == nil)
        }
        check(builder.tables(tables).context)
        for table in tables.map({ builder.table($0).context }) {
            check(table)
            table.alternateKeys.forEach(check)
            table.accessors.forEach(check)
            table.operations.forEach(check)
            table.operations.flatMap(\.parameters).forEach(check)
            if let key = table.compositeKey {
                check(key)
                key.parts.forEach(check)
            }
        }
        let complexTypes = builder.complexTypes().context
        check(complexTypes)
        complexTypes.types.forEach(check)
        let enumerations = builder.enumerations().context
        check(enumerations)
        enumerations.types.forEach(check)
        enumerations.types.flatMap(\.members).forEach(check)
        check(builder.operations().context)
        #expect(checked > 300)
    }

    private func isNil(_ value: Any?) -> Bool {
        guard let value else { return true }
        return Mirror(reflecting: value).displayStyle == .optional && Mirror(reflecting: value).children.isEmpty
    }

    private func contextBuilder() throws -> (ContextBuilder, [SchemaIndex.Declared<EntityType>]) {
        let text = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="Test" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">\(constructsOfEveryKind)
            </Schema></edmx:DataServices></edmx:Edmx>
            """
        let index = SchemaIndex([try CSDLReader().read(Array(text.utf8), name: "test.xml").document])
        var configuration = GeneratorConfiguration()
        configuration.accessLevel = .public
        configuration.header = "A header"
        let (schema, _) = try Selector(index: index, configuration: configuration).select()
        let builder = try ContextBuilder(
            schema: schema,
            names: TypeNames(schema, configuration: configuration),
            file: FileContext(sourceName: "test.xml", configuration: configuration),
            columnTemplate: TemplateLibrary.builtIn().column
        )
        return (builder, schema.entityTypes)
    }
}
