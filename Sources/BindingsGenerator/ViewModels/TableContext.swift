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

            func child(named name: String) -> Any? {
                switch name {
                case "name": self.name
                case "type": type
                case "literal": literal
                default: nil
                }
            }
        }

        let parts: [Part]

        static let shape = ContextShape([
            "parts": Part.list, "declaration": .text, "forwarding": .text, "values": .text,
        ])

        func child(named name: String) -> Any? {
            switch name {
            case "parts": parts
            case "declaration": parts.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
            case "forwarding": parts.map { "\($0.name): \($0.name)" }.joined(separator: ", ")
            case "values": parts.map { "(\($0.literal), \($0.name))" }.joined(separator: ", ")
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

        func child(named name: String) -> Any? {
            switch name {
            case "documentation": documentation
            case "name": self.name
            case "declaration": declaration
            case "values": values
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

        func child(named name: String) -> Any? {
            switch name {
            case "documentation": documentation
            case "name": self.name
            case "arguments": arguments
            case "kind": kind
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
    /// The Swift type of the primary key.
    let primaryKey: String
    let compositeKey: CompositeKey?
    let columnsSummary: String
    /// The declarations, rendered with the template `column`; `nil` where there are none.
    let columns: String?
    let lookups: String?
    let collections: String?
    let alternateKeys: [AlternateKey]
    let accessors: [Accessor]
    let operations: [OperationContext]
    /// Whether the operations can be called through an entity set.
    let hasEntitySet: Bool

    static let shape = ContextShape(
        FileContext.members.merging([
            "documentation": .text, "name": .text, "logicalName": .text, "typeName": .text, "entitySetName": .text,
            "keyNames": .text, "primaryKey": .text, "compositeKey": CompositeKey.list, "columnsSummary": .text,
            "columns": .text, "lookups": .text, "collections": .text,
            "hasAlternateKeys": .flag, "alternateKeys": AlternateKey.list, "hasAccessors": .flag,
            "accessors": Accessor.list, "hasOperations": .flag, "hasCallableOperations": .flag,
            "operations": OperationContext.list,
            "rowType": .text,
        ]) { $1 }
    )

    func child(named name: String) -> Any? {
        switch name {
        case "documentation": documentation
        case "name", "rowType": self.name
        case "logicalName": logicalName
        case "typeName": typeName
        case "entitySetName": entitySetName
        case "keyNames": keyNames
        case "primaryKey": primaryKey
        case "compositeKey": compositeKey
        case "columnsSummary": columnsSummary
        case "columns": columns
        case "lookups": lookups
        case "collections": collections
        case "hasAlternateKeys": !alternateKeys.isEmpty
        case "alternateKeys": alternateKeys
        case "hasAccessors": !accessors.isEmpty
        case "accessors": accessors
        case "hasOperations": !operations.isEmpty
        case "hasCallableOperations": !operations.isEmpty && hasEntitySet
        case "operations": operations
        default: file.child(named: name)
        }
    }
}
