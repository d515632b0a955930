import CSDL

/// The part of the metadata that bindings are written for.
///
/// A reference from it to something outside becomes an untyped one, so that any selection gives code that compiles.
struct SelectedSchema: Sendable {
    /// Finds everything by name, selected or not.
    let index: SchemaIndex
    /// The selected entity types, sorted by name.
    let entityTypes: [SchemaIndex.Declared<EntityType>]
    /// The selected complex types, sorted by name.
    let complexTypes: [SchemaIndex.Declared<ComplexType>]
    /// The selected enumeration types, sorted by name.
    let enumTypes: [SchemaIndex.Declared<EnumType>]
    /// The selected operations that are bound to a resource.
    let boundOperations: [SchemaIndex.Declared<Operation>]
    /// The selected operations that are called by the name of an import, with that import.
    let importedOperations: [(import: OperationImport, operation: SchemaIndex.Declared<Operation>)]

    /// Which columns of the selected types are generated.
    let columns: ColumnSelection
    private let typeNames: Set<String>
    private let duplicatedTableNames: Set<String>

    /// What the file of a table is named for: its logical name, or the qualified one where two schemas have it.
    func fileKey(of type: SchemaIndex.Declared<EntityType>) -> String {
        duplicatedTableNames.contains(type.element.name) ? type.qualifiedName : type.element.name
    }

    /// Whether a type is selected, by its canonical name.
    func contains(type qualifiedName: String) -> Bool { typeNames.contains(qualifiedName) }

    /// The generated members of a table, inherited ones included.
    func members(of type: SchemaIndex.Declared<EntityType>, lineage: [SchemaIndex.Declared<EntityType>]) -> Members {
        columns.members(Members(lineage), of: type.qualifiedName, key: index.key(of: type).map(\.name))
    }

    /// The generated members of a complex type, inherited ones included.
    func members(of type: SchemaIndex.Declared<ComplexType>, lineage: [SchemaIndex.Declared<ComplexType>]) -> Members {
        columns.members(Members(lineage), of: type.qualifiedName, key: [])
    }

    init(
        index: SchemaIndex,
        entityTypes: [SchemaIndex.Declared<EntityType>],
        complexTypes: [SchemaIndex.Declared<ComplexType>],
        enumTypes: [SchemaIndex.Declared<EnumType>],
        boundOperations: [SchemaIndex.Declared<Operation>],
        importedOperations: [(import: OperationImport, operation: SchemaIndex.Declared<Operation>)],
        columns: ColumnSelection = ColumnSelection()
    ) {
        self.index = index
        self.entityTypes = entityTypes.sorted { $0.qualifiedName < $1.qualifiedName }
        self.complexTypes = complexTypes.sorted { $0.qualifiedName < $1.qualifiedName }
        self.enumTypes = enumTypes.sorted { $0.qualifiedName < $1.qualifiedName }
        self.boundOperations = boundOperations
        self.importedOperations = importedOperations
        self.columns = columns
        var seen: Set<String> = []
        duplicatedTableNames = Set(entityTypes.map(\.element.name).filter { !seen.insert($0).inserted })
        typeNames = Set(
            entityTypes.map(\.qualifiedName) + complexTypes.map(\.qualifiedName) + enumTypes.map(\.qualifiedName)
        )
    }
}
