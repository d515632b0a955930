import ODataQuery

/// What a request reads of a table: the columns, and the related rows with theirs.
struct RowPlan: Sendable {
    let table: TableSchema
    /// The columns to answer with, in their order.
    let columns: [ColumnSchema]
    let expansions: [Expansion]
    /// What stands in parentheses after the set in the context URL; `nil` if nothing was selected.
    let contextSelection: String?
    /// What the queries of this plan have in common.
    let head: RowHead

    /// Related rows to answer with.
    struct Expansion: Sendable {
        enum Relation: Sendable {
            case lookup(LookupSchema)
            case collection(CollectionSchema)
        }

        let name: String
        let relation: Relation
        let plan: RowPlan
        let options: QueryOptions
        let kind: ExpandItem.Kind
    }

    init(_ table: TableSchema, options: QueryOptions, schema: ServiceSchema) throws {
        self.table = table
        if options.levels != nil { throw ServiceError.unsupported("$levels") }
        if !options.compute.isEmpty { throw ServiceError.unsupported("$compute") }
        expansions = try options.expand.map { try Self.expansion($0, of: table, schema: schema) }
        columns = try Self.columns(options.select, of: table)
        contextSelection = Self.contextSelection(options.select, expansions)
        let scope = QueryScope(table: table, alias: RowHead.alias)
        let fetched = Self.fetched(columns, expansions, scope)
        head = RowHead(names: fetched.map(\.name), expressions: fetched.map(\.expression), columns: columns)
    }

    /// The columns that answering takes, beside those that are answered.
    func fetched(_ scope: QueryScope) -> [(name: String, expression: SQLFragment)] {
        Self.fetched(columns, expansions, scope)
    }

    private static func fetched(
        _ answered: [ColumnSchema],
        _ expansions: [Expansion],
        _ scope: QueryScope
    ) -> [(name: String, expression: SQLFragment)] {
        let table = scope.table
        var columns: [(name: String, expression: SQLFragment)] = [
            (HiddenColumn.row, scope.reference(HiddenColumn.row)),
            (HiddenColumn.version, scope.reference(HiddenColumn.version)),
        ]
        columns += answered.map { ($0.name, scope.expression($0)) }
        var names = Set(columns.map(\.name))
        func add(_ name: String) {
            if names.insert(name).inserted { columns.append((name, scope.reference(name))) }
        }
        table.key.forEach(add)
        if case .union = table.source { add(HiddenColumn.type) }
        for column in answered {
            for lookup in table.lookups(using: column.name) {
                if let type = lookup.typeColumn { add(type) }
            }
        }
        for expansion in expansions {
            switch expansion.relation {
            case .lookup(let lookup):
                add(lookup.column)
                if let type = lookup.typeColumn { add(type) }
            case .collection(let collection):
                switch collection.kind {
                case .oneToMany(let lookup): add(lookup.referencedColumn)
                case .manyToMany(let link): add(link.ownKey)
                }
            }
        }
        return columns
    }

    private static func columns(_ select: [SelectItem]?, of table: TableSchema) throws -> [ColumnSchema] {
        let all = table.columns.filter { $0.type != .stream }
        guard let select, !select.contains(where: { $0.path == ["*"] }) else { return all }
        var columns: [ColumnSchema] = []
        for item in select {
            guard item.options == nil, item.parameterNames == nil, item.path.count == 1 else {
                throw ServiceError.unsupported("a path or options in $select")
            }
            let name = item.path[0]
            if let column = table.column(name) {
                if column.type == .stream { throw ServiceError.unsupported("the stream '\(name)' in $select") }
                if !columns.contains(where: { $0.name == name }) { columns.append(column) }
            } else if table.lookups[name] == nil, table.collections[name] == nil {
                throw ServiceError.unknownProperty(name, of: table.typeName)
            }
        }
        // Dataverse answers with the key whether it is selected or not.
        for name in table.key where !columns.contains(where: { $0.name == name }) {
            if let column = table.column(name) { columns.append(column) }
        }
        return columns
    }

    private static func expansion(
        _ item: ExpandItem,
        of table: TableSchema,
        schema: ServiceSchema
    ) throws -> Expansion {
        guard item.kind != .stream, item.kind != .count, item.path.count == 1, let name = item.path.first, name != "*"
        else { throw ServiceError.unsupported("'\(item.path.joined(separator: "/"))' in $expand") }
        let options = item.options
        if options.skip != nil { throw ServiceError.unsupported("$skip in $expand") }
        if options.search != nil { throw ServiceError.unsupported("$search in $expand") }
        if options.count == true { throw ServiceError.unsupported("$count in $expand") }
        let relation: Expansion.Relation
        let target: String
        if let lookup = table.lookups[name] {
            relation = .lookup(lookup)
            target = lookup.target
            if options.top != nil || !options.orderBy.isEmpty {
                throw ServiceError.badQuery("Only $select, $filter and $expand fit the single row of '\(name)'.")
            }
        } else if let collection = table.collections[name] {
            relation = .collection(collection)
            target = collection.target
        } else {
            throw ServiceError.unknownProperty(name, of: table.typeName)
        }
        return Expansion(
            name: name,
            relation: relation,
            plan: try RowPlan(try schema.table(target), options: options, schema: schema),
            options: options,
            kind: item.kind
        )
    }

    private static func contextSelection(_ select: [SelectItem]?, _ expansions: [Expansion]) -> String? {
        var parts = (select ?? []).filter { $0.path.count == 1 }.map { $0.path[0] }
        parts += expansions.map { "\($0.name)(\($0.plan.contextSelection ?? ""))" }
        return parts.isEmpty ? nil : parts.joined(separator: ",")
    }
}
