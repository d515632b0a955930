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
    /// The templates of files that need no swift-mustache.
    private let direct: [Root: DirectTemplate]
    /// All templates, where some of them need it.
    private let mustache: MustacheLibrary

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
    /// - Parameters:
    ///   - templates: The templates.
    ///   - usesMustacheAlone: Whether swift-mustache renders all files, those that do not need it as well.
    /// - Throws: ``GeneratorError`` with file and line of everything a template names that it does not get.
    init(templates: [TemplateSource], usesMustacheAlone: Bool = false) throws(GeneratorError) {
        let templates = templates.sorted { $0.name < $1.name }
        let checker = TemplateChecker(templates: templates)
        let problems = checker.check()
        guard problems.isEmpty else { throw GeneratorError(.failed, problems) }
        diagnostics = checker.unused()
        let named = Dictionary(templates.map { ($0.name, $0) }) { $1 }
        var direct: [Root: DirectTemplate] = [:]
        if !usesMustacheAlone {
            for root in Root.allCases { direct[root] = DirectTemplate(root.rawValue, in: named) }
        }
        // Parsing takes a hundredth of a second. Templates of a user's may have mistakes that it finds.
        let needsMustache = direct.count < Root.allCases.count || !templates.allSatisfy(\.isBuiltIn)
        mustache = needsMustache ? try TemplateLibrary.parse(templates) : MustacheLibrary()
        column = ColumnTemplate(named[Root.column.rawValue], direct: direct[.column], library: mustache)
        self.direct = direct
    }

    private static func parse(_ templates: [TemplateSource]) throws(GeneratorError) -> MustacheLibrary {
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
        return library
    }

    /// The templates that need no swift-mustache.
    var directRoots: Set<Root> { Set(direct.keys) }

    /// The text that a template makes of a context.
    func render(_ context: some TemplateContext, with root: Root) -> String {
        direct[root]?.render(context) ?? mustache.render(context, withTemplate: root.rawValue) ?? ""
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
