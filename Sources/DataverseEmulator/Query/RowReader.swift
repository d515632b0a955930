import GRDB
import ODataQuery

/// Rows that were read, with the related rows of each.
struct RowSet: Sendable {
    let plan: RowPlan
    /// The place of each column in a row.
    let places: [String: Int]
    var rows: [[DatabaseValue]] = []
    /// The related rows, one for each expansion of the plan.
    var related: [RelatedRows] = []
    /// The names of the rows that lookups refer to, by table and key; filled if formatted values are wanted.
    var names: [String: [DatabaseValue: String]] = [:]

    struct RelatedRows: Sendable {
        let set: RowSet
        /// The places of the related rows by the value that ties them to their row.
        let groups: [DatabaseValue: [Int]]
    }

    func value(_ column: String, of row: [DatabaseValue]) -> DatabaseValue {
        places[column].map { row[$0] } ?? .null
    }
}

/// Reads rows as a plan wants them.
struct RowReader {
    let context: QueryContext
    let db: Database
    let aliases: [String: Expression]
    let wantsNames: Bool
    /// How many related rows a row has at most, if the request says so.
    var expandedPageSize: Int?

    /// How the rows of one query are chosen and ordered.
    struct Selection {
        var condition: SQLFragment?
        /// Expressions to order by, each with `DESC` where it is wanted.
        var order: [SQLFragment] = []
        /// More expressions to read, by the names under which the rows are to have them.
        var extra: [(name: String, expression: SQLFragment)] = []
        var limit: Int?
        /// A table to join with, before the condition.
        var joined: SQLFragment?
        /// How many rows there may be for each value of an expression.
        var limitPerGroup: (expression: SQLFragment, limit: Int)?
    }

    func translator(_ scope: QueryScope) -> FilterTranslator {
        FilterTranslator(context: context, scope: scope, aliases: aliases)
    }

    /// Reads the rows of a plan and all that is related to them.
    func rows(_ plan: RowPlan, _ scope: QueryScope, _ selection: Selection) throws -> RowSet {
        var places = plan.head.places
        let count = plan.head.names.count + selection.extra.count
        for (place, column) in selection.extra.enumerated() where places[column.name] == nil {
            places[column.name] = plan.head.names.count + place
        }
        var set = RowSet(plan: plan, places: places)
        let query = try query(plan, scope, selection)
        let statement = try db.cachedStatement(sql: query.sql)
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(query.arguments))
        while let row = try cursor.next() { set.rows.append((0..<count).map { row[$0] }) }
        for expansion in plan.expansions { set.related.append(try related(expansion, to: set, scope.table)) }
        if wantsNames { try addNames(to: &set) }
        return set
    }

    /// The query of a plan's columns, and then of the extra ones.
    func query(_ plan: RowPlan, _ scope: QueryScope, _ selection: Selection) throws -> SQLFragment {
        let order = SQLFragment.list(selection.order + [scope.reference(HiddenColumn.row)])
        var list =
            scope.alias == RowHead.alias ? [plan.head.expressions] : plan.fetched(scope).map(\.expression)
        list += selection.extra.map(\.expression)
        if let group = selection.limitPerGroup {
            list.append("ROW_NUMBER() OVER (PARTITION BY \(group.expression) ORDER BY \(order)) AS \"@number\"")
        }
        var query: SQLFragment = "SELECT \(.list(list)) FROM \(try context.source(scope))"
        if let joined = selection.joined { query = "\(query) \(joined)" }
        if let condition = selection.condition { query = "\(query) WHERE \(condition)" }
        if let group = selection.limitPerGroup {
            return "SELECT * FROM (\(query)) WHERE \"@number\" <= \(number: group.limit) ORDER BY \"@number\""
        }
        query = "\(query) ORDER BY \(order)"
        return selection.limit.map { "\(query) LIMIT \(number: $0)" } ?? query
    }

    // MARK: Related rows

    private func related(
        _ expansion: RowPlan.Expansion,
        to set: RowSet,
        _ table: TableSchema
    ) throws -> RowSet.RelatedRows {
        let scope = try context.scope(for: expansion.plan.table)
        var selection = Selection()
        var conditions: [SQLFragment] = []
        let owner: SQLFragment
        switch expansion.relation {
        case .lookup(let lookup):
            owner = scope.reference(lookup.referencedColumn)
            conditions.append("\(owner) IN \(Self.keys(set, lookup.column))")
        case .collection(let collection):
            switch collection.kind {
            case .oneToMany(let lookup):
                owner = scope.reference(lookup.column)
                conditions.append("\(owner) IN \(Self.keys(set, lookup.referencedColumn))")
                if let type = lookup.typeColumn {
                    let names = context.schema.members(of: table).map(\.logicalName)
                    let list = SQLFragment.list(names.map { "\(value: $0.databaseValue)" })
                    conditions.append("\(scope.reference(type)) IN (\(list))")
                }
            case .manyToMany(let link):
                try context.use(collection)
                owner = "\"@link\".\(identifier: link.ownColumn)"
                selection.joined = """
                    JOIN \(identifier: link.table) AS "@link" \
                    ON "@link".\(identifier: link.otherColumn) = \(scope.reference(link.otherKey))
                    """
                conditions.append("\(owner) IN \(Self.keys(set, link.ownKey))")
            }
        }
        let translator = translator(scope)
        if let filter = expansion.options.filter { conditions.append(try translator.predicate(filter)) }
        selection.condition = .all(conditions)
        let order = try Self.order(expansion.options.orderBy, translator)
        selection.order = order.map(\.sql)
        selection.extra =
            [("@owner", owner)] + order.enumerated().map { ("@order\($0.offset)", $0.element.key.fragment) }
        if case .collection = expansion.relation {
            // One row more than a page tells that there is another page.
            let limits = [expansion.options.top, expandedPageSize.map { $0 + 1 }].compactMap { $0 }
            if let limit = limits.min() { selection.limitPerGroup = (owner, limit) }
        }
        let rows = try rows(expansion.plan, scope, selection)
        var groups: [DatabaseValue: [Int]] = [:]
        for (place, row) in rows.rows.enumerated() { groups[rows.value("@owner", of: row), default: []].append(place) }
        return RowSet.RelatedRows(set: rows, groups: groups)
    }

    /// The values of a column as a subquery, so that their number does not matter.
    private static func keys(_ set: RowSet, _ column: String) -> SQLFragment {
        var buffer = JSONBuffer()
        buffer.beginArray()
        var seen: Set<DatabaseValue> = []
        for row in set.rows {
            let value = set.value(column, of: row)
            guard !value.isNull, seen.insert(value).inserted else { continue }
            buffer.value(value, as: .string(maxLength: nil))
        }
        buffer.endArray()
        let json = String(decoding: buffer.bytes, as: UTF8.self)
        return "(SELECT value FROM json_each(\(value: json.databaseValue)))"
    }

    /// Expressions of `$orderby` in SQL.
    static func order(
        _ items: [OrderByItem],
        _ translator: FilterTranslator
    ) throws -> [(sql: SQLFragment, key: TypedSQL, descending: Bool)] {
        try items.map { item in
            let key = try translator.translate(item.expression)
            return (item.descending ? "\(key.ordered) DESC" : key.ordered, key, item.descending)
        }
    }

    // MARK: Names

    /// Finds the names of the rows that the lookups of a set refer to.
    private func addNames(to set: inout RowSet) throws {
        for column in set.plan.columns {
            for lookup in set.plan.table.lookups(using: column.name) {
                let target = try context.schema.table(lookup.target)
                for member in context.schema.members(of: target) {
                    try addNames(of: member, lookup, to: &set)
                }
            }
        }
    }

    private func addNames(of target: TableSchema, _ lookup: LookupSchema, to set: inout RowSet) throws {
        guard let name = target.primaryNameColumn,
            set.rows.contains(where: { !set.value(lookup.column, of: $0).isNull })
        else { return }
        let scope = try context.scope(for: target)
        let reference = scope.reference(lookup.referencedColumn)
        let query: SQLFragment = """
            SELECT \(reference), \(scope.reference(name)) FROM \(try context.source(scope)) \
            WHERE \(reference) IN \(Self.keys(set, lookup.column))
            """
        let rows = try Row.fetchAll(db, sql: query.sql, arguments: StatementArguments(query.arguments))
        for row in rows {
            if let text: String = row[1] { set.names[target.logicalName, default: [:]][row[0]] = text }
        }
    }
}
