import Foundation
import GRDB
import ODataCore

/// Creates, changes and deletes rows, as one transaction of the caller's.
struct RowStore {
    let db: Database
    let context: QueryContext

    /// How deep a body may nest new rows in new rows.
    private static let maximumDepth = 20

    // MARK: Creating

    /// Creates a row and all that its body nests.
    ///
    /// - Parameter key: The key that the address gives, if it gives one.
    func create(_ body: Record, in table: TableSchema, key: RowKey? = nil, depth: Int = 0) throws -> RowLocation {
        try requireWritable(table)
        guard depth < Self.maximumDepth else {
            throw ServiceError.badPayload("The body nests more than \(Self.maximumDepth) levels of rows.")
        }
        let payload = try RowPayload(body, table: table)
        var values: [String: DatabaseValue] = [:]
        for (column, value) in payload.columns { values[column.name] = value }
        for (column, value) in key?.values ?? [] where values[column] == nil {
            // A lookup in an alternate key is set like any other value here.
            values[column] = value
        }
        try completeKey(&values, of: table)
        try applyLinks(payload, to: &values, of: table, depth: depth)
        applyDefaults(&values, of: table)
        try requireComplete(values, of: table)
        applyImages(&values, of: table, key: table.key.first.flatMap { values[$0] })
        try requireUnique(values, of: table, excluding: nil)
        try requireNoDuplicate(values, of: table, excluding: nil)
        let version = try RowVersion.next(in: db)
        let row = try insert(values, into: table, version: version)
        let location = RowLocation(table: table, row: row, version: version)
        try recalculate(location)
        try addMembers(payload, to: location, depth: depth)
        return location
    }

    private func completeKey(_ values: inout [String: DatabaseValue], of table: TableSchema) throws {
        if let mirror = table.keyMirror, let name = table.key.first {
            if let value = values[name] ?? values[mirror] {
                values[name] = value
                values[mirror] = value
            } else {
                let value = UUID().uuidString.lowercased().databaseValue
                values[name] = value
                values[mirror] = value
            }
        }
        for name in table.key where values[name] == nil {
            guard table.key.count == 1, table.column(name)?.type == .guid else {
                throw ServiceError.badPayload(
                    "The key property '\(name)' is missing, and its type cannot be made up.",
                    table: table.entitySetName
                )
            }
            values[name] = UUID().uuidString.lowercased().databaseValue
        }
    }

    private func applyDefaults(_ values: inout [String: DatabaseValue], of table: TableSchema) {
        let identity = context.store.identity
        let user = context.caller.userID.databaseValue
        let agent = context.caller.agentID?.databaseValue ?? .null
        let now = (context.now - context.now % Ticks.perSecond).databaseValue
        for column in table.columns {
            switch column.role {
            case .createdOn, .modifiedOn: values[column.name] = now
            case .createdBy, .modifiedBy: values[column.name] = user
            case .createdOnBehalfBy, .modifiedOnBehalfBy: values[column.name] = agent
            case .owner where values[column.name] == nil: values[column.name] = user
            case .owningBusinessUnit: values[column.name] = identity.businessUnitID.databaseValue
            case .state where values[column.name] == nil: values[column.name] = 0.databaseValue
            case .status where values[column.name] == nil:
                values[column.name] =
                    (values["statecode"] ?? 0.databaseValue) == 0.databaseValue ? 1.databaseValue : 2.databaseValue
            case .exchangeRate where values[column.name] == nil: values[column.name] = "1".databaseValue
            default: break
            }
        }
        for name in table.lookupOrder {
            guard let lookup = table.lookups[name], let type = lookup.typeColumn, values[type] == nil,
                table.column(lookup.column)?.role == .owner
            else { continue }
            values[type] = "systemuser".databaseValue
        }
    }

    private func insert(_ values: [String: DatabaseValue], into table: TableSchema, version: Int64) throws -> Int64 {
        try context.store.use([table.entitySetName])
        let names = values.keys.sorted()
        let columns = SQLFragment.list((names + [HiddenColumn.version]).map { "\(identifier: $0)" })
        let list = SQLFragment.list(
            (names.map { values[$0] ?? .null } + [version.databaseValue]).map { "\(value: $0)" }
        )
        let query: SQLFragment = "INSERT INTO \(identifier: table.entitySetName) (\(columns)) VALUES (\(list))"
        try execute(query)
        return db.lastInsertedRowID
    }

    // MARK: Changing

    /// Changes a row: the columns and lookups in the body.
    func update(_ location: RowLocation, with body: Record) throws {
        try requireWritable(location.table)
        let table = location.table
        let payload = try RowPayload(body, table: table)
        var values: [String: DatabaseValue] = [:]
        for (column, value) in payload.columns {
            if table.key.contains(column.name) || column.name == table.keyMirror {
                guard try self.values([column.name], of: location) == [value] else {
                    throw ServiceError.badPayload("The key property '\(column.name)' cannot be changed.")
                }
            } else {
                values[column.name] = value
            }
        }
        if let state = values["statecode"], values["statuscode"] == nil, table.column("statuscode")?.role == .status {
            values["statuscode"] = state == 0.databaseValue ? 1.databaseValue : 2.databaseValue
        }
        try applyLinks(payload, to: &values, of: table, depth: 0)
        try set(values, of: location)
        try addMembers(payload, to: location, depth: 0)
    }

    /// Sets columns of a row to stored values.
    func set(_ values: [String: DatabaseValue], of location: RowLocation) throws {
        let table = location.table
        var values = values
        for column in table.columns {
            switch column.role {
            case .modifiedOn: values[column.name] = (context.now - context.now % Ticks.perSecond).databaseValue
            case .modifiedBy: values[column.name] = context.caller.userID.databaseValue
            case .modifiedOnBehalfBy: values[column.name] = context.caller.agentID?.databaseValue ?? .null
            default: break
            }
        }
        if table.hasImages {
            applyImages(&values, of: table, key: try table.key.first.map { try self.values([$0], of: location)[0] })
        }
        try requireUnique(values, of: table, excluding: location)
        try requireNoDuplicate(values, of: table, excluding: location)
        values[HiddenColumn.version] = try RowVersion.next(in: db).databaseValue
        let assignments = values.keys.sorted().map { name -> SQLFragment in
            "\(identifier: name) = \(value: values[name] ?? .null)"
        }
        try execute(
            "UPDATE \(identifier: table.entitySetName) SET \(.list(assignments)) WHERE \(location.condition)"
        )
        try recalculate(location)
    }

    /// Works out the columns that follow from others.
    private func recalculate(_ location: RowLocation) throws {
        let table = location.table
        var changes: [(String, DatabaseValue)] = []
        for column in table.columns {
            switch column.role {
            case .fullName:
                let parts = try values(["firstname", "lastname"], of: location).compactMap(String.fromDatabaseValue)
                let name = parts.filter { !$0.isEmpty }.joined(separator: " ")
                changes.append((column.name, name.isEmpty ? .null : name.databaseValue))
            case .baseAmount(let amount):
                let hasRate = table.column("exchangerate") != nil
                let stored = try values(hasRate ? [amount, "exchangerate"] : [amount], of: location)
                let numbers = stored.map { String.fromDatabaseValue($0).flatMap { Decimal(string: $0, locale: nil) } }
                let rate = (hasRate ? numbers[1] : nil) ?? 1
                let base = numbers[0].map { rate == 0 ? $0 : $0 / rate }
                changes.append((column.name, base.map { Self.rounded($0) }?.databaseValue ?? .null))
            default: break
            }
        }
        guard !changes.isEmpty else { return }
        let assignments = changes.map { name, value -> SQLFragment in "\(identifier: name) = \(value: value)" }
        try execute(
            "UPDATE \(identifier: table.entitySetName) SET \(.list(assignments)) WHERE \(location.condition)"
        )
    }

    private static func rounded(_ amount: Decimal) -> String {
        var amount = amount
        var result = Decimal()
        NSDecimalRound(&result, &amount, 4, .plain)
        return DecimalText.canonical(result)
    }

    // MARK: Deleting

    /// Deletes a row. Lookups that refer to it become empty, as Dataverse's own behavior is unless it is configured.
    func delete(_ location: RowLocation) throws {
        try requireWritable(location.table)
        let table = location.table
        guard context.deleting.insert("\(table.entitySetName)/\(location.row)").inserted else { return }
        for incoming in context.schema.incomingLookups[table.entitySetName] ?? []
        where context.store.exists(incoming.table) {
            let lookup = incoming.lookup
            let key = try values([lookup.referencedColumn], of: location)[0]
            var condition: SQLFragment = "\(identifier: lookup.column) = \(value: key)"
            var assignments: SQLFragment = "\(identifier: lookup.column) = NULL"
            if let type = lookup.typeColumn {
                condition = "\(condition) AND \(identifier: type) = \(value: table.logicalName.databaseValue)"
                assignments = "\(assignments), \(identifier: type) = NULL"
            }
            guard try detach(incoming, condition, from: table) else { continue }
            try execute(
                """
                UPDATE \(identifier: incoming.table) SET \(assignments), \
                \(identifier: HiddenColumn.version) = \(value: try RowVersion.next(in: db).databaseValue) \
                WHERE \(condition)
                """
            )
        }
        for collection in table.collections.values {
            guard case .manyToMany(let link) = collection.kind, context.store.exists(link.table) else { continue }
            let key = try values([link.ownKey], of: location)[0]
            try execute("DELETE FROM \(identifier: link.table) WHERE \(identifier: link.ownColumn) = \(value: key)")
        }
        for column in table.columns where column.role == .file {
            guard let id = String.fromDatabaseValue(try values([column.name], of: location)[0]) else { continue }
            try FileStore(db: db).remove(id)
        }
        if let name = table.key.first, table.key.count == 1 {
            let key = try values([name], of: location)[0]
            try execute(
                """
                INSERT OR REPLACE INTO "@deleted" ("table", key, version) \
                VALUES (\(value: table.entitySetName.databaseValue), \(value: key), \
                \(value: try RowVersion.next(in: db).databaseValue))
                """
            )
        }
        try execute("DELETE FROM \(identifier: table.entitySetName) WHERE \(location.condition)")
    }

    /// Does to the rows that refer to a deleted one what their relationship says.
    ///
    /// - Returns: Whether their lookups are still to be emptied.
    private func detach(
        _ incoming: ServiceSchema.IncomingLookup,
        _ condition: SQLFragment,
        from table: TableSchema
    ) throws -> Bool {
        let behavior = context.schema.deleteBehavior(of: incoming)
        guard behavior == "Cascade" || behavior == "Restrict" else { return true }
        let query: SQLFragment = """
            SELECT \(identifier: HiddenColumn.row), \(identifier: HiddenColumn.version) \
            FROM \(identifier: incoming.table) WHERE \(condition)
            """
        let rows = try Row.fetchAll(db, sql: query.sql, arguments: StatementArguments(query.arguments))
        if behavior == "Restrict", !rows.isEmpty {
            throw ServiceError(
                status: 400,
                code: "0x80040227",
                message: """
                    The object you tried to delete is associated with another object and cannot be deleted: \
                    '\(incoming.table)' refers to this row of '\(table.logicalName)'.
                    """
            )
        }
        let referencing = try context.schema.table(incoming.table)
        for row in rows { try delete(RowLocation(table: referencing, row: row[0], version: row[1])) }
        return false
    }

    // MARK: Helpers

    func execute(_ query: SQLFragment) throws {
        try db.cachedStatement(sql: query.sql).execute(arguments: StatementArguments(query.arguments))
    }

    private func requireWritable(_ table: TableSchema) throws {
        switch table.source {
        case .table: try context.store.use([table.entitySetName])
        case .union(let members):
            // The base type's own rows are in a table of the same name, if it is not abstract.
            guard members.contains(table.entitySetName) else {
                throw ServiceError.unsupported("creating or changing rows of the abstract type \(table.typeName)")
            }
            try context.store.use([table.entitySetName])
        }
    }
}
