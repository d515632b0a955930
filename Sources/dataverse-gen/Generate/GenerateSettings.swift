import BindingsGenerator

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
        let file = try inputs.schema.configurationFile()
        let metadata = try inputs.schema.documents(file, to: "generate")
        guard let output = output ?? file?.output else {
            throw CommandFailure.missing("output", "the folder to write to", file)
        }
        var generator = file?.generator ?? GeneratorConfiguration()
        selection.tables.apply(to: &generator)
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
}
