import GRDB
import ODataCore

extension RowStore {
    /// Sets the lookups of a body, creating the rows that it nests.
    func applyLinks(
        _ payload: RowPayload,
        to values: inout [String: DatabaseValue],
        of table: TableSchema,
        depth: Int
    ) throws {
        for (lookup, reference) in payload.links {
            if let reference {
                try link(lookup, to: try resolve(reference: reference), in: &values, of: table)
            } else {
                clear(lookup, in: &values)
            }
        }
        for (lookup, body) in payload.newTargets {
            let target = try context.schema.table(lookup.target)
            try link(lookup, to: try create(body, in: target, depth: depth + 1), in: &values, of: table)
        }
    }

    /// The values that make a lookup refer to a row.
    ///
    /// - Throws: ``ServiceError`` with status 400 if the row is of a table that the lookup cannot refer to.
    func link(
        _ lookup: LookupSchema,
        to target: RowLocation,
        in values: inout [String: DatabaseValue],
        of table: TableSchema
    ) throws {
        let schema = try context.schema.table(lookup.target)
        guard context.schema.members(of: schema).contains(where: { $0 === target.table }) else {
            throw ServiceError.badPayload(
                "A row of '\(target.table.entitySetName)' does not fit '\(lookup.navigationProperty)'.",
                table: table.entitySetName
            )
        }
        values[lookup.column] = try self.values([lookup.referencedColumn], of: target)[0]
        if let type = lookup.typeColumn { values[type] = target.table.logicalName.databaseValue }
        // The amounts of a row follow the exchange rate of its currency.
        if lookup.navigationProperty == "transactioncurrencyid", table.column("exchangerate")?.role == .exchangeRate,
            target.table.column("exchangerate") != nil
        {
            let rate = try self.values(["exchangerate"], of: target)[0]
            values["exchangerate"] = rate.isNull ? "1".databaseValue : rate
        }
    }

    /// The values that make a lookup empty.
    func clear(_ lookup: LookupSchema, in values: inout [String: DatabaseValue]) {
        values[lookup.column] = .null
        if let type = lookup.typeColumn { values[type] = .null }
    }

    /// Adds new rows and existing ones to the collections of a row.
    func addMembers(_ payload: RowPayload, to location: RowLocation, depth: Int) throws {
        for (collection, references) in payload.newLinks {
            for reference in references { try add(try resolve(reference: reference), to: collection, of: location) }
        }
        for (collection, bodies) in payload.newMembers {
            for body in bodies { _ = try createMember(body, of: collection, owner: location, depth: depth + 1) }
        }
    }

    /// Creates a row in a collection of another row.
    func createMember(
        _ body: Record,
        of collection: CollectionSchema,
        owner: RowLocation,
        depth: Int = 1
    ) throws -> RowLocation {
        let member = try create(body, in: try context.schema.table(collection.target), depth: depth)
        try add(member, to: collection, of: owner)
        return member
    }

    /// Puts a row into a collection of another row.
    ///
    /// - Throws: ``ServiceError`` with status 412 if a many-to-many relationship links the two already.
    func add(_ member: RowLocation, to collection: CollectionSchema, of owner: RowLocation) throws {
        try requireFit(member, collection)
        switch collection.kind {
        case .oneToMany(let lookup):
            var values: [String: DatabaseValue] = [:]
            try link(lookup, to: owner, in: &values, of: member.table)
            try set(values, of: member)
        case .manyToMany(let link):
            try context.use(collection)
            if try contains(member, collection, owner) { throw ServiceError.rowExists }
            let own = try values([link.ownKey], of: owner)[0]
            let other = try values([link.otherKey], of: member)[0]
            try execute(
                """
                INSERT INTO \(identifier: link.table) \
                (\(identifier: link.ownColumn), \(identifier: link.otherColumn)) \
                VALUES (\(value: own), \(value: other))
                """
            )
        }
    }

    /// Takes a row out of a collection of another row.
    ///
    /// - Throws: ``ServiceError`` with status 404 if it is not in the collection.
    func remove(_ member: RowLocation, from collection: CollectionSchema, of owner: RowLocation) throws {
        try requireFit(member, collection)
        guard try contains(member, collection, owner) else {
            throw ServiceError.rowNotFound(member.table, key: "in \(collection.navigationProperty)")
        }
        switch collection.kind {
        case .oneToMany(let lookup):
            var values: [String: DatabaseValue] = [:]
            clear(lookup, in: &values)
            try set(values, of: member)
        case .manyToMany(let link):
            let own = try values([link.ownKey], of: owner)[0]
            let other = try values([link.otherKey], of: member)[0]
            try execute(
                """
                DELETE FROM \(identifier: link.table) WHERE \(identifier: link.ownColumn) = \(value: own) \
                AND \(identifier: link.otherColumn) = \(value: other)
                """
            )
        }
    }

    /// Whether a row is in a collection of another row.
    func contains(_ member: RowLocation, _ collection: CollectionSchema, _ owner: RowLocation) throws -> Bool {
        try context.use(collection)
        let memberScope = try context.scope(for: member.table)
        let ownerScope = try context.scope(for: owner.table)
        let query: SQLFragment = """
            SELECT 1 FROM \(try context.source(memberScope)), \(try context.source(ownerScope)) \
            WHERE \(memberScope.reference(HiddenColumn.row)) = \(value: member.row.databaseValue) \
            AND \(ownerScope.reference(HiddenColumn.row)) = \(value: owner.row.databaseValue) \
            AND \(context.membership(memberScope, in: collection, of: ownerScope))
            """
        return try Int.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments)) != nil
    }

    private func requireFit(_ member: RowLocation, _ collection: CollectionSchema) throws {
        let target = try context.schema.table(collection.target)
        guard context.schema.members(of: target).contains(where: { $0 === member.table }) else {
            throw ServiceError.badPayload(
                "A row of '\(member.table.entitySetName)' does not fit '\(collection.navigationProperty)'."
            )
        }
    }
}
