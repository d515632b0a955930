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
        self.configuration = configuration
        templates = try TemplateLibrary.builtIn()
    }

    /// Generates the bindings of documents.
    ///
    /// - Parameter documents: The documents; what they have in common is looked up across all of them.
    /// - Returns: One file for each table, and the files of what tables share.
    /// - Throws: ``GeneratorError`` where the metadata contradicts itself or an inclusion names nothing.
    public func generate(_ documents: [CSDLDocument]) throws(GeneratorError) -> Output {
        let index = SchemaIndex(documents)
        guard !index.diagnostics.containsErrors else { throw GeneratorError(.failed, index.diagnostics) }
        let (schema, selectionDiagnostics) = try Selector(index: index, configuration: configuration).select()
        let names = TypeNames(schema, configuration: configuration)
        let contexts = ContextBuilder(
            schema: schema,
            names: names,
            file: fileContext(documents)
        ).contexts()
        return Output(
            files: render(contexts),
            diagnostics: index.diagnostics + selectionDiagnostics + names.diagnostics + contexts.diagnostics
        )
    }

    private func fileContext(_ documents: [CSDLDocument]) -> FileContext {
        let names = documents.map { $0.sourceName.split(separator: "/").last.map(String.init) ?? $0.sourceName }
        let list = names.joined(separator: ", ").filter { !$0.isNewline }
        return FileContext(sourceName: list, accessLevel: configuration.accessLevel)
    }

    private func render(_ contexts: ContextBuilder.Contexts) -> [GeneratedFile] {
        var files = contexts.tables.map { GeneratedFile(name: $0.file, text: templates.render($0.table, with: .table)) }
        files.append(
            GeneratedFile(
                name: OutputFileNames.complexTypes,
                text: templates.render(contexts.complexTypes, with: .complexTypes)
            )
        )
        files.append(
            GeneratedFile(
                name: OutputFileNames.enumerations,
                text: templates.render(contexts.enumerations, with: .enumerations)
            )
        )
        files.append(
            GeneratedFile(
                name: OutputFileNames.operations,
                text: templates.render(contexts.operations, with: .operations)
            )
        )
        return files.sorted { $0.name < $1.name }
    }
}
