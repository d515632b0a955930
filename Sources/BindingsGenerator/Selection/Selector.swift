import CSDL

/// Chooses what bindings are written for: what `include` names and needs, without what `exclude` names.
///
/// A table brings the complex types and enumerations of its columns and the operations bound to it. Whether it brings
/// the tables that it refers to is what `closure` says.
struct Selector {
    private let index: SchemaIndex
    private let configuration: GeneratorConfiguration
    /// Empty where there are no patterns.
    private let names: SelectableNames
    private let include: SelectionPatterns
    private let exclude: SelectionPatterns

    init(index: SchemaIndex, configuration: GeneratorConfiguration) {
        self.index = index
        self.configuration = configuration
        let hasPatterns = !(configuration.include.isEmpty && configuration.exclude.isEmpty)
        names = hasPatterns ? SelectableNames(index) : SelectableNames()
        include = SelectionPatterns(configuration.include, names: names)
        exclude = SelectionPatterns(configuration.exclude, names: names)
    }

    /// - Returns: The selection, with a warning for every exclusion that excludes nothing.
    /// - Throws: ``GeneratorError`` naming every inclusion that includes nothing, with near matches.
    func select() throws(GeneratorError) -> (SelectedSchema, [Diagnostic]) {
        let problems = include.unknown.map { Diagnostic(.error, unknown($0, option: "--include"), at: $0.place) }
        guard problems.isEmpty else { throw GeneratorError(.badInput, problems) }
        var columns = ColumnSelection(index: index, include: include, exclude: exclude)
        let diagnostics =
            exclude.unknown.map { Diagnostic(.warning, unknown($0, option: "--exclude"), at: $0.place) }
            + columns.diagnostics

        var tables = Set(index.entityTypes.filter(isSelected(table:)).map(\.qualifiedName))
        var (operations, closure) = operationsAndTypes(of: tables, columns)
        switch configuration.closure {
        case .none: break
        case .keys:
            let referred = closure.tables.subtracting(tables).filter { !isExcluded(table: $0) }
            columns.keepKeyAlone(of: referred)
            for name in referred {
                if let type = index.entityType(named: name) { addTypesOfKey(of: type, columns, to: &closure) }
            }
            tables.formUnion(referred)
        case .full:
            while true {
                let referred = closure.tables.subtracting(tables).filter { !isExcluded(table: $0) }
                guard !referred.isEmpty else { break }
                tables.formUnion(referred)
                (operations, closure) = operationsAndTypes(of: tables, columns)
            }
        }
        return (schema(tables: tables, operations: operations, types: closure.types, columns), diagnostics)
    }

    /// What is generated, by the parts that are asked for.
    private func schema(
        tables: Set<String>,
        operations: Operations,
        types: Set<String>,
        _ columns: ColumnSelection
    ) -> SelectedSchema {
        let hasStructs = configuration.parts.contains(.structs)
        return SelectedSchema(
            index: index,
            entityTypes: hasStructs ? index.entityTypes.filter { tables.contains($0.qualifiedName) } : [],
            complexTypes: hasStructs
                ? index.complexTypes.filter {
                    types.contains($0.qualifiedName) && !isExcluded($0.element.name, $0.qualifiedName)
                } : [],
            enumTypes: hasStructs
                ? index.enumTypes.filter {
                    types.contains($0.qualifiedName) && !isExcluded($0.element.name, $0.qualifiedName)
                } : [],
            boundOperations: operations.bound,
            importedOperations: operations.imported,
            columns: columns
        )
    }

    // MARK: Operations and types

    private struct Operations {
        var bound: [SchemaIndex.Declared<Operation>] = []
        var imported: [(import: OperationImport, operation: SchemaIndex.Declared<Operation>)] = []
    }

    private func operationsAndTypes(of tables: Set<String>, _ columns: ColumnSelection) -> (Operations, TypeClosure) {
        var operations = Operations()
        if configuration.parts.contains(.operations) {
            operations.bound = index.operations.filter { operation in
                guard let binding = operation.element.bindingParameter, !isExcluded(operation) else { return false }
                return isIncluded(operation) || tables.contains(index.canonicalName(binding.type.name))
            }
            operations.imported = importedOperations()
        }
        var closure = TypeClosure(index: index, columns: columns)
        for type in index.complexTypes where isIncluded(type.element.name, type.qualifiedName) {
            closure.add(type.qualifiedName)
        }
        for type in index.enumTypes where isIncluded(type.element.name, type.qualifiedName) {
            closure.add(type.qualifiedName)
        }
        for type in index.entityTypes where tables.contains(type.qualifiedName) { closure.addTypes(of: type) }
        for operation in operations.bound + operations.imported.map(\.operation) {
            closure.addTypes(of: operation.element)
        }
        return (operations, closure)
    }

    /// The types of the key of a table that is generated with its key alone.
    private func addTypesOfKey(
        of type: SchemaIndex.Declared<EntityType>,
        _ columns: ColumnSelection,
        to closure: inout TypeClosure
    ) {
        let members = columns.members(
            Members(index.lineage(of: type)),
            of: type.qualifiedName,
            key: index.key(of: type).map(\.name)
        )
        for entry in members.properties(keyFirst: []) { closure.add(entry.property.type.name) }
    }

    private func importedOperations() -> [(import: OperationImport, operation: SchemaIndex.Declared<Operation>)] {
        let unbound = Dictionary(grouping: index.operations.filter { !$0.element.isBound }, by: \.qualifiedName)
        return index.operationImports.flatMap { declared in
            unbound[index.canonicalName(declared.element.operation), default: []].filter { operation in
                let names = [operation.element.name, operation.qualifiedName, declared.element.name]
                return operation.element.kind == declared.element.kind && isIncluded(names) && !exclude.matches(names)
            }
            .map { (declared.element, $0) }
        }
    }

    // MARK: Patterns

    private func isIncluded(_ names: String...) -> Bool { isIncluded(names) }

    private func isIncluded(_ names: [String]) -> Bool { include.selectsNoTypes || include.matches(names) }

    private func isExcluded(_ names: String...) -> Bool { exclude.matches(names) }

    private func isIncluded(_ operation: SchemaIndex.Declared<Operation>) -> Bool {
        isIncluded(operation.element.name, operation.qualifiedName)
    }

    private func isExcluded(_ operation: SchemaIndex.Declared<Operation>) -> Bool {
        isExcluded(operation.element.name, operation.qualifiedName)
    }

    /// Tables may be named by their entity sets too.
    private func isSelected(table: SchemaIndex.Declared<EntityType>) -> Bool {
        let names = index.names(ofTable: table)
        return !exclude.matches(names) && (isIncluded(names) || include.matchesColumns(ofExactly: names))
    }

    private func isExcluded(table name: String) -> Bool {
        guard let type = index.entityType(named: name) else { return true }
        return exclude.matches(index.names(ofTable: type))
    }

    private func unknown(_ pattern: SelectionPatterns.Pattern, option: String) -> String {
        let text = pattern.pattern.text
        let subject = pattern.place == nil ? "\(option) \(text)" : "'\(text)'"
        let kinds = text.contains(".") ? "table, type, operation or column" : "table, type or operation"
        let message = "\(subject): the metadata has no \(kinds) of that name"
        let near = names.near(text).map { "'\($0)'" }
        guard let last = near.last else { return message }
        let list = near.count == 1 ? last : near.dropLast().joined(separator: ", ") + " or " + last
        return message + "; did you mean \(list)?"
    }
}
