import BindingsGenerator
import CSDL
import Foundation

/// What `generate` does: its options, and what the configuration says where there is no option.
struct GenerateSettings {
    let metadata: [String]
    let output: String
    let isStrict: Bool
    let generator: GeneratorConfiguration
}

extension Generate {
    /// The options over the configuration.
    func settings() throws -> GenerateSettings {
        let file = try configurationFile()
        let metadata = inputs.metadata.isEmpty ? file?.metadata ?? [] : inputs.metadata
        guard !metadata.isEmpty else { throw missing("metadata", "the document to generate from", file) }
        guard let output = output ?? file?.output else { throw missing("output", "the folder to write to", file) }
        var generator = file?.generator ?? GeneratorConfiguration()
        if !selection.include.isEmpty { generator.include = selection.include.map { Located($0) } }
        if !selection.exclude.isEmpty { generator.exclude = selection.exclude.map { Located($0) } }
        if let closure = selection.closure { generator.closure = closure }
        if !selection.emit.isEmpty { generator.parts = Set(selection.emit) }
        if let module = style.module { generator.module = module }
        if let access = style.access { generator.accessLevel = access }
        if !style.stripPrefix.isEmpty { generator.naming.stripPrefixes = style.stripPrefix }
        if !style.import.isEmpty { generator.imports = style.import }
        if let shards = style.shards { generator.shards = shards }
        if !inputs.optionSets.isEmpty { generator.optionSets = inputs.optionSets }
        if let templates = inputs.templates { generator.templatesFolder = templates }
        if !plannedFile.isEmpty { generator.plan = OutputPlan(files: plannedFile, tables: file?.tables ?? []) }
        let schemaNames = inputs.schemaNames.isEmpty ? file?.schemaNames ?? [] : inputs.schemaNames
        do throws(GeneratorError) {
            let names = try SchemaNames(contentsOfFiles: schemaNames + generator.optionSets)
            generator.naming.spellings = names.spellings
        } catch {
            throw CommandFailure(error)
        }
        return GenerateSettings(
            metadata: metadata,
            output: output,
            isStrict: strict || file?.isStrict == true,
            generator: generator
        )
    }

    private func configurationFile() throws -> ConfigurationFile? {
        guard !inputs.noConfig else { return nil }
        let isHere = FileManager.default.fileExists(atPath: ConfigurationFile.defaultName)
        guard let path = inputs.config ?? (isHere ? ConfigurationFile.defaultName : nil) else { return nil }
        do throws(GeneratorError) {
            return try ConfigurationFile.read(contentsOfFile: path)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func missing(_ name: String, _ what: String, _ file: ConfigurationFile?) -> CommandFailure {
        let next =
            file == nil ? "; dataverse-gen init writes a configuration to start with, and --help has examples" : ""
        let message = "\(what) is missing: give --\(name), or '\(name)' in \(ConfigurationFile.defaultName)\(next)"
        return .badInput(Diagnostic(.error, message, file: file?.path))
    }
}

extension CommandFailure {
    /// What the generator refuses.
    init(_ error: GeneratorError) {
        self.init(
            code: error.kind == .badInput ? CommandFailure.badInput : CommandFailure.failed,
            diagnostics: error.diagnostics
        )
    }
}
