/// A file with tables.
struct TablesContext: TemplateContext {
    let file: FileContext
    let tables: [TableContext]

    static let shape = ContextShape(
        FileContext.members.merging(["tables": TableContext.list, "isEmpty": .flag]) { $1 }
    )

    func child(named name: String) -> Any? {
        switch name {
        case "tables": tables
        case "isEmpty": tables.isEmpty
        default: file.child(named: name)
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

    func child(named name: String) -> Any? {
        switch name {
        case "types": types
        case "isEmpty": types.isEmpty
        default: file.child(named: name)
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

    func child(named name: String) -> Any? {
        switch name {
        case "types": types
        case "isEmpty": types.isEmpty && choices.isEmpty
        case "choices": choices
        case "hasChoices": !choices.isEmpty
        default: file.child(named: name)
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

    func child(named name: String) -> Any? {
        switch name {
        case "operations": operations
        case "unreachableOperations": unreachableOperations
        case "hasOperations": !operations.isEmpty
        case "isEmpty": operations.isEmpty && unreachableOperations.isEmpty
        default: file.child(named: name)
        }
    }
}
