import CSDL

/// Builds what the template of a choice gets.
struct ChoiceBuilder {
    /// What a choice is of, for messages: `account.industrycode`, or the name of a global option set.
    let subject: String
    /// The file with the option sets.
    let file: String?
    /// The labels of the states that the options of a status belong to.
    var states: [Int32: String] = [:]

    func choice(
        _ optionSet: OptionSets.OptionSet,
        named name: String,
        diagnostics: inout [Diagnostic]
    ) -> ChoiceContext {
        var scope = NameScope(reserved: ReservedNames.choiceMembers)
        var taken: Set<String> = []
        var options: [ChoiceContext.Option] = []
        for option in optionSet.options {
            let given = scope.assign(plainName(of: option, &taken, &diagnostics), for: option.label, suffix: "Option")
            if let reason = given.reason { note(option, given.name, reason, &diagnostics) }
            options.append(
                ChoiceContext.Option(
                    documentation: documentation(of: option),
                    name: given.name.escapedIdentifier,
                    value: String(option.value)
                )
            )
        }
        return ChoiceContext(documentation: documentation(of: optionSet), name: name, options: options)
    }

    /// The label as an identifier; where that is empty or taken, with the number, which stays when options are added.
    private func plainName(
        of option: OptionSets.Option,
        _ taken: inout Set<String>,
        _ diagnostics: inout [Diagnostic]
    ) -> String {
        let number = option.value < 0 ? "Minus\(option.value.magnitude)" : String(option.value)
        guard let name = ChoiceBuilder.identifier(option.label) else {
            let name = "option" + number
            note(option, name, option.label.isEmpty ? "it has no label" : "its label has no letters", &diagnostics)
            taken.insert(name)
            return name
        }
        guard !taken.insert(name).inserted else { return name }
        let unique = name + (name.last?.isNumber == true ? "_" : "") + number
        note(option, unique, "'\(name)' is already taken", &diagnostics)
        taken.insert(unique)
        return unique
    }

    /// The first words of a label, as a name; `nil` where it has no letters or digits.
    private static func identifier(_ label: String) -> String? {
        var text = label
        if text.count > 60 {
            let start = text.prefix(60)
            text = String(start.lastIndex(where: \.isWhitespace).map { start[..<$0] } ?? start)
        }
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        let name = IdentifierWords.member(text)
        return name == "unnamed" || name.allSatisfy({ $0 == "_" }) ? nil : name
    }

    private func note(
        _ option: OptionSets.Option,
        _ name: String,
        _ reason: String,
        _ diagnostics: inout [Diagnostic]
    ) {
        let label = DocumentationComment.line(option.label)
        let message = "the option \(option.value) '\(label)' of \(subject) is named \(name), because \(reason)"
        diagnostics.append(Diagnostic(.note, message, file: file))
    }

    private func documentation(of option: OptionSets.Option) -> String {
        let label = DocumentationComment.line(option.label)
        var facts = label.isEmpty ? "Without a label" : label
        facts += ": \(option.value)"
        if let state = option.state {
            facts += ", while the state is \(states[state].map(DocumentationComment.line) ?? String(state))"
        }
        let paragraphs = [facts + "."] + (option.description.map { [DocumentationComment.sentence($0)] } ?? [])
        return DocumentationComment.text(paragraphs, indentation: 8)
    }

    private func documentation(of optionSet: OptionSets.OptionSet) -> String {
        var paragraphs = [optionSet.displayName, optionSet.description].compactMap { $0 }
            .map(DocumentationComment.sentence)
        let kind = optionSet.isGlobal ? "The global option set" : "The options of"
        paragraphs.append("\(kind) \(DocumentationComment.code(subject)).")
        return DocumentationComment.text(paragraphs, indentation: 4)
    }
}
