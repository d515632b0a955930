/// A complex type: one struct.
struct ComplexTypeContext: TemplateContext {
    let documentation: String
    let name: String
    /// The type's name as a literal.
    let typeName: String
    let columnsSummary: String
    /// The declarations, rendered with the template `column`; `nil` where there are none.
    let columns: String?
    let lookups: String?
    let collections: String?

    static let shape = ContextShape([
        "documentation": .text, "name": .text, "typeName": .text, "columnsSummary": .text,
        "columns": .text, "lookups": .text, "collections": .text,
    ])

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "documentation": .text(documentation)
        case "name": .text(self.name)
        case "typeName": .text(typeName)
        case "columnsSummary": .text(columnsSummary)
        case "columns": .text(columns)
        case "lookups": .text(lookups)
        case "collections": .text(collections)
        default: nil
        }
    }
}
