/// A table: one file with the struct of its rows, its keys, its place in the clients and its operations.
struct TableContext: TemplateContext {
    /// A key of several columns.
    struct CompositeKey: TemplateContext {
        /// A column of the key.
        struct Part: TemplateContext {
            /// The name of the property in the key struct.
            let name: String
            /// The Swift type.
            let type: String
            /// The name in the metadata, as a literal.
            let literal: String

            static let shape = ContextShape(["name": .text, "type": .text, "literal": .text])

            func value(named name: String) -> TemplateValue? {
                switch name {
                case "name": .text(self.name)
                case "type": .text(type)
                case "literal": .text(literal)
                default: nil
                }
            }
        }

        let parts: [Part]

        static let shape = ContextShape([
            "parts": Part.list, "declaration": .text, "forwarding": .text, "values": .text,
        ])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "parts": .contexts(parts)
            case "declaration": .text(parts.map { "\($0.name): \($0.type)" }.joined(separator: ", "))
            case "forwarding": .text(parts.map { "\($0.name): \($0.name)" }.joined(separator: ", "))
            case "values": .text(parts.map { "(\($0.literal), \($0.name))" }.joined(separator: ", "))
            default: nil
            }
        }
    }

    /// An alternate key: a function that gives a `RowKey`.
    struct AlternateKey: TemplateContext {
        let documentation: String
        let name: String
        let declaration: String
        let values: String

        static let shape = ContextShape([
            "documentation": .text, "name": .text, "declaration": .text, "values": .text,
        ])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "documentation": .text(documentation)
            case "name": .text(self.name)
            case "declaration": .text(declaration)
            case "values": .text(values)
            default: nil
            }
        }
    }

    /// A property of both clients: an entity set or a singleton.
    struct Accessor: TemplateContext {
        let documentation: String
        let name: String
        /// What follows the client in the initializer: nothing, or the name of the set.
        let arguments: String
        /// The runtime's type without its prefix: `EntitySet` or `Singleton`.
        let kind: String

        static let shape = ContextShape(["documentation": .text, "name": .text, "arguments": .text, "kind": .text])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "documentation": .text(documentation)
            case "name": .text(self.name)
            case "arguments": .text(arguments)
            case "kind": .text(kind)
            default: nil
            }
        }
    }

    let file: FileContext
    let documentation: String
    let name: String
    /// The logical name, the type's name, the entity set's name and the key's names, as literals.
    let logicalName: String
    let typeName: String
    let entitySetName: String
    let keyNames: String
    /// The entries of a dictionary from names of the key to paths; `nil` where they are the same.
    let keyPaths: String?
    /// The Swift type of the primary key.
    let primaryKey: String
    let compositeKey: CompositeKey?
    let columnsSummary: String
    /// The declarations, rendered with the template `column`; `nil` where there are none.
    let columns: String?
    let lookups: String?
    let collections: String?
    /// The enumerations of the tables that lookups refer to.
    let lookupTargets: [LookupTargetsContext]
    /// Whether all rows are of tables that inherit from this one.
    let isGeneral: Bool
    /// The choices of its columns that are not shared with other tables.
    let choices: [ChoiceContext]
    let alternateKeys: [AlternateKey]
    let accessors: [Accessor]
    /// The operations that are bound to the table itself.
    let operations: [OperationContext]
    /// The same, and those bound to tables that it inherits from.
    let methods: [OperationContext]
    /// Whether the operations can be called through an entity set, or the collection of another row.
    let isReachable: Bool
    /// Whether the operations can be called through a singleton.
    let hasSingleton: Bool

    private var singletonMethods: [OperationContext] { hasSingleton ? methods.filter { $0.binding == .row } : [] }

    static let shape = ContextShape(
        FileContext.members.merging([
            "documentation": .text, "name": .text, "logicalName": .text, "typeName": .text, "entitySetName": .text,
            "keyNames": .text, "keyPaths": .text, "primaryKey": .text, "compositeKey": CompositeKey.list,
            "columnsSummary": .text,
            "columns": .text, "lookups": .text, "collections": .text,
            "lookupTargets": LookupTargetsContext.list, "rowProtocol": .text,
            "choices": ChoiceContext.list,
            "hasAlternateKeys": .flag, "alternateKeys": AlternateKey.list, "hasAccessors": .flag,
            "accessors": Accessor.list, "hasOperations": .flag, "hasCallableOperations": .flag,
            "operations": OperationContext.list, "methods": OperationContext.list,
            "hasSingletonOperations": .flag, "singletonMethods": OperationContext.list,
            "rowType": .text,
        ]) { $1 }
    )

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "documentation": .text(documentation)
        case "name", "rowType": .text(self.name)
        case "logicalName": .text(logicalName)
        case "typeName": .text(typeName)
        case "entitySetName": .text(entitySetName)
        case "keyNames": .text(keyNames)
        case "keyPaths": .text(keyPaths)
        case "primaryKey": .text(primaryKey)
        case "compositeKey": .contexts(compositeKey.map { [$0] } ?? [])
        case "columnsSummary": .text(columnsSummary)
        case "columns": .text(columns)
        case "lookups": .text(lookups)
        case "collections": .text(collections)
        case "lookupTargets": .contexts(lookupTargets)
        case "choices": .contexts(choices)
        case "rowProtocol": .text(isGeneral ? "ODataGeneralEntity" : "ODataEntity")
        case "hasAlternateKeys": .flag(!alternateKeys.isEmpty)
        case "alternateKeys": .contexts(alternateKeys)
        case "hasAccessors": .flag(!accessors.isEmpty)
        case "accessors": .contexts(accessors)
        case "hasOperations": .flag(!operations.isEmpty)
        case "hasCallableOperations": .flag(!methods.isEmpty && isReachable)
        case "operations": .contexts(operations)
        case "methods": .contexts(methods)
        case "hasSingletonOperations": .flag(!singletonMethods.isEmpty)
        case "singletonMethods": .contexts(singletonMethods)
        default: file.value(named: name)
        }
    }
}
