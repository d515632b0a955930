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
    private let reachable: ReachableTables
    private let choices: ChoiceCatalog

    init(
        schema: SelectedSchema,
        names: TypeNames,
        file: FileContext,
        columnTemplate: ColumnTemplate,
        optionSets: OptionSets = OptionSets()
    ) {
        self.schema = schema
        self.file = file
        self.columnTemplate = columnTemplate
        mapper = TypeMapper(schema: schema, typeNames: names)
        vocabulary = Vocabulary(index: schema.index)
        accessors = ClientAccessors(schema: schema, vocabulary: vocabulary, style: names.style)
        boundOperations = BoundOperations(schema: schema, vocabulary: vocabulary)
        reachable = ReachableTables(mapper, operations: boundOperations)
        choices = ChoiceCatalog(optionSets: optionSets, schema: schema, style: names.style)
    }

    /// Notes about names that concern several files.
    var diagnostics: [Diagnostic] { accessors.diagnostics + choices.diagnostics }

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
        var names = operationNames(of: type)
        let operations = operations(boundTo: type, names: &names, &diagnostics)
        let methods = operations + inheritedOperations(of: type, names: &names)
        let builder = TableBuilder(
            mapper: mapper,
            vocabulary: vocabulary,
            accessors: accessors,
            file: file,
            columnTemplate: columnTemplate,
            choices: choices,
            reachable: reachable
        )
        let context = builder.table(type, operations: operations, methods: methods, diagnostics: &diagnostics)
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
        let global = choices.global.map { name, optionSet in
            ChoiceBuilder(subject: optionSet.name, file: choices.file)
                .choice(optionSet, named: name, diagnostics: &diagnostics)
        }
        let context = EnumerationsContext(file: file, types: types, choices: global)
        return Built(context: context, diagnostics: diagnostics)
    }

    /// The operations that belong to no table.
    func operations() -> Built<OperationsContext> {
        var diagnostics: [Diagnostic] = []
        var scope = accessors.scope
        scope.hold(schema.importedOperations.map(\.import.name) + boundOperations.ofNoTable.map(\.element.name))
        var names = OperationBuilder.Names(scope: scope, style: mapper.typeNames.style)
        let builder = OperationBuilder(mapper: mapper, vocabulary: vocabulary)
        let imported = schema.importedOperations.sorted { $0.import.name < $1.import.name }.compactMap {
            builder.operation(
                $0.operation,
                named: $0.import.name,
                pathName: $0.import.name,
                entitySet: $0.import.entitySet,
                deprecation: vocabulary.deprecation(of: $0.import, target: importTarget($0.import)),
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

    private func importTarget(_ operationImport: OperationImport) -> String {
        schema.index.operationImports.first { $0.element.name == operationImport.name }?.target ?? ""
    }

    /// The names for the methods of an entity set.
    fileprivate func operationNames(of type: SchemaIndex.Declared<EntityType>) -> OperationBuilder.Names {
        let style = mapper.typeNames.style
        var scope = NameScope(reserved: ReservedNames.entitySetMembers, renames: style.renames.operations)
        scope.hold(boundOperations.ofTable[type.qualifiedName, default: []].map(\.element.name))
        return OperationBuilder.Names(scope: scope, style: style)
    }

    private func operations(
        boundTo type: SchemaIndex.Declared<EntityType>,
        names: inout OperationBuilder.Names,
        _ diagnostics: inout [Diagnostic]
    ) -> [OperationContext] {
        guard let operations = boundOperations.ofTable[type.qualifiedName] else { return [] }
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

extension ContextBuilder {
    /// The operations that are bound to tables that a table inherits from, the nearest first: its rows have them too.
    private func inheritedOperations(
        of type: SchemaIndex.Declared<EntityType>,
        names: inout OperationBuilder.Names
    ) -> [OperationContext] {
        var inherited: [OperationContext] = []
        let rowType = mapper.typeNames[type.qualifiedName] ?? type.element.name
        for ancestor in schema.index.lineage(of: type).dropLast().reversed() {
            guard boundOperations.ofTable[ancestor.qualifiedName] != nil else { continue }
            // They were reported where they are declared.
            var ignored: [Diagnostic] = []
            var ancestorNames = operationNames(of: ancestor)
            for operation in operations(boundTo: ancestor, names: &ancestorNames, &ignored) {
                var operation = operation
                operation.rowType = rowType
                guard names.claim("\(operation.name) \(operation.binding) \(operation.declarations)") else { continue }
                inherited.append(operation)
            }
        }
        return inherited
    }
}
