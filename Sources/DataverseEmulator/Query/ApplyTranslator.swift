import GRDB
import ODataQuery

/// Translates `$apply` into SQL: each transformation goes on from the rows that the one before it made.
///
/// Source: OData Extension for Data Aggregation 4.0; Dataverse, "Aggregate data using OData".
struct ApplyTranslator {
    private let context: QueryContext
    private let aliases: [String: Expression]
    private let table: TableSchema
    private var scope: QueryScope
    private(set) var query: TabularQuery
    /// Whether a name that is looked up now would not be found where SQL looks for it, so that the rows made so far
    /// have to become a subquery first.
    private var isFinished = false
    /// Whether the rows are still those of the table.
    private var hasTableRows = true

    init(
        _ table: TableSchema,
        context: QueryContext,
        aliases: [String: Expression],
        condition: (QueryScope) throws -> SQLFragment?
    ) throws {
        self.context = context
        self.aliases = aliases
        self.table = table
        scope = try context.scope(for: table)
        query = TabularQuery(source: try context.source(scope))
        query.condition = try condition(scope)
        query.columns = table.columns.filter { $0.type != .stream }.map { column in
            let kind = TypedSQL.Kind(column.type) ?? .string
            return TabularQuery.Column(
                name: column.name,
                value: TypedSQL(scope.expression(column), kind),
                source: column
            )
        }
    }

    private var translator: FilterTranslator { FilterTranslator(context: context, scope: scope, aliases: aliases) }

    // MARK: Transformations

    mutating func apply(_ transformation: Transformation) throws {
        switch transformation {
        case .identity: break
        case .filter(let expression): try filter(expression)
        case .orderBy(let items): try order(items)
        case .skip(let count):
            if isFinished || query.limit != nil || query.offset > 0 { try makeSubquery() }
            query.offset = count
        case .top(let count):
            if isFinished || query.limit != nil { try makeSubquery() }
            query.limit = count
        case .ranked(let count, let expression, let isBottom):
            try order([OrderByItem(expression: expression, descending: !isBottom)])
            query.limit = count
        case .compute(let items):
            if isFinished { try makeSubquery() }
            for item in items {
                let value = try translator.translate(item.expression)
                guard !query.columns.contains(where: { $0.name == item.name }) else {
                    throw ServiceError.badQuery("The name '\(item.name)' in compute is taken already.")
                }
                query.columns.append(TabularQuery.Column(name: item.name, value: value))
            }
            isFinished = true
        case .aggregate(let items): try group(by: [], aggregating: items)
        case .groupBy(let paths, let steps): try group(by: paths, steps)
        case .other(let name): throw ServiceError.unsupported("the transformation '\(name)' in $apply")
        }
    }

    mutating func filter(_ expression: Expression) throws {
        if isFinished || isCut { try makeSubquery() }
        let predicate = try translator.predicate(expression)
        query.condition = query.condition.map { .all([$0, predicate]) } ?? predicate
    }

    mutating func order(_ items: [OrderByItem]) throws {
        if isFinished || isCut { try makeSubquery() }
        query.order = try RowReader.order(items, translator).map(\.sql)
    }

    /// Leaves only some columns, in the order of the request.
    mutating func select(_ items: [SelectItem]) throws {
        guard !items.contains(where: { $0.path == ["*"] }) else { return }
        let wanted = items.map { $0.path.joined(separator: "/") }
        for name in wanted where !query.columns.contains(where: { $0.name == name }) {
            throw ServiceError.unknownProperty(name, of: table.typeName)
        }
        if isFinished || isCut { try makeSubquery() }
        query.columns = query.columns.filter { wanted.contains($0.name) }
    }

    /// Leaves only a page of the rows.
    mutating func page(limit: Int, offset: Int) throws {
        if query.limit != nil || query.offset > 0 { try makeSubquery() }
        query.limit = limit
        query.offset = offset
    }

    private var isCut: Bool { query.limit != nil || query.offset > 0 }

    // MARK: Groups

    private mutating func group(by paths: [[String]], _ steps: [Transformation]) throws {
        switch steps.first {
        case nil: try group(by: paths, aggregating: [])
        case .aggregate(let items)? where steps.count == 1: try group(by: paths, aggregating: items)
        default: throw ServiceError.unsupported("transformations other than aggregate inside groupby")
        }
    }

    private mutating func group(by paths: [[String]], aggregating items: [AggregateItem]) throws {
        if isFinished || isCut { try makeSubquery() }
        var columns: [TabularQuery.Column] = []
        var groups: [SQLFragment] = []
        for path in paths {
            let value = try value(at: path)
            groups.append(value.ordered)
            columns.append(
                TabularQuery.Column(
                    name: path.joined(separator: "/"),
                    value: value,
                    source: path.count == 1 ? source(of: path[0]) : nil
                )
            )
        }
        columns += try items.map(aggregated)
        for (place, column) in columns.enumerated() where columns[..<place].contains(where: { $0.name == column.name })
        {
            throw ServiceError.badQuery("The name '\(column.name)' is used twice in $apply.")
        }
        query.columns = columns
        query.groups = groups
        query.hasPaths = paths.contains { $0.count > 1 }
        query.order = []
        isFinished = true
        hasTableRows = false
    }

    /// The value of a column of the rows, or of a row that a lookup refers to.
    private func value(at path: [String]) throws -> TypedSQL {
        if hasTableRows, table.collections[path[0]] != nil {
            throw ServiceError.unsupported("the collection '\(path[0])' in $apply")
        }
        if scope.table !== table, hasTableRows, path.count > 1, table.lookups[path[0]] != nil {
            throw ServiceError.unsupported("columns of related rows after other transformations in $apply")
        }
        return try translator.translate(path.map { PathStep.name($0) }[...], from: scope)
    }

    private func source(of name: String) -> ColumnSchema? { query.columns.first { $0.name == name }?.source }

    private func aggregated(_ item: AggregateItem) throws -> TabularQuery.Column {
        guard let expression = item.expression else {
            return TabularQuery.Column(
                name: item.alias,
                value: try AggregateFunction.count.call(TypedSQL("1", .integer))
            )
        }
        var column: ColumnSchema?
        if case .path(let path) = expression, path.root == .implicit, case .name(let name)? = path.steps.first {
            if path.steps.count == 1 { column = source(of: name) }
            if hasTableRows, table.collections[name] != nil {
                throw ServiceError.unsupported("the collection '\(name)' in $apply")
            }
        }
        let value = try translator.translate(expression)
        let function: AggregateFunction
        switch item.method {
        case "sum": function = .sum
        case "average": function = .avg
        case "min": function = .min
        case "max": function = .max
        case "countdistinct": function = .countcolumn
        case let method? where method.contains("."):
            throw ServiceError.unsupported("the aggregation method '\(method)'")
        default:
            throw ServiceError.badQuery("'\(item.method ?? "")' is no method that values are aggregated with.")
        }
        let result = try function.call(value, isDistinct: function == .countcolumn)
        let keepsType = function == .min || function == .max || (function != .countcolumn && result.kind == .decimal)
        return TabularQuery.Column(name: item.alias, value: result, source: keepsType ? column : nil)
    }

    // MARK: Subqueries

    /// Makes the rows so far a table of their own, which the next transformation reads.
    private mutating func makeSubquery() throws {
        let order = "@order"
        var inner = query
        if !query.order.isEmpty {
            // SQL forgets the order of a subquery: it becomes a column.
            let number: SQLFragment = "ROW_NUMBER() OVER (ORDER BY \(.list(query.order)))"
            inner.columns.append(TabularQuery.Column(name: order, value: TypedSQL(number, .integer)))
        }
        let columns = inner.columns.map { column in
            ColumnSchema(
                name: column.name,
                type: column.source?.type ?? column.value.kind.columnType ?? .string(maxLength: nil),
                isNullable: true,
                isReadOnly: true,
                role: .plain
            )
        }
        let derived = TableSchema(
            entitySetName: "@apply",
            logicalName: table.logicalName,
            typeName: table.typeName,
            key: [],
            columns: columns
        )
        scope = try context.scope(for: derived)
        let alias = scope.alias
        var outer = TabularQuery(source: "(\(inner.named)) AS \(identifier: alias)")
        outer.columns = query.columns.map { column in
            TabularQuery.Column(
                name: column.name,
                value: TypedSQL("\(identifier: alias).\(identifier: column.name)", column.value.kind),
                source: column.source
            )
        }
        outer.hasPaths = query.hasPaths
        if !query.order.isEmpty { outer.order = ["\(identifier: alias).\(identifier: order)"] }
        query = outer
        isFinished = false
    }
}
