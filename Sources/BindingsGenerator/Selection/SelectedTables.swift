import CSDL

/// The tables that a configuration selects, and what is kept of each: for tools that show a selection instead of
/// writing bindings for it.
public struct SelectedTables: Sendable {
    /// A property, and the type that declares it.
    public struct Member<Property: Sendable & Hashable>: Sendable, Hashable {
        /// The property.
        public let property: Property
        /// The canonical name of the type that declares it: the table's, or that of a type it inherits from.
        public let declaringType: String

        /// A property of a type.
        public init(property: Property, declaringType: String) {
            self.property = property
            self.declaringType = declaringType
        }
    }

    /// A selected table.
    public struct Table: Sendable {
        /// The entity type.
        public let type: SchemaIndex.Declared<EntityType>
        /// The names of the columns of the key, or the paths to them; empty where the table has none.
        public let key: [String]
        /// The columns of each alternate key.
        public let alternateKeys: [[String]]
        /// Whether the table is there because another one refers to it, with its key alone.
        public let hasKeyAlone: Bool
        /// The columns that are kept, those of the key first, the others by name.
        public let properties: [Member<Property>]
        /// The navigation properties that are kept, by name.
        public let navigationProperties: [Member<NavigationProperty>]
    }

    /// Everything that the documents declare, selected or not.
    public let index: SchemaIndex
    /// The selected tables, sorted by name.
    public let tables: [Table]
    /// Notes and warnings.
    public let diagnostics: [Diagnostic]

    /// Selects tables as ``BindingsGenerator`` does; actions and functions bring none.
    ///
    /// - Parameters:
    ///   - documents: The documents.
    ///   - configuration: What is selected.
    /// - Throws: ``GeneratorError`` where the metadata contradicts itself or an inclusion names nothing.
    public init(_ documents: [CSDLDocument], configuration: GeneratorConfiguration) throws(GeneratorError) {
        let index = SchemaIndex(documents)
        guard !index.diagnostics.containsErrors else { throw GeneratorError(.failed, index.diagnostics) }
        var configuration = configuration
        configuration.parts = [.structs]
        let (schema, selectionDiagnostics) = try Selector(index: index, configuration: configuration).select()
        let vocabulary = Vocabulary(index: index)
        self.index = index
        diagnostics = index.diagnostics + selectionDiagnostics
        tables = schema.entityTypes.map { type in
            let lineage = index.lineage(of: type)
            let key = index.key(of: type).map(\.name)
            let members = schema.members(of: type, lineage: lineage)
            return Table(
                type: type,
                key: key,
                alternateKeys: lineage.flatMap { vocabulary.alternateKeys(of: $0).map { $0.parts.map(\.path) } },
                hasKeyAlone: schema.columns.keyOnly.contains(type.qualifiedName),
                properties: members.properties(keyFirst: key).map {
                    Member(property: $0.property, declaringType: $0.declaringType)
                },
                navigationProperties: members.navigationProperties().map {
                    Member(property: $0.property, declaringType: $0.declaringType)
                }
            )
        }
    }
}
