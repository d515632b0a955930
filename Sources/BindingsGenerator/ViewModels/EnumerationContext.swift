/// An enumeration type: an enum, or an option set where several members can be selected at once.
struct EnumerationContext: TemplateContext {
    /// A member.
    struct Member: TemplateContext {
        let documentation: String
        let name: String
        /// The name in the metadata, as a literal.
        let literal: String
        /// The number.
        let value: String
        /// What of JSON means this member: the name, and the number where no earlier member has it.
        let patterns: String

        static let shape = ContextShape([
            "documentation": .text, "name": .text, "literal": .text, "value": .text, "patterns": .text,
        ])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "documentation": .text(documentation)
            case "name": .text(self.name)
            case "literal": .text(literal)
            case "value": .text(value)
            case "patterns": .text(patterns)
            default: nil
            }
        }
    }

    let documentation: String
    let name: String
    /// The type's name as a literal.
    let typeName: String
    let isFlags: Bool
    let members: [Member]

    static let shape = ContextShape([
        "documentation": .text, "name": .text, "typeName": .text, "isFlags": .flag, "members": Member.list,
        "hasMembers": .flag,
    ])

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "documentation": .text(documentation)
        case "name": .text(self.name)
        case "typeName": .text(typeName)
        case "isFlags": .flag(isFlags)
        case "members": .contexts(members)
        case "hasMembers": .flag(!members.isEmpty)
        default: nil
        }
    }
}
