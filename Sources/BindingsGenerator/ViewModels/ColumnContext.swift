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

    /// The members, all of which are texts.
    enum Member: String, CaseIterable, Sendable {
        case documentation, inlinableAccess, name, type, body
    }

    static let shape = ContextShape(
        Dictionary(uniqueKeysWithValues: Member.allCases.map { ($0.rawValue, ContextShape.Member.text) })
    )

    func value(named name: String) -> TemplateValue? { Member(rawValue: name).map { .text(self[$0]) } }

    subscript(member: Member) -> String {
        switch member {
        case .documentation: documentation
        case .inlinableAccess: inlinableAccess
        case .name: name
        case .type: type
        case .body: body
        }
    }
}
