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

    func child(named name: String) -> Any? {
        switch name {
        case "documentation": documentation
        case "name": self.name
        case "typeName": typeName
        case "columnsSummary": columnsSummary
        case "columns": columns
        case "lookups": lookups
        case "collections": collections
        default: nil
        }
    }
}
