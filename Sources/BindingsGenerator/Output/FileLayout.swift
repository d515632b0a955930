import CSDL

/// Which file each table is written to.
struct FileLayout {
    /// A file of tables.
    struct File: Sendable {
        let name: String
        var tables: [SchemaIndex.Declared<EntityType>]
    }

    /// The files, empty ones included.
    let files: [File]

    init(schema: SelectedSchema, configuration: GeneratorConfiguration) {
        if let plan = configuration.plan {
            files = FileLayout.files(of: schema, plan)
        } else if let shards = configuration.shards {
            files = FileLayout.shards(of: schema, names: OutputFileNames.shards(shards))
        } else {
            let names = OutputFileNames.files(forTables: schema.entityTypes.map(schema.fileKey(of:)))
            files = schema.entityTypes.map { type in
                let key = schema.fileKey(of: type)
                return File(name: names[key] ?? key, tables: [type])
            }
        }
    }

    /// The tables in order, spread so that the files have about the same number of columns. Few tables change their
    /// file when one of them grows.
    private static func shards(of schema: SelectedSchema, names: [String]) -> [File] {
        let weights = schema.entityTypes.map { type in
            10 + schema.members(of: type, lineage: schema.index.lineage(of: type)).names.count
        }
        let total = max(1, weights.reduce(0, +))
        var files = names.map { File(name: $0, tables: []) }
        var before = 0
        for (type, weight) in zip(schema.entityTypes, weights) {
            let middle = before + weight / 2
            files[min(files.count - 1, middle * files.count / total)].tables.append(type)
            before += weight
        }
        return files
    }

    /// The files that a plugin has declared, whatever the configuration says by now.
    private static func files(of schema: SelectedSchema, _ plan: OutputPlan) -> [File] {
        let shardNames = plan.files.filter(OutputFileNames.isShard)
        if !shardNames.isEmpty {
            return shards(of: schema, names: OutputFileNames.shards(shardNames.count))
        }
        let declared = plan.files.filter { !OutputFileNames.shared.contains($0) && $0 != OutputFileNames.otherTables }
        let names = OutputFileNames.files(forTables: plan.tables)
        var files = Dictionary(uniqueKeysWithValues: Set(declared).map { ($0, File(name: $0, tables: [])) })
        var others = File(name: OutputFileNames.otherTables, tables: [])
        for type in schema.entityTypes {
            // The list may name a table in any of the ways that an inclusion can.
            let entry = schema.index.names(ofTable: type).first { names[$0] != nil }
            let name = entry.flatMap { names[$0] } ?? others.name
            if files[name] == nil {
                others.tables.append(type)
            } else {
                files[name]?.tables.append(type)
            }
        }
        return files.values.sorted { $0.name < $1.name } + [others]
    }
}
