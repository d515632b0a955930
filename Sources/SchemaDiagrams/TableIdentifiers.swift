/// What tables are called where a diagram's language allows plain words only.
///
/// A name that is plain in the language stands for itself; other tables are numbered in their order.
struct TableIdentifiers {
    private let identifiers: [String: String]

    /// - Parameters:
    ///   - tables: The tables of the diagram.
    ///   - isPlain: Whether a name can stand for itself in the language.
    init(_ tables: [SchemaDiagram.Table], isPlain: (String) -> Bool) {
        identifiers = Dictionary(
            tables.enumerated().map { number, table in
                (table.id, isPlain(table.name) ? table.name : "table-\(number + 1)")
            },
            uniquingKeysWith: { _, last in last }
        )
    }

    /// What a table of the diagram is called.
    func name(of table: SchemaDiagram.Table) -> String { identifiers[table.id] ?? table.name }

    /// The relations between tables of the diagram, with what their ends are called.
    func ends(
        of relations: [SchemaDiagram.Relation]
    ) -> [(relation: SchemaDiagram.Relation, from: String, to: String)] {
        relations.compactMap { relation in
            guard let from = identifiers[relation.from], let to = identifiers[relation.to] else { return nil }
            return (relation, from, to)
        }
    }
}
