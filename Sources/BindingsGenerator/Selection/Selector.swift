import CSDL

/// Chooses what bindings are written for: what `include` names and needs, without what `exclude` names.
///
/// A table brings the complex types and enumerations of its columns and the operations bound to it. Other tables that
/// it refers to have to be included by name.
struct Selector {
    private let index: SchemaIndex
    private let include: [NamePattern]
    private let exclude: [NamePattern]

    init(index: SchemaIndex, configuration: GeneratorConfiguration) {
        self.index = index
        include = configuration.include.map(NamePattern.init)
        exclude = configuration.exclude.map(NamePattern.init)
    }

    /// - Returns: The selection, with a warning for every exclusion that excludes nothing.
    /// - Throws: ``GeneratorError`` naming every inclusion that includes nothing, with near matches.
    func select() throws(GeneratorError) -> (SelectedSchema, [Diagnostic]) {
        let diagnostics = try checkPatterns()
        let entityTypes = index.entityTypes.filter { isSelected(table: $0) }
        let tables = Set(entityTypes.map(\.qualifiedName))
        let bound = index.operations.filter { operation in
            guard let binding = operation.element.bindingParameter, !isExcluded(operation) else { return false }
            return isIncluded(operation) || tables.contains(index.canonicalName(binding.type.name))
        }
        let imported = importedOperations().filter { isIncluded($0.operation) && !isExcluded($0.operation) }

        var closure = TypeClosure(index: index)
        for type in index.complexTypes where isIncluded(type.element.name, type.qualifiedName) {
            closure.add(type.qualifiedName)
        }
        for type in index.enumTypes where isIncluded(type.element.name, type.qualifiedName) {
            closure.add(type.qualifiedName)
        }
        for type in entityTypes { closure.addProperties(of: type) }
        for operation in bound + imported.map(\.operation) { closure.addTypes(of: operation.element) }

        let schema = SelectedSchema(
            index: index,
            entityTypes: entityTypes,
            complexTypes: index.complexTypes.filter {
                closure.types.contains($0.qualifiedName) && !isExcluded($0.element.name, $0.qualifiedName)
            },
            enumTypes: index.enumTypes.filter {
                closure.types.contains($0.qualifiedName) && !isExcluded($0.element.name, $0.qualifiedName)
            },
            boundOperations: bound,
            importedOperations: imported
        )
        return (schema, diagnostics)
    }

    // MARK: Patterns

    private func isIncluded(_ names: String...) -> Bool {
        include.isEmpty || include.contains { pattern in names.contains(where: pattern.matches) }
    }

    private func isExcluded(_ names: String...) -> Bool {
        exclude.contains { pattern in names.contains(where: pattern.matches) }
    }

    private func isIncluded(_ operation: SchemaIndex.Declared<Operation>) -> Bool {
        isIncluded(operation.element.name, operation.qualifiedName)
    }

    private func isExcluded(_ operation: SchemaIndex.Declared<Operation>) -> Bool {
        isExcluded(operation.element.name, operation.qualifiedName)
    }

    /// Tables may be named by their entity sets too.
    private func isSelected(table: SchemaIndex.Declared<EntityType>) -> Bool {
        let sets = index.entitySets(ofType: table.qualifiedName).map(\.element.name)
        let names = [table.element.name, table.qualifiedName] + sets
        return !names.contains { isExcluded($0) } && names.contains { isIncluded($0) }
    }

    private func importedOperations() -> [(import: OperationImport, operation: SchemaIndex.Declared<Operation>)] {
        let unbound = Dictionary(grouping: index.operations.filter { !$0.element.isBound }, by: \.qualifiedName)
        return index.operationImports.flatMap { declared in
            let overloads = unbound[index.canonicalName(declared.element.operation), default: []]
            return overloads.filter { $0.element.kind == declared.element.kind }.map { (declared.element, $0) }
        }
    }

    private func checkPatterns() throws(GeneratorError) -> [Diagnostic] {
        guard !(include.isEmpty && exclude.isEmpty) else { return [] }
        let names = namesThatPatternsMayMatch()
        var problems: [Diagnostic] = []
        for pattern in include where !names.contains(where: pattern.matches) {
            problems.append(Diagnostic(.error, unknown(pattern, option: "--include", names: names)))
        }
        guard problems.isEmpty else { throw GeneratorError(.badInput, problems) }
        return exclude.filter { pattern in !names.contains(where: pattern.matches) }
            .map { Diagnostic(.warning, unknown($0, option: "--exclude", names: names)) }
    }

    private func unknown(_ pattern: NamePattern, option: String, names: Set<String>) -> String {
        let message = "\(option) \(pattern.text): the metadata has no table, type or operation of that name"
        let near = NearMatches.of(pattern.text, in: names).map { "'\($0)'" }
        guard let last = near.last else { return message }
        let list = near.count == 1 ? last : near.dropLast().joined(separator: ", ") + " or " + last
        return message + "; did you mean \(list)?"
    }

    private func namesThatPatternsMayMatch() -> Set<String> {
        var names: Set<String> = []
        for type in index.entityTypes { names.formUnion([type.element.name, type.qualifiedName]) }
        for type in index.complexTypes { names.formUnion([type.element.name, type.qualifiedName]) }
        for type in index.enumTypes { names.formUnion([type.element.name, type.qualifiedName]) }
        for operation in index.operations { names.formUnion([operation.element.name, operation.qualifiedName]) }
        for set in index.entitySets { names.insert(set.element.name) }
        return names
    }
}

/// The complex types and enumerations that others need.
private struct TypeClosure {
    let index: SchemaIndex
    private(set) var types: Set<String> = []

    init(index: SchemaIndex) {
        self.index = index
    }

    mutating func add(_ name: String) {
        switch index.type(named: name) {
        case .complex(let type)?:
            guard types.insert(type.qualifiedName).inserted else { return }
            for ancestor in index.lineage(of: type) {
                for property in ancestor.element.properties { add(property.type.name) }
            }
        case .enumeration(let type)?:
            types.insert(type.qualifiedName)
        case .entity, .definition, .primitive, nil:
            break
        }
    }

    mutating func addProperties(of type: SchemaIndex.Declared<EntityType>) {
        for ancestor in index.lineage(of: type) {
            for property in ancestor.element.properties { add(property.type.name) }
        }
    }

    mutating func addTypes(of operation: Operation) {
        for parameter in operation.parameters { add(parameter.type.name) }
        if let result = operation.returnType { add(result.name) }
    }
}
