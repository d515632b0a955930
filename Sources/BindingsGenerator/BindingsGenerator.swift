import CSDL

/// Writes Swift bindings from the metadata of a service.
///
/// The stages, each with its own type and folder:
///
///     documents ─▶ SchemaIndex ─▶ SelectedSchema ─▶ TypeNames ─▶ template contexts ─▶ GeneratedFile
///                                 Selection/        Naming/      ViewModels/          Rendering/, Output/
public struct BindingsGenerator: Sendable {
    /// The files, and what there is to say about them.
    public struct Output: Sendable {
        /// The files, sorted by name.
        public let files: [GeneratedFile]
        /// Notes and warnings.
        public let diagnostics: [Diagnostic]
    }

    private let configuration: GeneratorConfiguration
    private let templates: TemplateLibrary

    /// - Parameter configuration: What to generate and how.
    /// - Throws: ``GeneratorError`` where a template is wrong.
    public init(configuration: GeneratorConfiguration = GeneratorConfiguration()) throws(GeneratorError) {
        try self.init(configuration: configuration, TemplateLibrary.load(overriddenBy: configuration.templatesFolder))
    }

    init(configuration: GeneratorConfiguration, _ templates: TemplateLibrary) throws(GeneratorError) {
        try configuration.checkNames()
        self.configuration = configuration
        self.templates = templates
    }

    /// Generates the bindings of documents.
    ///
    /// - Parameter documents: The documents; what they have in common is looked up across all of them.
    /// - Returns: One file for each table, and the files of what tables share.
    /// - Throws: ``GeneratorError`` where the metadata contradicts itself, an inclusion names nothing, or a file with
    ///   option sets cannot be read.
    public func generate(_ documents: [CSDLDocument]) throws(GeneratorError) -> Output {
        let (optionSets, optionSetDiagnostics) = try OptionSetsReader.read(files: configuration.optionSets)
        return try generate(documents, optionSets: optionSets, optionSetDiagnostics)
    }

    func generate(
        _ documents: [CSDLDocument],
        optionSets: OptionSets,
        _ optionSetDiagnostics: [Diagnostic] = []
    ) throws(GeneratorError) -> Output {
        let index = SchemaIndex(documents)
        guard !index.diagnostics.containsErrors else { throw GeneratorError(.failed, index.diagnostics) }
        let (schema, selectionDiagnostics) = try Selector(index: index, configuration: configuration).select()
        let names = TypeNames(schema, configuration: configuration)
        let builder = ContextBuilder(
            schema: schema,
            names: names,
            file: fileContext(documents),
            columnTemplate: templates.column,
            optionSets: optionSets
        )
        let rendered = jobs(schema).concurrentMap { render($0, with: builder) }
        let diagnostics =
            templates.diagnostics + optionSetDiagnostics + index.diagnostics + index.unknownTypeDiagnostics
            + selectionDiagnostics + names.style.renames.diagnostics(index, optionSets)
            + names.columnTypes.diagnostics(index)
            + names.diagnostics + builder.diagnostics + rendered.flatMap(\.diagnostics)
        guard !diagnostics.containsErrors else {
            throw GeneratorError(.badInput, diagnostics.filter { $0.severity > .note })
        }
        let files = rendered.map(\.file).sorted { $0.name < $1.name }
        return Output(files: files, diagnostics: diagnostics + headerDiagnostics(files))
    }

    /// A warning where a template of the user's leaves out the line by which files of an earlier run are known.
    private func headerDiagnostics(_ files: [GeneratedFile]) -> [Diagnostic] {
        guard configuration.templatesFolder != nil,
            let file = files.first(where: { !$0.text.hasPrefix(GeneratedFile.marker) })
        else { return [] }
        let message =
            "\(file.name) does not begin with '\(GeneratedFile.marker)', as the template 'header' does; "
            + "it stays in the folder when it is not generated any more"
        return [Diagnostic(.warning, message, file: configuration.templatesFolder)]
    }

    private func fileContext(_ documents: [CSDLDocument]) -> FileContext {
        let names = documents.map { $0.sourceName.split(separator: "/").last.map(String.init) ?? $0.sourceName }
        let list = names.joined(separator: ", ").filter { !$0.isNewline }
        return FileContext(sourceName: list, configuration: configuration)
    }

    /// A file to be rendered.
    private enum Job: Sendable {
        case complexTypes, enumerations, operations
        case tables(FileLayout.File)
    }

    private func jobs(_ schema: SelectedSchema) -> [Job] {
        let tables = FileLayout(schema: schema, configuration: configuration).files.map(Job.tables)
        // The largest files come first, so that the processors end at the same time.
        return [.complexTypes, .operations, .enumerations] + tables
    }

    private func render(_ job: Job, with builder: ContextBuilder) -> (file: GeneratedFile, diagnostics: [Diagnostic]) {
        switch job {
        case .tables(let file): render(builder.tables(file.tables), .tables, file.name)
        case .complexTypes: render(builder.complexTypes(), .complexTypes, OutputFileNames.complexTypes)
        case .enumerations: render(builder.enumerations(), .enumerations, OutputFileNames.enumerations)
        case .operations: render(builder.operations(), .operations, OutputFileNames.operations)
        }
    }

    private func render(
        _ built: ContextBuilder.Built<some TemplateContext>,
        _ root: TemplateLibrary.Root,
        _ file: String
    ) -> (file: GeneratedFile, diagnostics: [Diagnostic]) {
        (GeneratedFile(name: file, text: templates.render(built.context, with: root)), built.diagnostics)
    }
}
