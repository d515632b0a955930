import CSDL

/// The bound operations, by the table in whose file they are generated.
struct BoundOperations: Sendable {
    /// By the canonical name of the table.
    private(set) var ofTable: [String: [SchemaIndex.Declared<Operation>]] = [:]
    /// Bound to something that is not generated, or not a table.
    private(set) var ofNoTable: [SchemaIndex.Declared<Operation>] = []

    init(schema: SelectedSchema, vocabulary: Vocabulary) {
        var explicitTables: [String: [String]]?
        for operation in schema.boundOperations.sorted(by: { $0.qualifiedName < $1.qualifiedName }) {
            var tables = [operation.element.bindingParameter?.type.name ?? ""]
            if vocabulary.requiresExplicitBinding(operation) {
                let known = explicitTables ?? vocabulary.explicitlyBoundTables(of: schema)
                explicitTables = known
                tables = known[operation.qualifiedName, default: []]
            }
            let generated = tables.compactMap { schema.index.entityType(named: $0)?.qualifiedName }
                .filter { schema.contains(type: $0) }
            for table in generated { ofTable[table, default: []].append(operation) }
            if generated.isEmpty { ofNoTable.append(operation) }
        }
    }
}

extension Vocabulary {
    /// Whether a bound operation exists only where the metadata says so, not for every row of its type.
    ///
    /// Source: OData Core Vocabulary, `RequiresExplicitBinding`.
    fileprivate func requiresExplicitBinding(_ operation: SchemaIndex.Declared<Operation>) -> Bool {
        index.annotations(of: operation.element, target: operation.qualifiedName).contains {
            index.annotation($0, hasTerm: "Org.OData.Core.V1.RequiresExplicitBinding") && $0.value?.boolValue ?? true
        }
    }

    /// The tables that operations are explicitly bound to: by their type, or by an entity set or singleton of that type.
    ///
    /// Source: OData Core Vocabulary, `ExplicitOperationBindings`.
    fileprivate func explicitlyBoundTables(of schema: SelectedSchema) -> [String: [String]] {
        var tables: [String: [String]] = [:]
        func add(_ annotations: [Annotation], to table: String) {
            for annotation in annotations
            where index.annotation(annotation, hasTerm: "Org.OData.Core.V1.ExplicitOperationBindings") {
                for name in (annotation.value?.elements ?? []).compactMap(\.stringValue) {
                    let name = index.canonicalName(name)
                    if !tables[name, default: []].contains(table) { tables[name, default: []].append(table) }
                }
            }
        }
        for type in schema.entityTypes {
            add(index.annotations(of: type.element, target: type.qualifiedName), to: type.qualifiedName)
            for set in index.entitySets(ofType: type.qualifiedName) {
                add(index.annotations(of: set.element, target: set.target), to: type.qualifiedName)
            }
        }
        for singleton in index.singletons {
            guard let type = index.entityType(named: singleton.element.type) else { continue }
            add(index.annotations(of: singleton.element, target: singleton.target), to: type.qualifiedName)
        }
        return tables
    }
}
