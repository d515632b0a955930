import GRDB

/// The query functions about hierarchies of rows, and about the caller's teams and the users below.
extension DataverseFunctions {
    func hierarchy(_ call: Call, _ value: TypedSQL) throws -> TypedSQL? {
        switch call.name {
        case "Under": return try isIn(value, try descendants(call, value))
        case "UnderOrEqual": return try isIn(value, try descendants(call, value), or: try identifier(call))
        case "NotUnder":
            let isUnder = try isIn(value, try descendants(call, value)).fragment
            return TypedSQL("(\(isUnder)) IS NOT 1", .boolean)
        case "Above": return try isIn(value, try ancestors(call))
        case "AboveOrEqual": return try isIn(value, try ancestors(call), or: try identifier(call))
        case "EqualUserOrUserHierarchy": return try isIn(value, try subordinates(), or: caller)
        case "EqualUserTeams": return try isIn(value, try teams())
        case "EqualUserOrUserTeams": return try isIn(value, try teams(), or: caller)
        case "EqualUserOrUserHierarchyAndTeams":
            let users = try isIn(value, try subordinates(), or: caller).fragment
            return TypedSQL(.any([users, try isIn(value, try teams()).fragment]), .boolean)
        case "EqualUserLanguage":
            guard value.kind == .integer else {
                throw ServiceError.badQuery("\(call.name) needs a column with the number of a language.")
            }
            return TypedSQL("(\(value.fragment) = \(number: Int(EnvironmentOperations.language)))", .boolean)
        default: return nil
        }
    }

    private var caller: SQLFragment { "\(value: translator.context.caller.userID.databaseValue)" }

    /// The condition that a value is one of a query's, or another value.
    private func isIn(_ value: TypedSQL, _ query: SQLFragment?, or other: SQLFragment? = nil) throws -> TypedSQL {
        guard value.kind == .guid else {
            throw ServiceError.badQuery("This query function needs a key or a lookup, not \(value.kind.edmName).")
        }
        var conditions: [SQLFragment] = []
        if let query { conditions.append("\(value.fragment) IN (\(query))") }
        if let other { conditions.append("\(value.fragment) = \(other)") }
        return TypedSQL("(\(.any(conditions)))", .boolean)
    }

    private func identifier(_ call: Call) throws -> SQLFragment {
        guard call.texts.count == 1, let id = ColumnType.guid.stored(text: call.texts[0]) else {
            throw ServiceError.badQuery("\(call.name) needs the key of a row as its PropertyValue.")
        }
        return "\(value: id)"
    }

    // MARK: Hierarchies

    private struct Hierarchy {
        let table: TableSchema
        let key: String
        /// The column with the key of the row above.
        let parent: String
    }

    private func descendants(_ call: Call, _ value: TypedSQL) throws -> SQLFragment {
        try descendants(in: try hierarchy(of: call), of: try identifier(call))
    }

    private func descendants(in hierarchy: Hierarchy, of id: SQLFragment) throws -> SQLFragment {
        try translator.context.store.use([hierarchy.table.entitySetName])
        let table: SQLFragment = "\(identifier: hierarchy.table.entitySetName)"
        let (key, parent): (SQLFragment, SQLFragment) = (
            "\(identifier: hierarchy.key)", "\(identifier: hierarchy.parent)"
        )
        return """
            WITH RECURSIVE below(id) AS (SELECT \(key) FROM \(table) WHERE \(parent) = \(id) UNION \
            SELECT n.\(key) FROM \(table) AS n JOIN below ON n.\(parent) = below.id) SELECT id FROM below
            """
    }

    private func ancestors(_ call: Call) throws -> SQLFragment {
        let hierarchy = try hierarchy(of: call)
        try translator.context.store.use([hierarchy.table.entitySetName])
        let table: SQLFragment = "\(identifier: hierarchy.table.entitySetName)"
        let (key, parent): (SQLFragment, SQLFragment) = (
            "\(identifier: hierarchy.key)", "\(identifier: hierarchy.parent)"
        )
        return """
            WITH RECURSIVE above(id) AS (SELECT \(parent) FROM \(table) WHERE \(key) = \(try identifier(call)) UNION \
            SELECT n.\(parent) FROM \(table) AS n JOIN above ON n.\(key) = above.id) \
            SELECT id FROM above WHERE id IS NOT NULL
            """
    }

    /// The hierarchy that a call's property, a key or a lookup, is about.
    private func hierarchy(of call: Call) throws -> Hierarchy {
        let schema = translator.context.schema
        var table = scope.table
        if let property = call.property, !table.key.contains(property) {
            let lookups = table.lookups(using: property)
            guard lookups.count == 1, let lookup = lookups.first else {
                throw ServiceError.unsupported(
                    "\(call.name) of '\(property)', which is neither the key nor a lookup of one table"
                )
            }
            table = try schema.table(lookup.target)
        }
        return try hierarchy(of: table, in: schema)
    }

    /// The hierarchy of a table: CSDL does not say which of the lookups of the table itself makes it, so that the names
    /// have to, unless a definition does.
    private func hierarchy(of table: TableSchema, in schema: ServiceSchema) throws -> Hierarchy {
        let own = table.lookupOrder.compactMap { table.lookups[$0] }.filter { lookup in
            lookup.target == table.entitySetName && lookup.typeColumn == nil
        }
        let defined = schema.definitions.all(.relationship).compactMap(\.record).first { record in
            record["IsHierarchical"] == true && record.text("ReferencingEntity") == table.logicalName
        }
        let lookup =
            own.first { $0.navigationProperty == defined?.text("ReferencingEntityNavigationPropertyName") }
            ?? own.first { $0.navigationProperty == "parent\(table.logicalName)id" }
            ?? own.first { $0.navigationProperty.lowercased().contains("parent") } ?? (own.count == 1 ? own[0] : nil)
        guard let lookup, let key = table.key.first, case .table = table.source else {
            throw ServiceError.unsupported(
                "hierarchies of '\(table.logicalName)': it is not known which lookup makes them"
            )
        }
        return Hierarchy(table: table, key: key, parent: lookup.column)
    }

    // MARK: Users and teams

    /// The users below the caller; `nil` if the metadata has no hierarchy of users.
    private func subordinates() throws -> SQLFragment? {
        let schema = translator.context.schema
        guard let users = schema.table(ofType: "systemuser"), users.lookups["parentsystemuserid"] != nil else {
            return nil
        }
        return try descendants(in: try hierarchy(of: users, in: schema), of: caller)
    }

    /// The teams that the caller is a member of; `nil` if the metadata has no such relationship.
    private func teams() throws -> SQLFragment? {
        guard let users = translator.context.schema.table(ofType: "systemuser"),
            let collection = users.collections["teammembership_association"],
            case .manyToMany(let link) = collection.kind
        else { return nil }
        try translator.context.use(collection)
        return """
            SELECT \(identifier: link.otherColumn) FROM \(identifier: link.table) \
            WHERE \(identifier: link.ownColumn) = \(caller)
            """
    }
}
