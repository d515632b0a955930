import GRDB

/// Translates FetchXML into SQL.
struct FetchTranslator {
    let context: QueryContext
    let query: FetchQuery
    private(set) var root: QueryScope
    private(set) var tabular: TabularQuery
    /// The expressions to order by, for paging.
    private(set) var order: [(key: TypedSQL, descending: Bool)] = []
    private(set) var hasLinks = false
    private var scopes: [String: QueryScope] = [:]
    private var aliases: [String: TypedSQL] = [:]
    private var linkCount = 0

    init(_ query: FetchQuery, table: TableSchema, context: QueryContext) throws {
        guard query.entity.name.lowercased() == table.logicalName else {
            throw ServiceError.badQuery(
                "The query is about '\(query.entity.name)', but was sent to '\(table.entitySetName)'."
            )
        }
        self.query = query
        self.context = context
        root = try context.scope(for: table)
        tabular = TabularQuery(source: try context.source(root))
        tabular.isDistinct = query.isDistinct
        try addJoins(query.entity, root)
        var conditions = try query.entity.filters.map { try conditionTranslator.translate($0, root) }
        try addColumns(query.entity, root, prefix: nil)
        try addLinkedColumns(query.entity)
        if !conditions.isEmpty {
            conditions = [.all(conditions)]
            tabular.condition = conditions[0]
        }
        try addOrder(query.entity, root)
        try addLinkedOrder(query.entity)
    }

    private var conditionTranslator: RowConditionTranslator {
        RowConditionTranslator(context: context, scopes: scopes)
    }

    // MARK: Links

    private func alias(of link: FetchQuery.Link, number: Int) -> String { link.alias ?? "\(link.entity.name)\(number)" }

    private mutating func addJoins(_ entity: FetchQuery.Entity, _ scope: QueryScope) throws {
        for link in entity.links {
            hasLinks = true
            linkCount += 1
            let linked = try IntersectTable.named(link.entity.name, in: context.schema)
            guard let table = linked?.table ?? context.schema.table(ofType: link.entity.name.lowercased()) else {
                throw ServiceError.unsupported("links to '\(link.entity.name)', which is no table of this service")
            }
            let joined = try context.scope(for: table)
            let source = try linked?.source(joined, context) ?? context.source(joined)
            let name = alias(of: link, number: linkCount)
            guard scopes.updateValue(joined, forKey: name) == nil else {
                throw ServiceError.badQuery("The alias '\(name)' is used twice.")
            }
            let filter = FilterTranslator(context: context, scope: joined, aliases: [:])
            let match = try filter.compare(.eq, joined.attribute(link.from).value, scope.attribute(link.to).value)
            let conditions =
                try [match.fragment] + link.entity.filters.map { try conditionTranslator.translate($0, joined) }
            let kind: SQLFragment = link.isOuter ? "LEFT JOIN" : "JOIN"
            tabular.source = "\(tabular.source) \(kind) \(source) ON \(.all(conditions))"
            try addJoins(link.entity, joined)
        }
    }

    /// Visits the links in the order in which they were joined.
    private func forEachLink(
        _ entity: FetchQuery.Entity,
        _ number: inout Int,
        _ body: (FetchQuery.Link, String, QueryScope) throws -> Void
    ) rethrows {
        for link in entity.links {
            number += 1
            let name = alias(of: link, number: number)
            if let scope = scopes[name] { try body(link, name, scope) }
            try forEachLink(link.entity, &number, body)
        }
    }

    // MARK: Columns

    private mutating func addLinkedColumns(_ entity: FetchQuery.Entity) throws {
        var number = 0
        var found: [(FetchQuery.Entity, String, QueryScope)] = []
        forEachLink(entity, &number) { link, name, scope in found.append((link.entity, name, scope)) }
        for (entity, name, scope) in found { try addColumns(entity, scope, prefix: name) }
    }

    private mutating func addColumns(_ entity: FetchQuery.Entity, _ scope: QueryScope, prefix: String?) throws {
        if query.isAggregate {
            for attribute in entity.attributes { try addAggregate(attribute, scope) }
            return
        }
        if let wrong = entity.attributes.first(where: { $0.aggregate != nil || $0.isGrouped }) {
            throw ServiceError.badQuery("'\(wrong.name)' is aggregated, but the query has no aggregate=\"true\".")
        }
        if entity.hasAllAttributes || (prefix == nil && entity.attributes.isEmpty) {
            for column in scope.table.columns {
                guard let kind = TypedSQL.Kind(column.type) else { continue }
                let name = prefix.map { "\($0).\(MetadataReader.logicalName(column))" } ?? column.name
                add(name, TypedSQL(scope.expression(column), kind), column, isLinked: prefix != nil)
            }
            return
        }
        for attribute in entity.attributes {
            let (name, value) = try scope.attribute(attribute.name)
            let plain = prefix.map { "\($0).\(attribute.name.lowercased())" } ?? name
            if let alias = attribute.alias { aliases[alias] = value }
            add(attribute.alias ?? plain, value, scope.table.column(name), isLinked: prefix != nil)
        }
        if prefix == nil, !query.isDistinct {
            for name in scope.table.key where !tabular.columns.contains(where: { $0.name == name }) {
                add(name, try scope.attribute(name).value, scope.table.column(name), isLinked: false)
            }
        }
    }

    private mutating func add(_ name: String, _ value: TypedSQL, _ source: ColumnSchema?, isLinked: Bool) {
        guard !tabular.columns.contains(where: { $0.name == name }) else { return }
        tabular.columns.append(
            TabularQuery.Column(name: name, value: value, source: source, isOmittedIfNull: isLinked)
        )
    }

    private mutating func addAggregate(_ attribute: FetchQuery.Attribute, _ scope: QueryScope) throws {
        guard let alias = attribute.alias else {
            throw ServiceError.badQuery("'\(attribute.name)' needs an alias in a query with aggregates.")
        }
        let (name, column) = try scope.attribute(attribute.name)
        let value: TypedSQL
        var source: ColumnSchema?
        if let function = attribute.aggregate {
            value = try function.call(column, isDistinct: attribute.isDistinct)
            if function == .min || function == .max { source = scope.table.column(name) }
        } else if attribute.isGrouped {
            value = try attribute.dateGrouping.map { try Self.part($0, of: column) } ?? column
            if attribute.dateGrouping == nil { source = scope.table.column(name) }
            tabular.groups.append(value.ordered)
        } else {
            throw ServiceError.badQuery("'\(attribute.name)' is neither aggregated nor grouped.")
        }
        aliases[alias] = value
        tabular.columns.append(TabularQuery.Column(name: alias, value: value, source: source))
    }

    private static func part(_ grouping: String, of value: TypedSQL) throws -> TypedSQL {
        guard value.kind == .date || value.kind == .dateTimeOffset else {
            throw ServiceError.badQuery("'dategrouping' needs a date.")
        }
        let ticks = value.kind == .date ? FilterTranslator.midnight(value).fragment : value.fragment
        let seconds: SQLFragment = "(\(ticks)) / \(number: Int(Ticks.perSecond)), 'unixepoch'"
        let part: SQLFragment
        switch grouping {
        case "day": part = "CAST(strftime('%d', \(seconds)) AS INTEGER)"
        case "month": part = "CAST(strftime('%m', \(seconds)) AS INTEGER)"
        case "quarter": part = "(CAST(strftime('%m', \(seconds)) AS INTEGER) + 2) / 3"
        case "year": part = "CAST(strftime('%Y', \(seconds)) AS INTEGER)"
        default: throw ServiceError.unsupported("the date grouping '\(grouping)'")
        }
        return TypedSQL(part, .integer)
    }

    // MARK: Order

    private mutating func addLinkedOrder(_ entity: FetchQuery.Entity) throws {
        var number = 0
        var found: [(FetchQuery.Entity, QueryScope)] = []
        forEachLink(entity, &number) { link, _, scope in found.append((link.entity, scope)) }
        for (entity, scope) in found { try addOrder(entity, scope) }
    }

    private mutating func addOrder(_ entity: FetchQuery.Entity, _ scope: QueryScope) throws {
        for item in entity.orders {
            let key: TypedSQL
            if let alias = item.alias {
                guard let value = aliases[alias] else {
                    throw ServiceError.badQuery("The order's alias '\(alias)' is none of the query's.")
                }
                key = value
            } else if let attribute = item.attribute {
                guard !query.isAggregate else {
                    throw ServiceError.badQuery("A query with aggregates is ordered by aliases.")
                }
                let owner = item.entity.map { scopes[$0] } ?? scope
                guard let owner else {
                    throw ServiceError.badQuery("'\(item.entity ?? "")' is no entity of the query.")
                }
                key = try owner.attribute(attribute).value
            } else {
                throw ServiceError.badQuery("'order' needs an attribute or an alias.")
            }
            order.append((key, item.isDescending))
        }
    }

    mutating func limit(_ limit: Int?, offset: Int = 0) {
        tabular.limit = limit
        tabular.offset = offset
        tabular.order = order.map { $0.descending ? "\($0.key.ordered) DESC" : $0.key.ordered }
        if !query.isAggregate, !query.isDistinct { tabular.order.append(root.reference(HiddenColumn.row)) }
    }

    /// Goes on after a row, and reads what that takes for the next page.
    mutating func page(after token: SkipToken?) {
        tabular.extra = order.map(\.key.fragment) + [root.reference(HiddenColumn.row)]
        guard let token else { return }
        let after = token.condition(order, row: root.reference(HiddenColumn.row))
        tabular.condition = tabular.condition.map { .all([$0, after]) } ?? after
    }
}
