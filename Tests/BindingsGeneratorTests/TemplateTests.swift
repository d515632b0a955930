import CSDL
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
            check("{{columns}}") == [
                "t.mustache:1:1: error: 'columns' is not a text; use it as a section: {{#columns}}"
            ]
        )
        #expect(check("a\n{{name") == ["t.mustache:2:1: error: '{{' without '}}'"])
        #expect(check("{{=<% %>=}}") == ["t.mustache:1:1: error: the tag '{{=<% %>=' is not supported"])
        #expect(check("{{! any thing }}{{% CONTENT_TYPE:TEXT}}{{{name}}}{{&name}}") == [])
    }

    @Test func contextsHaveTheMembersTheySay() throws {
        let output = try contexts()
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
        for (_, table) in output.tables {
            check(table)
            table.columns.forEach(check)
            table.alternateKeys.forEach(check)
            table.accessors.forEach(check)
            table.operations.forEach(check)
            table.operations.flatMap(\.parameters).forEach(check)
            if let key = table.compositeKey {
                check(key)
                key.parts.forEach(check)
            }
        }
        check(output.complexTypes)
        output.complexTypes.types.forEach(check)
        check(output.enumerations)
        output.enumerations.types.forEach(check)
        output.enumerations.types.flatMap(\.members).forEach(check)
        check(output.operations)
        #expect(checked > 300)
    }

    private func isNil(_ value: Any?) -> Bool {
        guard let value else { return true }
        return Mirror(reflecting: value).displayStyle == .optional && Mirror(reflecting: value).children.isEmpty
    }

    private func contexts() throws -> ContextBuilder.Contexts {
        let text = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="Test" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">\(constructsOfEveryKind)
            </Schema></edmx:DataServices></edmx:Edmx>
            """
        let index = SchemaIndex([try CSDLReader().read(Array(text.utf8), name: "test.xml").document])
        let configuration = GeneratorConfiguration()
        let (schema, _) = try Selector(index: index, configuration: configuration).select()
        return ContextBuilder(
            schema: schema,
            names: TypeNames(schema, configuration: configuration),
            file: FileContext(sourceName: "test.xml", accessLevel: .public)
        ).contexts()
    }
}
