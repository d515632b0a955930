import GRDB

/// Translates FetchXML into SQL.
struct FetchTranslator {
    let context: QueryContext
    let query: FetchQuery
    private(set) var root: QueryScope
    private(set) var tabular: TabularQuery
    /// The expressions to order by, for paging.
    private(set) var order: [(key: TypedSQL, descending: Bool)] = []
    /// Whether a row of the table can be in the result several times.
    private(set) var repeatsRows = false
    private var names = LinkNames()
    private var aliases: [String: TypedSQL] = [:]

    init(_ query: FetchQuery, table: TableSchema, context: QueryContext) throws {
        guard query.entity.name.lowercased() == table.logicalName else {
            throw ServiceError.badQuery(
                "The query is about '\(query.entity.name)', but was sent to '\(table.entitySetName)'."
            )
        }
        self.query = query
        self.context = context
        root = try context.scope(for: table)
        var joins = FetchJoins(try context.source(root), context: context)
        try joins.add(query.entity.links, to: root)
        tabular = TabularQuery(source: joins.source)
        tabular.isDistinct = query.isDistinct
        repeatsRows = joins.repeatsRows
        names = joins.names
        let translator = RowConditionTranslator(context: context, names: names)
        let conditions = try query.entity.filters.map { try translator.translate($0, root) } + joins.conditions
        if !conditions.isEmpty { tabular.condition = .all(conditions) }
        try addColumns(query.entity, root, nil)
        for joined in joins.joined { try addColumns(joined.link.entity, joined.scope, joined) }
        try addOrder(query.entity, root)
        for joined in joins.joined { try addOrder(joined.link.entity, joined.scope) }
    }

    // MARK: Columns

    /// - Parameter joined: The link that the columns are from; `nil` for the query's own table.
    private mutating func addColumns(
        _ entity: FetchQuery.Entity,
        _ scope: QueryScope,
        _ joined: FetchJoins.Joined?
    ) throws {
        if query.isAggregate {
            for attribute in entity.attributes { try addAggregate(attribute, scope) }
            return
        }
        if let wrong = entity.attributes.first(where: { $0.aggregate != nil || $0.isGrouped }) {
            throw ServiceError.badQuery("'\(wrong.name)' is aggregated, but the query has no aggregate=\"true\".")
        }
        if entity.hasAllAttributes || (joined == nil && entity.attributes.isEmpty) {
            for column in scope.table.columns {
                guard let kind = TypedSQL.Kind(column.type) else { continue }
                try add(name(of: column, joined), TypedSQL(scope.expression(column), kind), column, joined)
            }
            return
        }
        for attribute in entity.attributes {
            let (name, value) = try scope.attribute(attribute.name)
            let column = scope.table.column(name)
            if let alias = attribute.alias { aliases[alias] = value }
            try add(attribute.alias ?? column.map { self.name(of: $0, joined) } ?? name, value, column, joined)
        }
        if joined == nil, !query.isDistinct {
            for name in scope.table.key where !tabular.columns.contains(where: { $0.name == name }) {
                try add(name, try scope.attribute(name).value, scope.table.column(name), nil)
            }
        }
    }

    /// The member of the result that a column is in. Where a link finds one row only, that is the schema name alone.
    private func name(of column: ColumnSchema, _ joined: FetchJoins.Joined?) -> String {
        guard let joined else { return column.name }
        guard joined.link.type == .firstMatch else { return "\(joined.name).\(MetadataReader.logicalName(column))" }
        return MetadataReader.schemaName(of: column, in: joined.scope.table, context.schema.definitions)
    }

    private mutating func add(
        _ name: String,
        _ value: TypedSQL,
        _ source: ColumnSchema?,
        _ joined: FetchJoins.Joined?
    ) throws {
        if let other = tabular.columns.first(where: { $0.name == name }) {
            guard other.value.fragment.sql == value.fragment.sql else {
                throw ServiceError.badQuery(
                    "Two columns of the result are called '\(name)': give one of them an alias."
                )
            }
            return
        }
        tabular.columns.append(
            TabularQuery.Column(name: name, value: value, source: source, isOmittedIfNull: joined != nil)
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
        // The week that 1 January is in is the first.
        case "week":
            let day: SQLFragment = "(CAST(strftime('%j', \(seconds)) AS INTEGER) - 1)"
            let weekday: SQLFragment = "CAST(strftime('%w', \(seconds)) AS INTEGER)"
            part = "(\(day) + (\(weekday) - \(day) % 7 + 7) % 7) / 7 + 1"
        case "day": part = "CAST(strftime('%d', \(seconds)) AS INTEGER)"
        case "month": part = "CAST(strftime('%m', \(seconds)) AS INTEGER)"
        case "quarter": part = "(CAST(strftime('%m', \(seconds)) AS INTEGER) + 2) / 3"
        case "year": part = "CAST(strftime('%Y', \(seconds)) AS INTEGER)"
        default: throw ServiceError.unsupported("the date grouping '\(grouping)'")
        }
        return TypedSQL(part, .integer)
    }

    // MARK: Order

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
                key = try orderKey(attribute, try item.entity.map { try names.scope(named: $0) } ?? scope)
            } else {
                throw ServiceError.badQuery("'order' needs an attribute or an alias.")
            }
            order.append((key, item.isDescending))
        }
    }

    /// What a column is ordered by: lookups by the names of the rows they refer to, choices by their labels unless the
    /// query says otherwise.
    ///
    /// Source: Microsoft Dataverse, "Order rows using FetchXml".
    private func orderKey(_ attribute: String, _ scope: QueryScope) throws -> TypedSQL {
        let (name, value) = try scope.attribute(attribute)
        if value.kind == .guid { return try referencedName(name, scope) ?? value }
        guard !query.ordersByNumbers, value.kind == .integer, let labels = scope.table.column(name)?.choices?.labels,
            !labels.isEmpty
        else { return value }
        let cases = labels.sorted { $0.key < $1.key }.map { number, label -> SQLFragment in
            "WHEN \(value: number.databaseValue) THEN \(value: label.databaseValue)"
        }
        return TypedSQL("CASE \(value.fragment) \(.list(cases, separator: " ")) END", .string)
    }

    /// The primary name of the row that a lookup refers to; `nil` if the column is none, or its tables have no names.
    private func referencedName(_ column: String, _ scope: QueryScope) throws -> TypedSQL? {
        let names = try scope.table.lookups(using: column).compactMap { lookup -> SQLFragment? in
            let table = try context.schema.table(lookup.target)
            guard let name = table.primaryNameColumn else { return nil }
            let target = try context.scope(for: table)
            return """
                (SELECT \(target.reference(name)) FROM \(try context.source(target)) \
                WHERE \(context.join(target, isTargetOf: lookup, of: scope)))
                """
        }
        guard let first = names.first else { return nil }
        return TypedSQL(names.count == 1 ? first : .call("COALESCE", names), .string)
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
