import CSDL

/// Builds what the template of the complex types gets.
struct ComplexTypeBuilder {
    let mapper: TypeMapper
    let vocabulary: Vocabulary
    let file: FileContext
    let columnTemplate: ColumnTemplate

    func complexType(
        _ type: SchemaIndex.Declared<ComplexType>,
        diagnostics: inout [Diagnostic]
    ) -> ComplexTypeContext {
        let lineage = mapper.schema.index.lineage(of: type)
        let name = mapper.typeNames[type.qualifiedName] ?? type.element.name
        let members = mapper.schema.members(of: type, lineage: lineage)
        var names = ColumnNames(
            rowName: name,
            members: members,
            key: [],
            reserved: ReservedNames.complexMembers,
            style: mapper.typeNames.style,
            lineage: lineage.map { [$0.element.name, $0.qualifiedName] },
            file: type.sourceName
        )
        var nested = NestedTypeNames(rowName: name, typeNames: mapper.typeNames, file: type.sourceName)
        var choices = TableChoices(catalog: .empty, tables: [])
        let columns = ColumnBuilder(
            mapper: mapper,
            vocabulary: vocabulary,
            file: file,
            template: columnTemplate,
            chosenTypes: mapper.typeNames.columnTypes.ofType([type.element.name, type.qualifiedName]),
            joinsLookups: false
        )
        .columns(members, key: [], names: &names, nested: &nested, choices: &choices)
        diagnostics += names.diagnostics
        var paragraphs = vocabulary.descriptions(of: type.element, target: type.qualifiedName)
            .map(DocumentationComment.sentence)
        var facts = "The complex type \(DocumentationComment.code(type.qualifiedName))."
        if type.element.isAbstract { facts += " Abstract: every value is of a type that inherits from it." }
        if lineage.contains(where: \.element.isOpen) { facts += " Open: a value may have more properties." }
        paragraphs.append(facts)
        if let message = vocabulary.deprecation(of: type.element, target: type.target) {
            paragraphs.append("Deprecated: " + DocumentationComment.sentence(message))
        }
        return ComplexTypeContext(
            documentation: DocumentationComment.text(paragraphs, indentation: 0),
            name: name,
            typeName: SwiftLiteral.string(type.qualifiedName),
            columnsSummary: "/// The properties of \(DocumentationComment.code(type.element.name)).",
            columns: columns.columns,
            lookups: columns.lookups,
            collections: columns.collections
        )
    }
}
