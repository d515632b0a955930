/// A complex type: one struct.
struct ComplexTypeContext: TemplateContext {
    let documentation: [String]
    let name: String
    /// The type's name as a literal.
    let typeName: String
    let columnsSummary: String
    let columns: [ColumnContext]
    let lookups: [ColumnContext]
    let collections: [ColumnContext]

    static let shape = ContextShape([
        "documentation": .texts, "name": .text, "typeName": .text, "columnsSummary": .text,
        "columns": ColumnContext.list, "lookups": ColumnContext.list, "collections": ColumnContext.list,
        "hasColumns": .flag, "hasLookups": .flag, "hasCollections": .flag,
    ])

    func child(named name: String) -> Any? {
        switch name {
        case "documentation": documentation
        case "name": self.name
        case "typeName": typeName
        case "columnsSummary": columnsSummary
        case "columns": columns
        case "lookups": lookups
        case "collections": collections
        case "hasColumns": !columns.isEmpty
        case "hasLookups": !lookups.isEmpty
        case "hasCollections": !collections.isEmpty
        default: nil
        }
    }
}
