import GRDB
import ODataCore
import ODataQuery

/// A row: its table, and its number there.
struct RowLocation: Sendable {
    let table: TableSchema
    let row: Int64
    let version: Int64

    /// The table's name in SQL, and the condition that finds the row.
    var condition: SQLFragment { "\(identifier: HiddenColumn.row) = \(value: row.databaseValue)" }
}

/// A key as a request gives it: the columns and their values.
struct RowKey: Sendable {
    let table: TableSchema
    let values: [(column: String, value: DatabaseValue)]
    let isAlternate: Bool

    /// The primary key of a row.
    init(table: TableSchema, values: [(column: String, value: DatabaseValue)]) {
        self.table = table
        self.values = values
        isAlternate = false
    }

    /// Finds out which key of a table the parts in parentheses are.
    ///
    /// - Throws: ``ServiceError`` with status 400 if they are none, or of other types.
    init(_ arguments: [Argument], of table: TableSchema, aliases: [String: Expression]) throws {
        self.table = table
        var names = arguments.map { $0.name ?? "" }
        if names == [""], table.key.count == 1 { names = table.key }
        if let mirror = table.keyMirror, names == [mirror] { names = table.key }
        let isPrimary = Set(names) == Set(table.key) && names.count == table.key.count
        let isAlternate = table.alternateKeys.contains { Set($0) == Set(names) && $0.count == names.count }
        guard isPrimary || isAlternate, !names.isEmpty else {
            throw ServiceError.badQuery(
                "'\(names.joined(separator: ", "))' is not a key of '\(table.typeName)'."
            )
        }
        self.isAlternate = !isPrimary
        values = try zip(names, arguments).map { name, argument in
            (name, try Self.value(argument.value, column: name, of: table, aliases: aliases))
        }
    }

    private static func value(
        _ expression: Expression,
        column name: String,
        of table: TableSchema,
        aliases: [String: Expression]
    ) throws -> DatabaseValue {
        var expression = expression
        if case .path(let path) = expression, case .alias(let alias) = path.root, path.steps.isEmpty {
            guard let value = aliases[alias] else {
                throw ServiceError.badQuery("The parameter alias '@\(alias)' has no value in the query.")
            }
            expression = value
        }
        guard case .literal(let literal) = expression, let column = table.column(name),
            let value = column.type.stored(literal), !value.isNull
        else {
            throw ServiceError.badQuery(
                "The value of '\(name)' in the key is not of type \(table.column(name)?.type.edmName ?? "unknown")."
            )
        }
        return value
    }

    var condition: SQLFragment {
        .all(
            values.map { name, value in
                let collation = table.column(name)?.type ?? .guid
                return TypedSQL("\(identifier: name)", TypedSQL.Kind(collation) ?? .guid).ordered
            }.enumerated().map { "\($0.element) = \(value: values[$0.offset].value)" }
        )
    }

    /// The error that says that no row has the key.
    var notFound: ServiceError {
        isAlternate
            ? .alternateKeyNotFound(table)
            : .rowNotFound(table, key: values.map { $0.value.description.filter { $0 != "\"" } }.joined(separator: ","))
    }
}

extension RowStore {
    /// The row with a key; `nil` if there is none.
    func find(_ key: RowKey) throws -> RowLocation? {
        let source = try context.source(QueryScope(table: key.table, alias: "k"))
        let type: SQLFragment
        if case .union = key.table.source { type = "\(identifier: HiddenColumn.type)" } else { type = "0" }
        let query: SQLFragment = """
            SELECT \(identifier: HiddenColumn.row), \(identifier: HiddenColumn.version), \(type) \
            FROM \(source) WHERE \(key.condition)
            """
        guard
            let found = try Row.fetchOne(
                db.cachedStatement(sql: query.sql),
                arguments: StatementArguments(query.arguments)
            )
        else { return nil }
        let members = context.schema.members(of: key.table)
        let place: Int = found[2]
        let row: Int64 = found[0]
        guard case .union = key.table.source else {
            return RowLocation(table: key.table, row: row, version: found[1])
        }
        return RowLocation(table: members[place], row: row / Int64(members.count), version: found[1])
    }

    /// The row with a key.
    ///
    /// - Throws: ``ServiceError`` with status 404 if there is none.
    func locate(_ key: RowKey) throws -> RowLocation {
        guard let location = try find(key) else { throw key.notFound }
        return location
    }

    /// The row that an address refers to: `/accounts(…)`, with or without the service's root before it.
    func resolve(reference: String) throws -> RowLocation {
        if reference.hasPrefix("$") {
            guard let address = context.references[String(reference.dropFirst())] else {
                throw ServiceError.badPayload("The content ID '\(reference)' is not that of an earlier request.")
            }
            return try resolve(reference: address)
        }
        var path = reference[...]
        if let scheme = path.range(of: "://") {
            path = path[scheme.upperBound...].drop { $0 != "/" }
        }
        path = path.drop { $0 == "/" }
        if path.hasPrefix("api/data/v") { path = path.dropFirst(10).drop { $0 != "/" }.dropFirst() }
        let segments: [ResourceSegment]
        do {
            segments = try ResourcePath(parsing: String(path)).segments
        } catch {
            throw ServiceError.badPayload("'\(reference)' is not the address of a row: \(error)")
        }
        guard segments.count == 1, case .name(let set, let arguments?) = segments[0] else {
            throw ServiceError.badPayload("'\(reference)' is not the address of a row.")
        }
        return try locate(RowKey(arguments, of: try context.schema.table(set), aliases: [:]))
    }

    /// The values of columns of a row.
    func values(_ columns: [String], of location: RowLocation) throws -> [DatabaseValue] {
        guard !columns.isEmpty else { return [] }
        let list = SQLFragment.list(columns.map { "\(identifier: $0)" })
        let query: SQLFragment = """
            SELECT \(list) FROM \(identifier: location.table.entitySetName) WHERE \(location.condition)
            """
        let row = try Row.fetchOne(
            db.cachedStatement(sql: query.sql),
            arguments: StatementArguments(query.arguments)
        )
        return (0..<columns.count).map { row?[$0] ?? .null }
    }
}
