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

        func child(named name: String) -> Any? {
            switch name {
            case "documentation": documentation
            case "name": self.name
            case "literal": literal
            case "value": value
            case "patterns": patterns
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

    func child(named name: String) -> Any? {
        switch name {
        case "documentation": documentation
        case "name": self.name
        case "typeName": typeName
        case "isFlags": isFlags
        case "members": members
        case "hasMembers": !members.isEmpty
        default: nil
        }
    }
}
