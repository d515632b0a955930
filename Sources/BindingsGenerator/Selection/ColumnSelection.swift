import CSDL

/// Which columns of the selected types are generated.
struct ColumnSelection: Sendable {
    private struct Rule: Sendable {
        let include: [NamePattern]
        let exclude: [NamePattern]

        func keeps(_ names: [String]) -> Bool {
            let isIncluded = include.isEmpty || include.contains { names.contains(where: $0.matches) }
            return isIncluded && !exclude.contains { names.contains(where: $0.matches) }
        }
    }

    private var rules: [String: Rule] = [:]
    /// The canonical names of tables that are generated with their key alone.
    private(set) var keyOnly: Set<String> = []
    /// A message for every key column that should have been excluded.
    private(set) var diagnostics: [Diagnostic] = []

    /// All columns.
    init() {}

    init(index: SchemaIndex, include: SelectionPatterns, exclude: SelectionPatterns) {
        guard include.hasColumns || exclude.hasColumns else { return }
        for type in index.entityTypes {
            add(type.qualifiedName, index.names(ofTable: type), include, exclude, key: index.key(of: type).map(\.name))
        }
        for type in index.complexTypes {
            add(type.qualifiedName, [type.element.name, type.qualifiedName], include, exclude, key: [])
        }
    }

    private mutating func add(
        _ type: String,
        _ names: [String],
        _ include: SelectionPatterns,
        _ exclude: SelectionPatterns,
        key: [String]
    ) {
        let excluded = exclude.columns(of: names)
        let rule = Rule(include: include.columns(of: names).map(\.column), exclude: excluded.map(\.column))
        guard !(rule.include.isEmpty && rule.exclude.isEmpty) else { return }
        rules[type] = rule
        for column in key {
            guard let (_, pattern) = excluded.first(where: { $0.column.matches(column) && $0.column.isExact }) else {
                continue
            }
            let message = "'\(names[0]).\(column)' is part of the key and cannot be excluded"
            diagnostics.append(Diagnostic(.warning, message, at: pattern.place))
        }
    }

    /// Keeps the key alone of tables.
    mutating func keepKeyAlone(of types: some Sequence<String>) {
        keyOnly.formUnion(types)
    }

    /// Whether all columns of a type are kept.
    func keepsAll(of type: String) -> Bool { !keyOnly.contains(type) && rules[type] == nil }

    /// What of the members of a type is kept.
    func members(_ members: Members, of type: String, key: [String]) -> Members {
        if keyOnly.contains(type) { return members.filtered(key: key) { _ in false } }
        guard let rule = rules[type] else { return members }
        return members.filtered(key: key, keeps: rule.keeps)
    }
}
