/// A file with tables.
struct TablesContext: TemplateContext {
    let file: FileContext
    let tables: [TableContext]

    static let shape = ContextShape(
        FileContext.members.merging(["tables": TableContext.list, "isEmpty": .flag]) { $1 }
    )

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "tables": .contexts(tables)
        case "isEmpty": .flag(tables.isEmpty)
        default: file.value(named: name)
        }
    }
}

/// The file with the complex types.
struct ComplexTypesContext: TemplateContext {
    let file: FileContext
    let types: [ComplexTypeContext]

    static let shape = ContextShape(
        FileContext.members.merging(["types": ComplexTypeContext.list, "isEmpty": .flag]) { $1 }
    )

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "types": .contexts(types)
        case "isEmpty": .flag(types.isEmpty)
        default: file.value(named: name)
        }
    }
}

/// The file with the enumerations.
struct EnumerationsContext: TemplateContext {
    let file: FileContext
    let types: [EnumerationContext]
    /// The global option sets.
    let choices: [ChoiceContext]

    static let shape = ContextShape(
        FileContext.members.merging([
            "types": EnumerationContext.list, "isEmpty": .flag, "choices": ChoiceContext.list, "hasChoices": .flag,
        ]) { $1 }
    )

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "types": .contexts(types)
        case "isEmpty": .flag(types.isEmpty && choices.isEmpty)
        case "choices": .contexts(choices)
        case "hasChoices": .flag(!choices.isEmpty)
        default: file.value(named: name)
        }
    }
}

/// The file with the operations that belong to no table.
struct OperationsContext: TemplateContext {
    let file: FileContext
    /// Operations that the clients call.
    let operations: [OperationContext]
    /// Operations bound to something that has no entity set of its own; their calls are built only.
    let unreachableOperations: [OperationContext]

    static let shape = ContextShape(
        FileContext.members.merging([
            "operations": OperationContext.list, "unreachableOperations": OperationContext.list,
            "hasOperations": .flag, "isEmpty": .flag,
        ]) { $1 }
    )

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "operations": .contexts(operations)
        case "unreachableOperations": .contexts(unreachableOperations)
        case "hasOperations": .flag(!operations.isEmpty)
        case "isEmpty": .flag(operations.isEmpty && unreachableOperations.isEmpty)
        default: file.value(named: name)
        }
    }
}
