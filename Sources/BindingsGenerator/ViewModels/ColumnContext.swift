/// A column, lookup or collection: one declaration in `Columns`, rendered with a template of its own.
struct ColumnContext: TemplateContext {
    /// The comment, indented but for its first line.
    let documentation: String
    /// `@inlinable public `, or what the access level makes of it.
    let inlinableAccess: String
    /// The name, in backticks where needed.
    let name: String
    /// The type: `Column<Account, String>`.
    let type: String
    /// The getter: `{ Column("name") }`, on several lines where one would be too long.
    let body: String

    static let shape = ContextShape([
        "documentation": .text, "inlinableAccess": .text, "name": .text, "type": .text, "body": .text,
    ])

    func child(named name: String) -> Any? { text(named: name) }

    /// A member, all of which are texts.
    func text(named name: String) -> String? {
        switch name {
        case "documentation": documentation
        case "inlinableAccess": inlinableAccess
        case "name": self.name
        case "type": type
        case "body": body
        default: nil
        }
    }
}
