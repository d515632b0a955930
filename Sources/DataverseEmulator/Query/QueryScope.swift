import GRDB

/// A table in a query, by its alias.
struct QueryScope: Sendable {
    let table: TableSchema
    let alias: String

    /// A column of the table.
    func reference(_ column: String) -> SQLFragment { "\(identifier: alias).\(identifier: column)" }

    /// The column's expression: a column of the table, or the version behind `versionnumber`.
    func expression(_ column: ColumnSchema) -> SQLFragment {
        reference(column.role == .versionNumber ? HiddenColumn.version : column.name)
    }
}

/// What a request's queries share: the store, the aliases handed out so far, and the time that `now()` means.
final class QueryContext {
    let store: TableStore
    let now: Int64
    /// The schema as it was when the request began.
    let schema: ServiceSchema
    /// Who the request is made by.
    var caller: Caller
    /// The rules by which the request must not make duplicates.
    var duplicateRules: [DuplicateRule] = []
    /// The addresses of the rows that earlier requests of a change set made, by content ID.
    var references: [String: String] = [:]
    /// The rows whose deletion has begun, by table and number: cascades can come back to them.
    var deleting: Set<String> = []
    private var aliasCount = 0

    init(store: TableStore, now: Int64) {
        self.store = store
        self.now = now
        schema = store.schema
        caller = Caller(store.identity)
    }

    func scope(for table: TableSchema) throws -> QueryScope {
        aliasCount += 1
        return QueryScope(table: table, alias: "t\(aliasCount)")
    }

    /// The table or union to read from, with the scope's alias.
    ///
    /// - Throws: ``MissingTables`` if a table has to be made first.
    func source(_ scope: QueryScope) throws -> SQLFragment {
        let table = scope.table
        guard case .union = table.source else {
            try store.use([table.entitySetName])
            return "\(identifier: table.entitySetName) AS \(identifier: scope.alias)"
        }
        let members = schema.members(of: table)
        try store.use(members.map(\.entitySetName))
        let names =
            table.columns.filter { $0.role != .versionNumber && $0.type != .stream }.map(\.name)
            + table.hiddenLookupColumns.map(\.name)
        let selects = members.enumerated().map { place, member -> SQLFragment in
            let columns = names.map { name -> SQLFragment in
                let exists = member.column(name) != nil || member.hiddenLookupColumns.contains { $0.name == name }
                return exists ? "\(identifier: name)" : "NULL AS \(identifier: name)"
            }
            // Rows of several tables get numbers that do not clash and keep the order of creation in each.
            let row: SQLFragment = """
                \(identifier: HiddenColumn.row) * \(number: members.count) + \(number: place) \
                AS \(identifier: HiddenColumn.row)
                """
            let type: SQLFragment = "\(number: place) AS \(identifier: HiddenColumn.type)"
            let list = SQLFragment.list([row, "\(identifier: HiddenColumn.version)", type] + columns)
            return "SELECT \(list) FROM \(identifier: member.entitySetName)"
        }
        return "(\(.list(selects, separator: " UNION ALL "))) AS \(identifier: scope.alias)"
    }

    /// The condition that a row is what a lookup of another row refers to.
    func join(_ target: QueryScope, isTargetOf lookup: LookupSchema, of origin: QueryScope) -> SQLFragment {
        let match: SQLFragment = "\(target.reference(lookup.referencedColumn)) = \(origin.reference(lookup.column))"
        guard let typeColumn = lookup.typeColumn else { return match }
        return "\(match) AND \(typeCondition(origin.reference(typeColumn), target: target.table))"
    }

    /// The condition that a row belongs to a collection of another row.
    func membership(_ member: QueryScope, in collection: CollectionSchema, of owner: QueryScope) -> SQLFragment {
        switch collection.kind {
        case .oneToMany(let lookup): join(owner, isTargetOf: lookup, of: member)
        case .manyToMany(let link):
            """
            EXISTS (SELECT 1 FROM \(identifier: link.table) \
            WHERE \(identifier: link.ownColumn) = \(owner.reference(link.ownKey)) \
            AND \(identifier: link.otherColumn) = \(member.reference(link.otherKey)))
            """
        }
    }

    /// Makes sure that the table of pairs behind a collection exists.
    func use(_ collection: CollectionSchema) throws(MissingTables) {
        if case .manyToMany(let link) = collection.kind { try store.use([link.table]) }
    }

    private func typeCondition(_ column: SQLFragment, target: TableSchema) -> SQLFragment {
        guard case .union = target.source else { return "\(column) = \(value: target.logicalName.databaseValue)" }
        let names = schema.members(of: target).map { "\(value: $0.logicalName.databaseValue)" as SQLFragment }
        return "\(column) IN (\(.list(names)))"
    }
}
