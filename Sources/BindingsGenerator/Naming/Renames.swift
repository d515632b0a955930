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
    /// By the name of the global option set.
    let globalChoices: [String: Rename]
    private let columns: [String: [String: Rename]]
    private let members: [String: [String: Rename]]
    private let choices: [String: [String: Rename]]
    private let alternateKeys: [String: [String: Rename]]
    let configuration: NamingConfiguration

    init(_ configuration: NamingConfiguration) {
        self.configuration = configuration
        types = Renames.bySource(configuration.types)
        operations = Renames.bySource(configuration.operations)
        entitySets = Renames.bySource(configuration.entitySets)
        columns = Renames.byOwner(configuration.columns)
        members = Renames.byOwner(configuration.members)
        globalChoices = Renames.bySource(configuration.choices)
        choices = Renames.byOwner(configuration.choices)
        alternateKeys = Renames.byOwner(configuration.alternateKeys) { Renames.alternateKey($0) }
    }

    /// The renames of the columns of a type, by the names of the columns. Those of a base type count for its subtypes.
    ///
    /// - Parameter lineage: The names of the types, the root first, each without and with its namespace.
    func columns(of lineage: [[String]]) -> [String: Rename] {
        Renames.inherited(columns, by: lineage)
    }

    /// The renames of the choices that are nested in a type, by the names of their columns; inherited like those of columns.
    func choices(of lineage: [[String]]) -> [String: Rename] {
        Renames.inherited(choices, by: lineage)
    }

    /// The renames of the alternate keys of a type, by what ``alternateKey(columns:)`` makes of their columns.
    ///
    /// - Parameter names: The name of the type without and with its namespace.
    func alternateKeys(of names: [String]) -> [String: Rename] {
        Renames.inherited(alternateKeys, by: [names])
    }

    /// What tells an alternate key from others, which has no name: its columns in an order that is always the same, lookups
    /// by their own names.
    static func alternateKey(columns: [String]) -> String {
        columns.map(\.withoutLookupAffixes).sorted().joined(separator: ",")
    }

    /// The same for the columns as someone wrote them: `name, ownerid`.
    static func alternateKey(_ columns: String) -> String {
        alternateKey(columns: columns.split(separator: ",").map { String($0).trimmingWhitespace() })
    }

    /// The renames of the members of an enumeration.
    func members(of type: SchemaIndex.Declared<EnumType>) -> [String: Rename] {
        guard !members.isEmpty else { return [:] }
        return members[type.element.name, default: [:]].merging(members[type.qualifiedName, default: [:]]) { $1 }
    }

    private static func bySource(_ renames: [Rename]) -> [String: Rename] {
        Dictionary(renames.map { ($0.source, $0) }) { $1 }
    }

    private static func byOwner(
        _ renames: [Rename],
        name: (String) -> String = { $0 }
    ) -> [String: [String: Rename]] {
        var result: [String: [String: Rename]] = [:]
        for rename in renames {
            let (owner, member) = rename.source.splitAtLastDot
            result[owner, default: [:]][name(member)] = rename
        }
        return result
    }

    /// Those of all types, of the base types and of the type itself; of two for the same name, the last counts.
    private static func inherited(
        _ renames: [String: [String: Rename]],
        by lineage: [[String]]
    ) -> [String: Rename] {
        guard !renames.isEmpty else { return [:] }
        var result = renames["*", default: [:]]
        for name in lineage.joined() { result.merge(renames[name, default: [:]]) { $1 } }
        return result
    }
}

extension String {
    /// `Test.account.name` → `Test.account`, `name`.
    var splitAtLastDot: (owner: String, name: String) {
        guard let dot = lastIndex(of: ".") else { return ("", self) }
        return (String(self[..<dot]), String(self[index(after: dot)...]))
    }

    /// `_parentid_value` → `parentid`.
    var withoutLookupAffixes: String {
        hasPrefix("_") && hasSuffix("_value") && utf8.count > 7
            ? String(dropFirst().dropLast("_value".count)) : self
    }
}
