import GRDB
import ODataCore

/// Actions on rows of tables that many environments have.
enum RowOperations {
    static let handlers: [String: OperationHandler] = [
        "Merge": merge,
        "AddMembersTeam": { call in
            try await changeMembers(call) { try $0.add($1, to: $2, of: $3) }
            return .none
        },
        "RemoveMembersTeam": { call in
            try await changeMembers(call) { try $0.remove($1, from: $2, of: $3) }
            return .none
        },
        "AddToQueue": addToQueue,
    ]

    /// Makes a row the parent of all that belongs to another one of the same table, which becomes inactive.
    ///
    /// Source: Dataverse, "Merge table rows using the Web API".
    private static let merge: OperationHandler = { call in
        let target = try call.object("Target")
        let subordinate = try call.object("Subordinate")
        let content = call.parameters["UpdateContent"]?.objectValue
        try await call.service.transaction { store in
            let row = try store.row(target)
            let other = try store.row(subordinate)
            let table = row.table
            guard other.table === table, other.row != row.row else {
                throw ServiceError.badPayload("'Target' and 'Subordinate' must be different rows of the same table.")
            }
            if let content {
                let own = Set(table.key + [table.keyMirror].compactMap { $0 })
                let changes = content.members.filter { !$0.name.hasPrefix("@") && !own.contains($0.name) }
                if !changes.isEmpty { try store.update(row, with: Record(members: changes)) }
            }
            try store.moveReferences(from: other, to: row)
            var values: [String: DatabaseValue] = [:]
            if table.column("merged") != nil { values["merged"] = 1.databaseValue }
            if let name = table.key.first, let lookup = table.lookups["masterid"] {
                values[lookup.column] = try store.values([name], of: row)[0]
                if let type = lookup.typeColumn { values[type] = table.logicalName.databaseValue }
            }
            if table.column("statecode")?.role == .state { values["statecode"] = 1.databaseValue }
            if table.column("statuscode")?.role == .status { values["statuscode"] = 2.databaseValue }
            try store.set(values, of: other)
        }
        return .none
    }

    private static func changeMembers(
        _ call: OperationCall,
        _ change: @escaping @Sendable (RowStore, RowLocation, CollectionSchema, RowLocation) throws -> Void
    ) async throws {
        guard let team = call.boundRow else {
            throw ServiceError.badQuery("'\(call.name)' is bound to a row of 'teams'.")
        }
        guard let members = call.parameters["Members"]?.arrayValue?.compactMap(\.objectValue) else {
            throw ServiceError.badPayload("'Members' must be an array of users.")
        }
        try await call.service.transaction { store in
            let row = try store.resolve(reference: team)
            guard let users = row.table.collections["teammembership_association"] else {
                throw ServiceError.unsupported(
                    "members of '\(row.table.logicalName)': the metadata has no such relationship"
                )
            }
            for member in members { try change(store, try store.row(member, defaultType: "systemuser"), users, row) }
        }
    }

    private static let addToQueue: OperationHandler = { call in
        guard let queue = call.boundRow else {
            throw ServiceError.badQuery("'AddToQueue' is bound to a row of 'queues'.")
        }
        let target = try call.object("Target")
        let properties = call.parameters["QueueItemProperties"]?.objectValue ?? Record()
        let key = try await call.service.transaction { store -> String in
            guard let items = store.context.schema.table(ofType: "queueitem"), let name = items.key.first else {
                throw ServiceError.unsupported("'AddToQueue': the metadata has no table 'queueitem'")
            }
            let row = try store.row(target)
            let lookup = items.lookupOrder.first { name in
                items.lookups[name].map {
                    $0.navigationProperty.hasPrefix("objectid_") && $0.target == row.table.entitySetName
                }
                    ?? false
            }
            guard let lookup else {
                throw ServiceError.badPayload("Rows of '\(row.table.logicalName)' cannot be put into queues.")
            }
            var body = Record(members: properties.members.filter { !$0.name.hasPrefix("@") })
            body["queueid@odata.bind"] = .string(queue)
            body[lookup + "@odata.bind"] = .string(try store.address(of: row))
            let item = try store.create(body, in: items)
            return String.fromDatabaseValue(try store.values([name], of: item)[0]) ?? ""
        }
        return .value(["QueueItemId": .string(key)])
    }
}

extension OperationCall {
    /// A parameter that is a row or another object.
    func object(_ name: String) throws -> ODataCore.Record {
        guard let value = parameters[name]?.objectValue else {
            throw ServiceError.badPayload("'\(self.name)' needs the parameter '\(name)', an object.")
        }
        return value
    }
}

extension RowStore {
    /// The row that a parameter of an operation stands for: `{"@odata.id": "accounts(…)"}`, or its type and key.
    func row(_ reference: Record, defaultType: String? = nil) throws -> RowLocation {
        if let address = reference["@odata.id"]?.stringValue { return try resolve(reference: address) }
        let type = reference["@odata.type"]?.stringValue.map { String($0.trimmingPrefix("#")) } ?? defaultType
        guard let type, let table = context.schema.table(ofType: type) else {
            throw ServiceError.badPayload("A row needs '@odata.id', or '@odata.type' and its key.")
        }
        let values = try table.key.map { name -> (column: String, value: DatabaseValue) in
            guard let column = table.column(name),
                let value = reference[name] ?? table.keyMirror.flatMap({ reference[$0] })
            else { throw ServiceError.badPayload("A row of '\(table.logicalName)' lacks its key '\(name)'.") }
            return (name, try RowPayload.stored(value, for: column, table))
        }
        return try locate(RowKey(table: table, values: values))
    }

    /// The address of a row relative to the service.
    func address(of location: RowLocation) throws -> String {
        let values = try values(location.table.key, of: location)
        let byName = Dictionary(zip(location.table.key, values), uniquingKeysWith: { first, _ in first })
        return RowWriter.address(of: location.table) { byName[$0] ?? .null }
    }

    /// Makes the lookups that refer to a row refer to another one of the same table.
    func moveReferences(from old: RowLocation, to new: RowLocation) throws {
        let table = old.table
        for incoming in context.schema.incomingLookups[table.entitySetName] ?? []
        where context.store.exists(incoming.table) {
            let lookup = incoming.lookup
            let keys = try [old, new].map { try values([lookup.referencedColumn], of: $0)[0] }
            var condition: SQLFragment = "\(identifier: lookup.column) = \(value: keys[0])"
            if let type = lookup.typeColumn {
                condition = "\(condition) AND \(identifier: type) = \(value: table.logicalName.databaseValue)"
            }
            if incoming.table == table.entitySetName {
                condition = "\(condition) AND \(identifier: HiddenColumn.row) <> \(value: new.row.databaseValue)"
            }
            try execute(
                """
                UPDATE \(identifier: incoming.table) SET \(identifier: lookup.column) = \(value: keys[1]), \
                \(identifier: HiddenColumn.version) = \(value: try RowVersion.next(in: db).databaseValue) \
                WHERE \(condition)
                """
            )
        }
    }
}
