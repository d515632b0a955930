import CSDL

/// Builds what the templates get, file by file.
///
/// What concerns several files, such as the names of the clients' properties, is worked out once, when the builder is
/// made; after that the files do not depend on each other.
struct ContextBuilder: Sendable {
    /// What a template gets, and notes about names.
    struct Built<Context: TemplateContext>: Sendable {
        let context: Context
        let diagnostics: [Diagnostic]
    }

    private let schema: SelectedSchema
    private let file: FileContext
    private let columnTemplate: ColumnTemplate
    private let mapper: TypeMapper
    private let vocabulary: Vocabulary
    private let accessors: ClientAccessors
    private let boundOperations: BoundOperations

    init(schema: SelectedSchema, names: TypeNames, file: FileContext, columnTemplate: ColumnTemplate) {
        self.schema = schema
        self.file = file
        self.columnTemplate = columnTemplate
        mapper = TypeMapper(schema: schema, typeNames: names)
        vocabulary = Vocabulary(index: schema.index)
        accessors = ClientAccessors(schema: schema, style: names.style)
        boundOperations = BoundOperations(schema: schema)
    }

    /// Notes about names that concern several files.
    var diagnostics: [Diagnostic] { accessors.diagnostics }

    /// The tables of a file, with the operations bound to them.
    func tables(_ types: [SchemaIndex.Declared<EntityType>]) -> Built<TablesContext> {
        let built = types.map(table)
        return Built(
            context: TablesContext(file: file, tables: built.map(\.context)),
            diagnostics: built.flatMap(\.diagnostics)
        )
    }

    /// A table and the operations bound to it.
    func table(_ type: SchemaIndex.Declared<EntityType>) -> Built<TableContext> {
        var diagnostics: [Diagnostic] = []
        let operations = operations(boundTo: type, &diagnostics)
        let builder = TableBuilder(
            mapper: mapper,
            vocabulary: vocabulary,
            accessors: accessors,
            file: file,
            columnTemplate: columnTemplate
        )
        let context = builder.table(type, operations: operations, diagnostics: &diagnostics)
        return Built(context: context, diagnostics: diagnostics)
    }

    /// All complex types.
    func complexTypes() -> Built<ComplexTypesContext> {
        var diagnostics: [Diagnostic] = []
        let builder = ComplexTypeBuilder(
            mapper: mapper,
            vocabulary: vocabulary,
            file: file,
            columnTemplate: columnTemplate
        )
        let types = schema.complexTypes.map { builder.complexType($0, diagnostics: &diagnostics) }
        return Built(context: ComplexTypesContext(file: file, types: types), diagnostics: diagnostics)
    }

    /// All enumerations.
    func enumerations() -> Built<EnumerationsContext> {
        var diagnostics: [Diagnostic] = []
        let builder = EnumerationBuilder(mapper: mapper, vocabulary: vocabulary)
        let types = schema.enumTypes.map { builder.enumeration($0, diagnostics: &diagnostics) }
        return Built(context: EnumerationsContext(file: file, types: types), diagnostics: diagnostics)
    }

    /// The operations that belong to no table.
    func operations() -> Built<OperationsContext> {
        var diagnostics: [Diagnostic] = []
        var scope = accessors.scope
        scope.hold((schema.importedOperations.map(\.operation) + boundOperations.ofNoTable).map(\.element.name))
        var names = OperationBuilder.Names(scope: scope, style: mapper.typeNames.style)
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
        let unreachable = boundOperations.ofNoTable.compactMap {
            builder.operation(
                $0,
                pathName: $0.qualifiedName,
                binding: .service,
                rowType: "",
                names: &names,
                diagnostics: &diagnostics
            )
        }
        let context = OperationsContext(file: file, operations: imported, unreachableOperations: unreachable)
        return Built(context: context, diagnostics: diagnostics)
    }

    private func operations(
        boundTo type: SchemaIndex.Declared<EntityType>,
        _ diagnostics: inout [Diagnostic]
    ) -> [OperationContext] {
        guard let operations = boundOperations.ofTable[type.qualifiedName] else { return [] }
        let style = mapper.typeNames.style
        var scope = NameScope(reserved: ReservedNames.entitySetMembers, renames: style.renames.operations)
        scope.hold(operations.map(\.element.name))
        var names = OperationBuilder.Names(scope: scope, style: style)
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
}

/// The bound operations, by the table in whose file they are generated.
struct BoundOperations: Sendable {
    /// By the canonical name of the table.
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
