import BuiltInTemplates
import CSDL
import Mustache

/// The templates, checked and ready to render.
struct TemplateLibrary: Sendable {
    /// A template that is rendered by itself, with what it gets.
    enum Root: String, CaseIterable {
        case column
        case tables
        case complexTypes = "complex-types"
        case enumerations
        case operations

        var shape: ContextShape {
            switch self {
            case .column: ColumnContext.shape
            case .tables: TablesContext.shape
            case .complexTypes: ComplexTypesContext.shape
            case .enumerations: EnumerationsContext.shape
            case .operations: OperationsContext.shape
            }
        }
    }

    /// The template of one declaration, which is rendered more often than all others together.
    let column: ColumnTemplate
    /// What there is to say about templates that are right.
    let diagnostics: [Diagnostic]
    private let library: MustacheLibrary

    /// Loads the templates of the tool.
    static func builtIn() throws(GeneratorError) -> TemplateLibrary {
        try TemplateLibrary(templates: BuiltInTemplates.all.map { TemplateSource(name: $0, text: $1) })
    }

    /// Loads the templates of the tool, and those of a folder that replace them or are used by those that do.
    ///
    /// - Parameter folder: The folder with `*.mustache` files; `nil` for the built-in templates alone.
    /// - Throws: ``GeneratorError`` where the folder cannot be read or a template is wrong.
    static func load(overriddenBy folder: String?) throws(GeneratorError) -> TemplateLibrary {
        guard let folder else { return try builtIn() }
        let own = try TemplateFolder(path: folder).templates()
        let names = Set(own.map(\.name))
        let builtIn = BuiltInTemplates.all.filter { !names.contains($0.key) }
        return try TemplateLibrary(templates: builtIn.map { TemplateSource(name: $0, text: $1) } + own)
    }

    /// Checks and parses templates.
    ///
    /// - Throws: ``GeneratorError`` with file and line of everything a template names that it does not get.
    init(templates: [TemplateSource]) throws(GeneratorError) {
        let templates = templates.sorted { $0.name < $1.name }
        let checker = TemplateChecker(templates: templates)
        let problems = checker.check()
        guard problems.isEmpty else { throw GeneratorError(.failed, problems) }
        diagnostics = checker.unused()
        var library = MustacheLibrary()
        for template in templates {
            do {
                try library.register(template.text, named: template.name)
            } catch let error as MustacheTemplate.ParserError {
                let position = SourcePosition(line: error.context.lineNumber, column: error.context.columnNumber)
                throw GeneratorError(
                    .failed,
                    [Diagnostic(.error, "\(error.error)", file: template.file, position: position)]
                )
            } catch {
                throw GeneratorError(.failed, [Diagnostic(.error, "\(error)", file: template.file)])
            }
        }
        self.library = library
        column = ColumnTemplate(templates.first { $0.name == Root.column.rawValue }, library: library)
    }

    /// The text that a template makes of a context.
    func render(_ context: some TemplateContext, with root: Root) -> String {
        library.render(context, withTemplate: root.rawValue) ?? ""
    }
}

/// A template as it was written.
struct TemplateSource: Sendable {
    /// The name other templates use.
    let name: String
    let text: String
    /// The name of the file, for diagnostics.
    let file: String
    /// Whether the template is one of the tool's.
    let isBuiltIn: Bool

    init(name: String, text: String, file: String? = nil) {
        self.name = name
        self.text = text
        self.file = file ?? name + ".mustache"
        isBuiltIn = file == nil
    }
}
