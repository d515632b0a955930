/// A column, lookup or collection: one declaration in `Columns`.
struct ColumnContext: TemplateContext {
    /// The lines of the comment.
    let documentation: [String]
    /// The name, in backticks where needed.
    let name: String
    /// The type: `Column<Account, String>`.
    let type: String
    /// The value: `Column("name")`.
    let value: String

    static let shape = ContextShape(["documentation": .texts, "name": .text, "type": .text, "value": .text])

    func child(named name: String) -> Any? {
        switch name {
        case "documentation": documentation
        case "name": self.name
        case "type": type
        case "value": value
        default: nil
        }
    }
}
