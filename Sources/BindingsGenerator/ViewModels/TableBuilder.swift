import CSDL

/// Builds what the template of a table gets.
struct TableBuilder {
    let mapper: TypeMapper
    let vocabulary: Vocabulary
    let accessors: ClientAccessors
    let file: FileContext
    let columnTemplate: ColumnTemplate
    let choices: ChoiceCatalog
    let reachable: ReachableTables

    func table(
        _ type: SchemaIndex.Declared<EntityType>,
        operations: [OperationContext],
        methods: [OperationContext],
        diagnostics: inout [Diagnostic]
    ) -> TableContext {
        let index = mapper.schema.index
        let name = mapper.typeNames[type.qualifiedName] ?? type.element.name
        let lineage = index.lineage(of: type)
        let key = mapper.row(named: type.qualifiedName)?.key ?? PrimaryKey(parts: [])
        let entitySet = index.entitySets(ofType: type.qualifiedName).first?.element.name
        let lineageNames = lineage.map { [$0.element.name, $0.qualifiedName] }
        let members = mapper.schema.members(of: type, lineage: lineage)
        let keyPaths = key.parts.filter { $0.path != $0.name }.map {
            "\(SwiftLiteral.string($0.name)): \(SwiftLiteral.string($0.path))"
        }
        let keyNames = key.parts.map(\.path)
        var names = ColumnNames(
            rowName: name,
            members: members,
            key: keyNames,
            reserved: ReservedNames.rowMembers,
            style: mapper.typeNames.style,
            lineage: lineageNames,
            file: type.sourceName
        )
        var choices = TableChoices(catalog: choices, tables: lineage.reversed().map(\.element.name))
        var nested = NestedTypeNames(
            rowName: name,
            typeNames: mapper.typeNames,
            renames: mapper.typeNames.style.renames.choices(of: lineageNames),
            choices: choices.nestedColumns(of: members),
            file: type.sourceName
        )
        let columns = ColumnBuilder(
            mapper: mapper,
            vocabulary: vocabulary,
            file: file,
            template: columnTemplate,
            chosenTypes: mapper.typeNames.columnTypes.ofType(index.names(ofTable: type))
        )
        .columns(members, key: keyNames, names: &names, nested: &nested, choices: &choices)
        let subtypes = mapper.subtypes(of: type.qualifiedName).map { subtypes in
            LookupTargetsContext.Builder(mapper: mapper)
                .targets(named: "Subtype", of: type.element.name, tables: subtypes.map { ($0.qualifiedName, nil) })
                .context(lookups: nil)
        }
        diagnostics += names.diagnostics + nested.diagnostics + choices.diagnostics
        return TableContext(
            file: file,
            documentation: documentation(of: type, lineage: lineage, entitySet: entitySet),
            name: name,
            logicalName: SwiftLiteral.string(type.element.name),
            typeName: SwiftLiteral.string(type.qualifiedName),
            entitySetName: entitySet.map(SwiftLiteral.string) ?? "nil",
            keyNames: key.parts.map { SwiftLiteral.string($0.name) }.joined(separator: ", "),
            keyPaths: keyPaths.isEmpty ? nil : keyPaths.joined(separator: ", "),
            primaryKey: key.typeName,
            compositeKey: compositeKey(key),
            columnsSummary:
                "/// The columns, lookups and collections of \(DocumentationComment.code(type.element.name)).",
            columns: columns.columns,
            lookups: columns.lookups,
            collections: columns.collections,
            lookupTargets: (subtypes.map { [$0] } ?? []) + columns.targets,
            isGeneral: subtypes != nil,
            choices: choices.nested,
            alternateKeys: AlternateKeyBuilder(mapper: mapper, vocabulary: vocabulary)
                .keys(of: type, lineage: lineage.map(\.element), diagnostics: &diagnostics),
            accessors: accessors.ofType[type.qualifiedName] ?? [],
            operations: operations,
            methods: methods,
            isReachable: reachable.contains(type.qualifiedName),
            hasSingleton: accessors.ofType[type.qualifiedName]?.contains { $0.kind == "Singleton" } ?? false
        )
    }

    private func documentation(
        of type: SchemaIndex.Declared<EntityType>,
        lineage: [SchemaIndex.Declared<EntityType>],
        entitySet: String?
    ) -> String {
        var paragraphs = vocabulary.descriptions(of: type.element, target: type.qualifiedName)
            .map(DocumentationComment.sentence)
        let table = "Table \(DocumentationComment.code(type.element.name))"
        let place = entitySet.map { "entity set \(DocumentationComment.code($0))" } ?? "without an entity set"
        if paragraphs.isEmpty {
            paragraphs.append("A row of the table \(DocumentationComment.code(type.element.name)).")
        }
        paragraphs.append("\(table), \(place), type \(DocumentationComment.code(type.qualifiedName)).")
        var notes: [String] = []
        if type.element.isAbstract { notes.append("Abstract: every row is of a type that inherits from it.") }
        if let base = lineage.dropLast().last, !base.element.properties.isEmpty || !base.element.key.isEmpty {
            notes.append("Inherits the columns of \(DocumentationComment.code(base.element.name)).")
        }
        if lineage.contains(where: \.element.isOpen) {
            notes.append("Open: a row may have more columns, which `record` holds.")
        }
        if lineage.contains(where: \.element.hasStream) { notes.append("A media entity: a row has a stream.") }
        if !notes.isEmpty { paragraphs.append(notes.joined(separator: " ")) }
        if let set = mapper.schema.index.entitySets(ofType: type.qualifiedName).first {
            paragraphs += vocabulary.restrictions(of: set)
        }
        if let message = vocabulary.deprecation(of: type.element, target: type.target) {
            paragraphs.append("Deprecated: " + DocumentationComment.sentence(message))
        }
        return DocumentationComment.text(paragraphs, indentation: 0)
    }

    private func compositeKey(_ key: PrimaryKey) -> TableContext.CompositeKey? {
        guard key.parts.count > 1 else { return nil }
        var scope = NameScope(reserved: ["values", "record", "key", "hashValue", "self", "init"])
        let parts = key.parts.map { part in
            TableContext.CompositeKey.Part(
                name: scope.assign(mapper.typeNames.style.member(part.name), for: part.name, suffix: "Part").name
                    .escapedIdentifier,
                type: part.type,
                literal: SwiftLiteral.string(part.name)
            )
        }
        return TableContext.CompositeKey(parts: parts)
    }
}
