/// What a `dataverse-gen.yaml` says: everything that the options of `dataverse-gen generate` can, and more.
///
/// Relative paths are relative to the folder of the file.
public struct ConfigurationFile: Sendable, Hashable {
    /// The keys of the file.
    enum Key: String, CaseIterable {
        case metadata, output, tables, operations, include, exclude, closure, emit, module, access, imports, names
        case columnTypes, optionSets, shards, header, templates, strict
    }

    /// The keys below `names`.
    enum NamesKey: String, CaseIterable {
        case stripPrefixes, words, schemaNames, types, columns, members, operations, entitySets, choices
        case alternateKeys
    }

    /// The keys of an entry of `columnTypes` that is not just the name of a type.
    enum ColumnTypeKey: String, CaseIterable {
        case type, converter
    }

    /// The path of the file.
    public let path: String
    /// The metadata documents.
    public var metadata: [String] = []
    /// The folder to write to.
    public var output: String?
    /// Whether a warning is a failure.
    public var isStrict = false
    /// The files with the schema names of tables and columns: JSON of the metadata API.
    public var schemaNames: [String] = []
    /// Names of tables that each get a file of their own, also from the build-tool plugin.
    public var tables: [String] = []
    /// What to generate and how.
    public var generator = GeneratorConfiguration()

    /// The name that the file has where none is given.
    public static let defaultName = "dataverse-gen.yaml"

    init(path: String) {
        self.path = path
    }
}
