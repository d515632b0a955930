import CSDL

/// Builds the functions for the alternate keys of a table.
struct AlternateKeyBuilder {
    let mapper: TypeMapper
    let vocabulary: Vocabulary

    /// A key, before its function has a name.
    private struct Key {
        let parts: [Vocabulary.AlternateKey.Part]
        /// The names of the parameters.
        let names: [String]
        /// Their Swift types.
        let types: [String]
        let position: SourcePosition

        /// What the key is renamed by.
        var source: String { Renames.alternateKey(columns: parts.map(\.path)) }
        /// A key of one column has its name.
        var plainName: String { names.count == 1 ? names[0] : "alternateKey" }
        /// What callers write. Functions with the same labels need names of their own, others may be overloads.
        var labels: [String] { names.count == 1 ? ["_"] : names }
    }

    /// The functions of a table, in the order of the metadata.
    func keys(
        of type: SchemaIndex.Declared<EntityType>,
        lineage: [any StructuredType],
        diagnostics: inout [Diagnostic]
    ) -> [TableContext.AlternateKey] {
        let keys = knownKeys(of: type, lineage: lineage, diagnostics: &diagnostics)
        guard !keys.isEmpty else { return [] }
        let renames = mapper.typeNames.style.renames.alternateKeys(of: [type.element.name, type.qualifiedName])
        var scopes: [[String]: NameScope] = [:]
        for key in keys {
            scopes[key.labels, default: NameScope(reserved: ReservedNames.rowKeyMembers, renames: renames)]
                .hold([key.source])
        }
        return keys.compactMap { key in
            let given = scopes[key.labels]?.assign(key.plainName, for: key.source, suffix: "Key")
            guard let given else { return nil }
            if let conflict = given.conflict { diagnostics.append(conflict) }
            if let reason = given.reason {
                let message =
                    "the alternate key '\(key.source)' of '\(type.element.name)' is named \(given.name), because "
                diagnostics.append(
                    Diagnostic(.note, message + reason, file: type.sourceName, position: key.position)
                )
            }
            return context(key, named: given.name)
        }
    }

    /// The keys whose columns exist, each once: metadata may declare one in two vocabularies.
    private func knownKeys(
        of type: SchemaIndex.Declared<EntityType>,
        lineage: [any StructuredType],
        diagnostics: inout [Diagnostic]
    ) -> [Key] {
        var seen: Set<[String]> = []
        var keys: [Key] = []
        for key in vocabulary.alternateKeys(of: type) {
            let properties = key.parts.map { mapper.property(at: $0.path, in: lineage) }
            guard properties.allSatisfy({ $0 != nil }) else {
                let names = key.parts.map { "'\($0.path)'" }.joined(separator: ", ")
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        "the alternate key \(names) of '\(type.element.name)' names an unknown property and is left out",
                        file: type.sourceName,
                        position: key.position
                    )
                )
                continue
            }
            guard seen.insert(key.parts.flatMap { [$0.alias, $0.path] }).inserted else { continue }
            var scope = NameScope(reserved: ReservedNames.unusableMembers)
            let names = key.parts.map { part in
                let spelling = mapper.typeNames.style.member(part.alias.withoutLookupAffixes)
                return scope.assign(spelling, for: part.alias, suffix: "Value").name
            }
            let types = properties.map { $0.map { mapper.columnType(of: $0.type) } ?? "Value" }
            keys.append(Key(parts: key.parts, names: names, types: types, position: key.position))
        }
        return keys
    }

    private func context(_ key: Key, named name: String) -> TableContext.AlternateKey {
        let parameters = zip(key.names, key.types).map { "\($0.escapedIdentifier): \($1)" }.joined(separator: ", ")
        let columns = key.parts.map { DocumentationComment.code($0.path) }
        return TableContext.AlternateKey(
            documentation: DocumentationComment.text(
                ["The row with the alternate key \(columns.joined(separator: ", "))."],
                indentation: 4
            ),
            name: name.escapedIdentifier,
            declaration: key.names.count == 1 ? "_ " + parameters : parameters,
            values: zip(key.parts, key.names)
                .map { "(\(SwiftLiteral.string($0.alias)), \($1.escapedIdentifier))" }
                .joined(separator: ", ")
        )
    }
}
