import CSDL

/// Builds what the template of the enumerations gets.
struct EnumerationBuilder {
    let mapper: TypeMapper
    let vocabulary: Vocabulary

    func enumeration(
        _ type: SchemaIndex.Declared<EnumType>,
        diagnostics: inout [Diagnostic]
    ) -> EnumerationContext {
        let name = mapper.typeNames[type.qualifiedName] ?? type.element.name
        let style = mapper.typeNames.style
        var scope = NameScope(
            reserved: ReservedNames.enumerationMembers.union(ReservedNames.unusableMembers),
            renames: style.renames.members(of: type)
        )
        scope.hold(type.element.members.map(\.name))
        var seenNames: Set<String> = []
        var seenValues: Set<Int64> = []
        var members: [EnumerationContext.Member] = []
        for member in type.element.members {
            guard seenNames.insert(member.name).inserted else {
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        "the member '\(member.name)' of '\(type.element.name)' is declared twice",
                        file: type.sourceName,
                        position: member.position
                    )
                )
                continue
            }
            let given = scope.assign(style.member(member.name), for: member.name, suffix: "Value")
            if let conflict = given.conflict { diagnostics.append(conflict) }
            if let reason = given.reason {
                diagnostics.append(
                    Diagnostic(
                        .note,
                        "'\(member.name)' of \(name) is named \(given.name), because \(reason)",
                        file: type.sourceName,
                        position: member.position
                    )
                )
            }
            let literal = SwiftLiteral.string(member.name)
            let target = "\(type.qualifiedName)/\(member.name)"
            let isFirstWithValue = seenValues.insert(member.value).inserted
            var facts = "\(DocumentationComment.code(member.name)), \(member.value)."
            // An attribute would make the enumeration's own code warn.
            if let message = vocabulary.deprecation(of: member, target: target) {
                facts += " Deprecated: " + DocumentationComment.sentence(message)
            }
            members.append(
                EnumerationContext.Member(
                    documentation: DocumentationComment.text(
                        vocabulary.descriptions(of: member, target: target).map(DocumentationComment.sentence) + [
                            facts
                        ],
                        indentation: 4
                    ),
                    name: given.name.escapedIdentifier,
                    literal: literal,
                    value: String(member.value),
                    patterns: isFirstWithValue && Int64(member.name) == nil
                        ? "\(literal), \"\(member.value)\"" : literal
                )
            )
        }
        var paragraphs = vocabulary.descriptions(of: type.element, target: type.qualifiedName)
            .map(DocumentationComment.sentence)
        let kind = type.element.isFlags ? "flags" : "enumeration"
        paragraphs.append("The \(kind) \(DocumentationComment.code(type.qualifiedName)).")
        if let message = vocabulary.deprecation(of: type.element, target: type.target) {
            paragraphs.append("Deprecated: " + DocumentationComment.sentence(message))
        }
        return EnumerationContext(
            documentation: DocumentationComment.text(paragraphs, indentation: 0),
            name: name,
            typeName: SwiftLiteral.string(type.qualifiedName),
            isFlags: type.element.isFlags,
            members: members
        )
    }
}
