import CSDL

/// What `include` and `exclude` name: whole tables, types and operations, or single columns.
///
/// A pattern with a dot names columns where it fits one, `account.name`; otherwise it is a qualified name,
/// `Microsoft.Dynamics.CRM.account`. A pattern of the columns of one table, without a wildcard before the dot, selects
/// that table; `*.createdon` says which columns are kept of the tables that are selected otherwise.
struct SelectionPatterns {
    /// A pattern with the place that it was read from.
    struct Pattern {
        let pattern: NamePattern
        let place: Place?
    }

    private var types: [Pattern] = []
    private var columns: [(table: NamePattern, column: NamePattern, pattern: Pattern)] = []
    /// Patterns that fit nothing.
    private(set) var unknown: [Pattern] = []

    init(_ patterns: [Located<String>], names: SelectableNames) {
        for text in patterns {
            let pattern = Pattern(pattern: NamePattern(text.value), place: text.place)
            let (owner, name) = text.value.splitAtLastDot
            let (table, column) = (NamePattern(owner), NamePattern(name))
            if !owner.isEmpty, names.hasColumn(column, of: table) {
                columns.append((table, column, pattern))
            } else if names.all.contains(where: pattern.pattern.matches) {
                types.append(pattern)
            } else {
                unknown.append(pattern)
            }
        }
    }

    /// Whether no pattern selects a whole table, type or operation, or the table of columns.
    var selectsNoTypes: Bool { types.isEmpty && !columns.contains { $0.table.isExact } }

    /// Whether there are patterns of columns.
    var hasColumns: Bool { !columns.isEmpty }

    /// Whether a pattern names a table, type or operation that has these names.
    func matches(_ names: [String]) -> Bool {
        types.contains { type in names.contains(where: type.pattern.matches) }
    }

    /// Whether a pattern names columns of a table that has these names, without a wildcard.
    func matchesColumns(ofExactly names: [String]) -> Bool {
        columns.contains { $0.table.isExact && names.contains($0.table.text) }
    }

    /// The patterns of the columns of a type that has these names.
    func columns(of names: [String]) -> [(column: NamePattern, pattern: Pattern)] {
        columns.compactMap { entry in
            names.contains(where: entry.table.matches) ? (entry.column, entry.pattern) : nil
        }
    }
}

/// All names that patterns can fit.
struct SelectableNames {
    /// The names of tables, types, operations and entity sets.
    let all: Set<String>
    private let index: SchemaIndex

    /// No names, where nobody asks for them.
    init() {
        all = []
        index = SchemaIndex([])
    }

    init(_ index: SchemaIndex) {
        self.index = index
        var names: Set<String> = []
        for type in index.entityTypes { names.formUnion([type.element.name, type.qualifiedName]) }
        for type in index.complexTypes { names.formUnion([type.element.name, type.qualifiedName]) }
        for type in index.enumTypes { names.formUnion([type.element.name, type.qualifiedName]) }
        for operation in index.operations { names.formUnion([operation.element.name, operation.qualifiedName]) }
        for declared in index.operationImports { names.insert(declared.element.name) }
        for set in index.entitySets { names.insert(set.element.name) }
        all = names
    }

    /// Whether a table or complex type whose name fits has a column whose name fits.
    func hasColumn(_ column: NamePattern, of table: NamePattern) -> Bool {
        index.entityTypes.contains { type in
            index.names(ofTable: type).contains(where: table.matches)
                && index.lineage(of: type).contains { Self.has(column, $0.element) }
        }
            || index.complexTypes.contains { type in
                [type.element.name, type.qualifiedName].contains(where: table.matches)
                    && index.lineage(of: type).contains { Self.has(column, $0.element) }
            }
    }

    /// Near matches of a pattern that fits nothing: of a name, or of the column of a table that exists.
    func near(_ text: String) -> [String] {
        let (owner, column) = text.splitAtLastDot
        guard !owner.isEmpty, let type = index.entityTypes.first(where: { index.names(ofTable: $0).contains(owner) })
        else { return NearMatches.of(text, in: all) }
        let types = index.lineage(of: type).map(\.element)
        let columns = types.flatMap { $0.properties.map(\.name) + $0.navigationProperties.map(\.name) }
        return NearMatches.of(column, in: columns).map { "\(owner).\($0)" }
    }

    private static func has(_ column: NamePattern, _ type: some StructuredType) -> Bool {
        type.properties.contains { $0.selectableNames.contains(where: column.matches) }
            || type.navigationProperties.contains { $0.selectableNames.contains(where: column.matches) }
    }
}

extension SchemaIndex {
    /// The names by which a table can be selected: its own, the qualified one, and those of its entity sets.
    func names(ofTable type: Declared<EntityType>) -> [String] {
        [type.element.name, type.qualifiedName] + entitySets(ofType: type.qualifiedName).map(\.element.name)
    }
}

extension Property {
    /// The names by which a column can be selected: its own, and that of the lookup whose value it holds.
    var selectableNames: [String] { isLookupValue ? [name, lookupName] : [name] }
}

extension NavigationProperty {
    /// The names by which a lookup can be selected: its own, and those of the column that holds its value.
    var selectableNames: [String] {
        guard !type.isCollection else { return [name] }
        return [name]
            + referentialConstraints.flatMap { constraint in
                let column = Property(name: constraint.property, type: TypeReference("Edm.Guid"))
                return column.isLookupValue ? column.selectableNames : []
            }
    }
}
