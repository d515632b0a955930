/// A choice (option set): an enumeration of its options.
struct ChoiceContext: TemplateContext {
    /// An option.
    struct Option: TemplateContext {
        let documentation: String
        /// The name, in backticks where needed.
        let name: String
        /// The number.
        let value: String

        static let shape = ContextShape(["documentation": .text, "name": .text, "value": .text])

        func value(named name: String) -> TemplateValue? {
            switch name {
            case "documentation": .text(documentation)
            case "name": .text(self.name)
            case "value": .text(value)
            default: nil
            }
        }
    }

    let documentation: String
    let name: String
    let options: [Option]

    static let shape = ContextShape([
        "documentation": .text, "name": .text, "options": Option.list, "optionList": .text,
    ])

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "documentation": .text(documentation)
        case "name": .text(self.name)
        case "options": .contexts(options)
        case "optionList":
            .text(
                OperationContext.list(options.map { "." + $0.name }, width: 104, indentation: 12)
            )
        default: nil
        }
    }
}
