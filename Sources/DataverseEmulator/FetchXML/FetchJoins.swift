/// Puts the tables that a query links to into SQL: as joins where their columns can be used, as conditions elsewhere.
struct FetchJoins {
    struct Joined {
        let link: FetchQuery.Link
        /// The alias, or the name that is made up for the columns of a link without one.
        let name: String
        let scope: QueryScope
    }

    /// A linked table, and what to read it from.
    private struct Target {
        let scope: QueryScope
        let source: SQLFragment
        let isIntersect: Bool

        init(_ link: FetchQuery.Link, _ context: QueryContext) throws {
            let intersect = try IntersectTable.named(link.entity.name, in: context.schema)
            guard let table = intersect?.table ?? context.schema.table(ofType: link.entity.name.lowercased()) else {
                throw ServiceError.unsupported("links to '\(link.entity.name)', which is no table of this service")
            }
            scope = try context.scope(for: table)
            source = try intersect?.source(scope, context) ?? context.source(scope)
            isIntersect = intersect != nil
        }
    }

    let context: QueryContext
    private(set) var source: SQLFragment
    /// What links without columns demand of the rows.
    private(set) var conditions: [SQLFragment] = []
    /// The joined links, in their order in the query.
    private(set) var joined: [Joined] = []
    private(set) var names: LinkNames
    /// Whether a row can be in the result several times.
    private(set) var repeatsRows = false
    private let isSubquery: Bool
    private var linkCount = 0

    init(_ source: SQLFragment, context: QueryContext) {
        self.init(source, names: LinkNames(), isSubquery: false, context: context)
    }

    private init(_ source: SQLFragment, names: LinkNames, isSubquery: Bool, context: QueryContext) {
        self.source = source
        self.names = names
        self.isSubquery = isSubquery
        self.context = context
    }

    mutating func add(_ links: [FetchQuery.Link], to parent: QueryScope) throws {
        for link in links {
            linkCount += 1
            switch link.type {
            case .inner: try join(link, to: parent, by: "JOIN")
            case .outer: try join(link, to: parent, by: "LEFT JOIN")
            case .firstMatch: try joinFirst(link, to: parent)
            case .exists, .isIn, .any, .notAny, .all, .notAll:
                conditions.append(try Self.condition(link, of: parent, names, context))
            }
        }
    }

    // MARK: Joins

    private mutating func join(_ link: FetchQuery.Link, to parent: QueryScope, by kind: SQLFragment) throws {
        repeatsRows = true
        let target = try Target(link, context)
        try remember(link, target.scope)
        let conditions = try Self.conditions(link, target.scope, parent, names, context)
        source = "\(source) \(kind) \(target.source) ON \(.all(conditions))"
        try add(link.entity.links, to: target.scope)
    }

    /// Joins the first of the related rows: the one that was created first.
    private mutating func joinFirst(_ link: FetchQuery.Link, to parent: QueryScope) throws {
        if let nested = link.entity.links.first(where: { $0.type.hasColumns }) {
            throw ServiceError.unsupported(
                "links of the type '\(nested.type.rawValue)' inside of one of the type '\(link.type.rawValue)'"
            )
        }
        let target = try Target(link, context)
        guard !target.isIntersect else {
            throw ServiceError.unsupported(
                "links of the type '\(link.type.rawValue)' to '\(link.entity.name)', a table of pairs"
            )
        }
        let row = try Self.related(link, of: parent, names, context) { $0.reference(HiddenColumn.row) }
        try remember(link, target.scope)
        // SQLite keeps the order of the tables around a cross join.
        source = """
            \(source) CROSS JOIN \(target.source) \
            ON \(target.scope.reference(HiddenColumn.row)) = (\(row) ORDER BY 1 LIMIT 1)
            """
    }

    private mutating func remember(_ link: FetchQuery.Link, _ scope: QueryScope) throws {
        let name = link.alias ?? "\(link.entity.name)\(linkCount)"
        if link.alias != nil || !isSubquery { try names.add(scope, alias: name) }
        if link.alias == nil { names.add(scope, table: link.entity.name) }
        joined.append(Joined(link: link, name: name, scope: scope))
    }

    // MARK: Conditions

    /// The condition that a link without columns is.
    ///
    /// `all` means what Dataverse does: there are related rows, but none that fulfil the link's filter.
    static func condition(
        _ link: FetchQuery.Link,
        of parent: QueryScope,
        _ names: LinkNames,
        _ context: QueryContext
    ) throws -> SQLFragment {
        let exists: SQLFragment = "EXISTS (\(try related(link, of: parent, names, context) { _ in "1" }))"
        switch link.type {
        case .notAny: return "NOT \(exists)"
        case .all:
            var unfiltered = link
            unfiltered.entity = FetchQuery.Entity(name: link.entity.name)
            let some = try related(unfiltered, of: parent, names, context) { _ in "1" }
            return .all(["EXISTS (\(some))", "NOT \(exists)"])
        default: return exists
        }
    }

    /// The query for the rows that a link finds for a row.
    private static func related(
        _ link: FetchQuery.Link,
        of parent: QueryScope,
        _ names: LinkNames,
        _ context: QueryContext,
        selecting column: (QueryScope) -> SQLFragment
    ) throws -> SQLFragment {
        let target = try Target(link, context)
        var joins = FetchJoins(target.source, names: names, isSubquery: true, context: context)
        if let alias = link.alias {
            try joins.names.add(target.scope, alias: alias)
        } else {
            joins.names.add(target.scope, table: link.entity.name)
        }
        try joins.add(link.entity.links, to: target.scope)
        let conditions = try conditions(link, target.scope, parent, joins.names, context) + joins.conditions
        return "SELECT \(column(target.scope)) FROM \(joins.source) WHERE \(.all(conditions))"
    }

    /// That a row of the linked table belongs to one of its parent, and fulfils the link's filters.
    private static func conditions(
        _ link: FetchQuery.Link,
        _ scope: QueryScope,
        _ parent: QueryScope,
        _ names: LinkNames,
        _ context: QueryContext
    ) throws -> [SQLFragment] {
        let filter = FilterTranslator(context: context, scope: scope, aliases: [:])
        let match = try filter.compare(.eq, scope.attribute(link.from).value, parent.attribute(link.to).value)
        let translator = RowConditionTranslator(context: context, names: names)
        return try [match.fragment] + link.entity.filters.map { try translator.translate($0, scope) }
    }
}
