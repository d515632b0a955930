import CSDL

/// The Swift types that someone chose for columns.
struct ColumnTypes: Sendable {
    /// The type of one column.
    struct Choice: Sendable {
        /// The type of the declaration: `EmailAddress`, `Converted<WebsiteURL>`.
        let columnType: String
        /// The type that the app sees.
        let type: String
    }

    private struct Rule: Sendable {
        let table: NamePattern
        let column: NamePattern
        let choice: Choice
        let source: Located<String>
    }

    private let rules: [Rule]

    init(_ configuration: GeneratorConfiguration) {
        rules = configuration.columnTypes.map { type in
            let (table, column) = type.columns.value.splitAtLastDot
            let columnType = type.converter.map { "Converted<\($0)>" } ?? type.type
            return Rule(
                table: NamePattern(table),
                column: NamePattern(column),
                choice: Choice(columnType: columnType, type: type.type),
                source: type.columns
            )
        }
    }

    /// The choices for the columns of a type.
    ///
    /// - Parameter names: The names of the type.
    func ofType(_ names: @autoclosure () -> [String]) -> OfType {
        guard !rules.isEmpty else { return OfType(rules: []) }
        let names = names()
        let fitting = rules.filter { rule in names.contains(where: rule.table.matches) }
        return OfType(rules: fitting.map { ($0.column, $0.choice) })
    }

    /// The choices for the columns of one type.
    struct OfType: Sendable {
        fileprivate let rules: [(column: NamePattern, choice: Choice)]

        /// The choice for a column that is not part of the key.
        subscript(column: String) -> Choice? {
            rules.isEmpty ? nil : rules.first { $0.column.matches(column) }?.choice
        }
    }

    /// A warning for every choice that fits no column, or a column of a key: keys keep their types.
    func diagnostics(_ index: SchemaIndex) -> [Diagnostic] {
        guard !rules.isEmpty else { return [] }
        let names = SelectableNames(index)
        return rules.compactMap { rule in
            let text = rule.source.value
            guard names.hasColumn(rule.column, of: rule.table) else {
                let near = names.near(text).first.map { "; did you mean '\($0)'?" } ?? ""
                return Diagnostic(.warning, "no column is '\(text)'\(near)", at: rule.source.place)
            }
            guard rule.column.isExact else { return nil }
            let isKey = index.entityTypes.contains { type in
                index.names(ofTable: type).contains(where: rule.table.matches)
                    && index.key(of: type).contains { $0.name == rule.column.text }
            }
            guard isKey else { return nil }
            return Diagnostic(.warning, "'\(text)' is part of a key and keeps its type there", at: rule.source.place)
        }
    }
}
