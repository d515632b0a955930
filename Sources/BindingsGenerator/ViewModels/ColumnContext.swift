/// A column, lookup or collection: one declaration in `Columns`.
struct ColumnContext: TemplateContext {
    /// The lines of the comment.
    let documentation: [String]
    /// The name, in backticks where needed.
    let name: String
    /// The type: `Column<Account, String>`.
    let type: String
    /// The getter: `{ Column("name") }`, on several lines where one would be too long.
    let body: String

    static let shape = ContextShape(["documentation": .texts, "name": .text, "type": .text, "body": .text])

    func child(named name: String) -> Any? {
        switch name {
        case "documentation": documentation
        case "name": self.name
        case "type": type
        case "body": body
        default: nil
        }
    }
}
