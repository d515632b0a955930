import CSDL

/// What others need: the complex types and enumerations of columns, and the tables that are referred to.
struct TypeClosure {
    private let index: SchemaIndex
    private let columns: ColumnSelection
    /// The canonical names of complex types and enumerations.
    private(set) var types: Set<String> = []
    /// The canonical names of the tables that something refers to.
    private(set) var tables: Set<String> = []

    init(index: SchemaIndex, columns: ColumnSelection) {
        self.index = index
        self.columns = columns
    }

    /// Adds a type and what its columns need.
    mutating func add(_ name: String) {
        switch index.type(named: name) {
        case .complex(let type)?:
            guard types.insert(type.qualifiedName).inserted else { return }
            addTypes(of: index.lineage(of: type), type.qualifiedName, key: [])
        case .enumeration(let type)?:
            types.insert(type.qualifiedName)
        case .entity(let type)?:
            tables.insert(type.qualifiedName)
        case .definition, .primitive, nil:
            break
        }
    }

    /// Adds what the columns of a table need.
    mutating func addTypes(of type: SchemaIndex.Declared<EntityType>) {
        let key = columns.keepsAll(of: type.qualifiedName) ? [] : index.key(of: type).map(\.name)
        addTypes(of: index.lineage(of: type), type.qualifiedName, key: key)
    }

    /// Adds what the parameters and the result of an operation need.
    mutating func addTypes(of operation: Operation) {
        for parameter in operation.parameters { add(parameter.type.name) }
        if let result = operation.returnType { add(result.name) }
    }

    private mutating func addTypes(
        of lineage: [SchemaIndex.Declared<some StructuredType>],
        _ name: String,
        key: [String]
    ) {
        guard !columns.keepsAll(of: name) else {
            for type in lineage {
                for property in type.element.properties { add(property.type.name) }
                for property in type.element.navigationProperties { add(property.type.name) }
            }
            return
        }
        let kept = columns.members(Members(lineage), of: name, key: key)
        for entry in kept.properties(keyFirst: []) { add(entry.property.type.name) }
        for entry in kept.navigationProperties() { add(entry.property.type.name) }
    }
}
