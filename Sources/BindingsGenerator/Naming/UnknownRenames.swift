import CSDL

extension Renames {
    /// A warning for every rename of something that the metadata or the option sets do not have.
    func diagnostics(_ index: SchemaIndex, _ optionSets: OptionSets) -> [Diagnostic] {
        let structured = Owners(index)
        var diagnostics: [Diagnostic] = []

        func check(_ renames: [Rename], _ what: String, _ names: @autoclosure () -> Set<String>) {
            guard !renames.isEmpty else { return }
            let names = names()
            for rename in renames where !names.contains(rename.source) {
                let near = NearMatches.of(rename.source, in: names).first.map { "; did you mean '\($0)'?" } ?? ""
                let message = "the metadata has no \(what) '\(rename.source)' to rename\(near)"
                diagnostics.append(Diagnostic(.warning, message, at: rename.place))
            }
        }

        check(
            configuration.types,
            "type",
            Set(structured.names).union(index.enumTypes.flatMap { [$0.element.name, $0.qualifiedName] })
        )
        for rename in configuration.columns {
            let (owner, name) = rename.source.splitAtLastDot
            guard let near = structured.problem(owner: owner, column: name) else { continue }
            let message = "the metadata has no column '\(rename.source)' to rename\(near)"
            diagnostics.append(Diagnostic(.warning, message, at: rename.place))
        }
        check(
            configuration.members,
            "member",
            Set(
                index.enumTypes.flatMap { type in
                    type.element.members.flatMap {
                        ["\(type.element.name).\($0.name)", "\(type.qualifiedName).\($0.name)"]
                    }
                }
            )
        )
        check(
            configuration.operations,
            "action or function",
            Set(
                index.operations.flatMap { [$0.element.name, $0.qualifiedName] }
                    + index.operationImports.map(\.element.name)
            )
        )
        check(
            configuration.entitySets,
            "entity set or singleton",
            Set(index.entitySets.map(\.element.name) + index.singletons.map(\.element.name))
        )
        return diagnostics + choiceDiagnostics(index, optionSets) + alternateKeyDiagnostics(index)
    }

    private func choiceDiagnostics(_ index: SchemaIndex, _ optionSets: OptionSets) -> [Diagnostic] {
        guard !configuration.choices.isEmpty else { return [] }
        let known = KnownChoices(index, optionSets)
        return configuration.choices.compactMap { rename in
            let source = rename.source
            guard !known.names.contains(source) else { return nil }
            if let global = known.globalOfColumn[source] {
                let message = "the choice of '\(source)' is the global option set '\(global)'; rename that one"
                return Diagnostic(.warning, message, at: rename.place)
            }
            let near = NearMatches.of(source, in: known.names).first.map { "; did you mean '\($0)'?" } ?? ""
            return Diagnostic(
                .warning,
                "the option sets have no choice '\(source)' to rename\(near)",
                at: rename.place
            )
        }
    }

    private func alternateKeyDiagnostics(_ index: SchemaIndex) -> [Diagnostic] {
        guard !configuration.alternateKeys.isEmpty else { return [] }
        let vocabulary = Vocabulary(index: index)
        var names: Set<String> = []
        for type in index.entityTypes {
            for key in vocabulary.alternateKeys(of: type) {
                let columns = Renames.alternateKey(columns: key.parts.map(\.path))
                for owner in ["*", type.element.name, type.qualifiedName] { names.insert("\(owner).\(columns)") }
            }
        }
        return configuration.alternateKeys.compactMap { rename in
            let (owner, columns) = rename.source.splitAtLastDot
            let source = "\(owner).\(Renames.alternateKey(columns))"
            guard !names.contains(source) else { return nil }
            let near = NearMatches.of(source, in: names).first.map { "; did you mean '\($0)'?" } ?? ""
            let message = "the metadata has no alternate key '\(rename.source)' to rename\(near)"
            return Diagnostic(.warning, message, at: rename.place)
        }
    }

    /// The choices that have an enumeration, by what they are renamed by.
    private struct KnownChoices {
        /// Global option sets, and columns with an option set of their own.
        var names: Set<String> = []
        /// The global option sets of the other columns.
        var globalOfColumn: [String: String] = [:]

        init(_ index: SchemaIndex, _ optionSets: OptionSets) {
            for type in index.entityTypes {
                let lineage = index.lineage(of: type)
                let tables = lineage.reversed().map(\.element.name)
                let owners = lineage.flatMap { [$0.element.name, $0.qualifiedName] } + ["*"]
                for property in lineage.flatMap(\.element.properties) {
                    guard case .options(let set)? = optionSets.column(property.name, of: tables) else { continue }
                    let columns = owners.map { "\($0).\(property.name)" }
                    if set.isGlobal {
                        names.insert(set.name)
                        for column in columns { globalOfColumn[column] = set.name }
                    } else {
                        names.formUnion(columns)
                    }
                }
            }
        }
    }

    /// The tables and complex types, by name, with the names of their columns.
    private struct Owners {
        private let index: SchemaIndex
        private var lineages: [String: [any StructuredType]] = [:]

        init(_ index: SchemaIndex) {
            self.index = index
        }

        var names: [String] {
            index.entityTypes.flatMap { [$0.element.name, $0.qualifiedName] }
                + index.complexTypes.flatMap { [$0.element.name, $0.qualifiedName] }
        }

        /// `nil` where a type has the column; otherwise what to say of near matches.
        func problem(owner: String, column: String) -> String? {
            let entities = index.entityTypes.filter {
                owner == "*" || owner == $0.element.name || owner == $0.qualifiedName
            }
            let complex = index.complexTypes.filter {
                owner == "*" || owner == $0.element.name || owner == $0.qualifiedName
            }
            guard !(entities.isEmpty && complex.isEmpty) else {
                return NearMatches.of(owner, in: names).first.map { "; did you mean '\($0).\(column)'?" } ?? ""
            }
            let lineages =
                entities.map { index.lineage(of: $0).map { $0.element as any StructuredType } }
                + complex.map { index.lineage(of: $0).map { $0.element as any StructuredType } }
            var columns: Set<String> = []
            for type in lineages.joined() {
                for property in type.properties {
                    columns.insert(property.name)
                    if property.isLookupValue { columns.insert(property.lookupName) }
                }
                columns.formUnion(type.navigationProperties.map(\.name))
            }
            guard !columns.contains(column) else { return nil }
            return NearMatches.of(column, in: columns).first.map { "; did you mean '\(owner).\($0)'?" } ?? ""
        }
    }
}
