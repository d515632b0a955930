import CSDL

/// Builds what the templates get, for all files.
struct ContextBuilder {
    /// What the templates get, and notes about names.
    struct Contexts {
        let tables: [(file: String, table: TableContext)]
        let complexTypes: ComplexTypesContext
        let enumerations: EnumerationsContext
        let operations: OperationsContext
        let diagnostics: [Diagnostic]
    }

    let schema: SelectedSchema
    let file: FileContext
    private let mapper: TypeMapper
    private let vocabulary: Vocabulary

    init(schema: SelectedSchema, names: TypeNames, file: FileContext) {
        self.schema = schema
        self.file = file
        mapper = TypeMapper(schema: schema, typeNames: names)
        vocabulary = Vocabulary(index: schema.index)
    }

    func contexts() -> Contexts {
        let accessors = ClientAccessors(schema: schema)
        var diagnostics = accessors.diagnostics
        let operations = OperationsByTable(schema: schema)

        let tableBuilder = TableBuilder(mapper: mapper, vocabulary: vocabulary, accessors: accessors, file: file)
        let files = OutputFileNames.files(forTables: schema.entityTypes.map(fileKey))
        var tables: [(file: String, table: TableContext)] = []
        for type in schema.entityTypes {
            let bound = boundOperations(operations.ofTable[type.qualifiedName] ?? [], to: type, &diagnostics)
            let table = tableBuilder.table(type, operations: bound, diagnostics: &diagnostics)
            tables.append((files[fileKey(type)] ?? OutputFileNames.operations, table))
        }
        let complexBuilder = ComplexTypeBuilder(mapper: mapper, vocabulary: vocabulary, file: file)
        let complexTypes = schema.complexTypes.map { complexBuilder.complexType($0, diagnostics: &diagnostics) }
        let enumBuilder = EnumerationBuilder(mapper: mapper, vocabulary: vocabulary)
        let enumerations = schema.enumTypes.map { enumBuilder.enumeration($0, diagnostics: &diagnostics) }
        let service = serviceOperations(operations, scope: accessors.scope, &diagnostics)

        return Contexts(
            tables: tables,
            complexTypes: ComplexTypesContext(file: file, types: complexTypes),
            enumerations: EnumerationsContext(file: file, types: enumerations),
            operations: service,
            diagnostics: diagnostics
        )
    }

    /// What the file of a table is named for: its logical name, or the qualified one where two schemas have it.
    private func fileKey(_ type: SchemaIndex.Declared<EntityType>) -> String {
        duplicatedNames.contains(type.element.name) ? type.qualifiedName : type.element.name
    }

    private var duplicatedNames: Set<String> {
        var seen: Set<String> = []
        return Set(schema.entityTypes.map(\.element.name).filter { !seen.insert($0).inserted })
    }

    private func boundOperations(
        _ operations: [SchemaIndex.Declared<Operation>],
        to type: SchemaIndex.Declared<EntityType>,
        _ diagnostics: inout [Diagnostic]
    ) -> [OperationContext] {
        let reserved = ReservedNames.entitySetMembers
        var names = OperationBuilder.Names(scope: NameScope(reserved: reserved))
        let builder = OperationBuilder(mapper: mapper, vocabulary: vocabulary)
        return operations.compactMap { operation in
            let isCollection = operation.element.bindingParameter?.type.isCollection ?? false
            return builder.operation(
                operation,
                pathName: operation.qualifiedName,
                binding: isCollection ? .collection : .row,
                rowType: mapper.typeNames[type.qualifiedName] ?? type.element.name,
                names: &names,
                diagnostics: &diagnostics
            )
        }
    }

    private func serviceOperations(
        _ operations: OperationsByTable,
        scope: NameScope,
        _ diagnostics: inout [Diagnostic]
    ) -> OperationsContext {
        var names = OperationBuilder.Names(scope: scope)
        let builder = OperationBuilder(mapper: mapper, vocabulary: vocabulary)
        let imported = schema.importedOperations.sorted { $0.import.name < $1.import.name }.compactMap {
            builder.operation(
                $0.operation,
                pathName: $0.import.name,
                binding: .service,
                rowType: "",
                names: &names,
                diagnostics: &diagnostics
            )
        }
        let unreachable = operations.ofNoTable.compactMap {
            builder.operation(
                $0,
                pathName: $0.qualifiedName,
                binding: .service,
                rowType: "",
                names: &names,
                diagnostics: &diagnostics
            )
        }
        return OperationsContext(file: file, operations: imported, unreachableOperations: unreachable)
    }
}

/// The bound operations, by the table in whose file they are generated.
struct OperationsByTable {
    private(set) var ofTable: [String: [SchemaIndex.Declared<Operation>]] = [:]
    /// Bound to something that is not generated, or not a table.
    private(set) var ofNoTable: [SchemaIndex.Declared<Operation>] = []

    init(schema: SelectedSchema) {
        for operation in schema.boundOperations.sorted(by: { $0.qualifiedName < $1.qualifiedName }) {
            let name = operation.element.bindingParameter?.type.name ?? ""
            if let type = schema.index.entityType(named: name), schema.contains(type: type.qualifiedName) {
                ofTable[type.qualifiedName, default: []].append(operation)
            } else {
                ofNoTable.append(operation)
            }
        }
    }
}
