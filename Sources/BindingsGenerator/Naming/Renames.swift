import CSDL

/// The names that someone chose, by what they are for.
struct Renames: Sendable {
    typealias Rename = NamingConfiguration.Rename

    /// By the name of the type, with or without its namespace.
    let types: [String: Rename]
    /// By the name of the operation, with or without its namespace.
    let operations: [String: Rename]
    /// By the name of the entity set or singleton.
    let entitySets: [String: Rename]
    private let columns: [String: [String: Rename]]
    private let members: [String: [String: Rename]]
    private let configuration: NamingConfiguration

    init(_ configuration: NamingConfiguration) {
        self.configuration = configuration
        types = Renames.bySource(configuration.types)
        operations = Renames.bySource(configuration.operations)
        entitySets = Renames.bySource(configuration.entitySets)
        columns = Renames.byOwner(configuration.columns)
        members = Renames.byOwner(configuration.members)
    }

    /// The renames of the columns of a type, by the names of the columns. Those of a base type count for its subtypes.
    ///
    /// - Parameter lineage: The names of the types, the root first, each without and with its namespace.
    func columns(of lineage: [[String]]) -> [String: Rename] {
        guard !columns.isEmpty else { return [:] }
        var result = columns["*", default: [:]]
        for name in lineage.joined() { result.merge(columns[name, default: [:]]) { $1 } }
        return result
    }

    /// The renames of the members of an enumeration.
    func members(of type: SchemaIndex.Declared<EnumType>) -> [String: Rename] {
        guard !members.isEmpty else { return [:] }
        return members[type.element.name, default: [:]].merging(members[type.qualifiedName, default: [:]]) { $1 }
    }

    private static func bySource(_ renames: [Rename]) -> [String: Rename] {
        Dictionary(renames.map { ($0.source, $0) }) { $1 }
    }

    private static func byOwner(_ renames: [Rename]) -> [String: [String: Rename]] {
        var result: [String: [String: Rename]] = [:]
        for rename in renames {
            let (owner, name) = rename.source.splitAtLastDot
            result[owner, default: [:]][name] = rename
        }
        return result
    }
}

// MARK: Renames of nothing

extension Renames {
    /// A warning for every rename of something that the metadata does not have.
    func diagnostics(_ index: SchemaIndex) -> [Diagnostic] {
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
        return diagnostics
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

extension String {
    /// `Test.account.name` → `Test.account`, `name`.
    var splitAtLastDot: (owner: String, name: String) {
        guard let dot = lastIndex(of: ".") else { return ("", self) }
        return (String(self[..<dot]), String(self[index(after: dot)...]))
    }
}
