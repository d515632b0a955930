/// The tables that a lookup refers to: an enumeration with a case for each.
struct LookupTargetsContext: TemplateContext {
    /// A table that rows are generated for.
    struct Case: TemplateContext {
        let documentation: String
        /// The name of the case, in backticks where needed.
        let name: String
        /// The Swift type of the rows.
        let row: String
        /// Its place among the tables.
        let index: String

        static let shape = ContextShape(["documentation": .text, "name": .text, "row": .text, "index": .text])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "documentation": .text(documentation)
            case "name": .text(self.name)
            case "row": .text(row)
            case "index": .text(index)
            default: nil
            }
        }
    }

    let documentation: String
    let name: String
    let cases: [Case]
    /// The expressions that make the tables: `LookupTable("account", in: "accounts")`.
    let tables: [String]
    /// The lookup of each table, rendered with the template `column`; `nil` where one leads to all of them.
    let lookups: String?

    static let shape = ContextShape([
        "documentation": .text, "name": .text, "cases": Case.list, "tables": .texts, "lookups": .text,
        "targetsProtocol": .text,
    ])

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "documentation": .text(documentation)
        case "name": .text(self.name)
        case "cases": .contexts(cases)
        case "tables": .texts(tables)
        // Without lookups of its own, the section must not find those of the table.
        case "lookups": lookups.map { .text($0) } ?? .flag(false)
        case "targetsProtocol": .text(lookups == nil ? "LookupTargets" : "PolymorphicTargets")
        default: nil
        }
    }
}
