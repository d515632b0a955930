import GRDB
import ODataQuery

/// What the path of a request leads to.
enum RequestTarget {
    /// The rows of a table, or of a collection of a row.
    case collection(TableSchema, Membership?)
    /// A row with a key; the location is missing if there is none.
    case row(RowKey, RowLocation?)
    /// What a lookup of a row refers to.
    case lookup(RowLocation, LookupSchema)
    /// A column of a row.
    case property(RowLocation, ColumnSchema)

    /// A collection of a row, and the one of its members that the path has a key for.
    struct Membership {
        let owner: RowLocation
        let collection: CollectionSchema
        var member: RowLocation?
    }

    /// What can stand at the end of a path.
    enum Suffix {
        case count, ref, value
    }
}

/// Follows the path of a request through the tables.
struct TargetResolver {
    let store: RowStore
    let aliases: [String: Expression]

    private var schema: ServiceSchema { store.context.schema }

    /// - Throws: ``ServiceError`` with status 404 for names that do not exist, 501 for paths that are not implemented.
    func resolve(_ path: ResourcePath) throws -> (target: RequestTarget, suffix: RequestTarget.Suffix?) {
        var segments = path.segments[...]
        var suffix: RequestTarget.Suffix?
        switch segments.last {
        case .count: suffix = .count
        case .ref: suffix = .ref
        case .value: suffix = .value
        default: break
        }
        if suffix != nil { segments = segments.dropLast() }
        guard case .name(let set, let arguments)? = segments.first else {
            throw ServiceError.unsupported("this kind of path")
        }
        if schema.singletonNames.contains(set) {
            throw ServiceError.unsupported("the singleton '\(set)'")
        }
        let table = try schema.table(set)
        var target: RequestTarget = .collection(table, nil)
        if let arguments {
            let key = try RowKey(arguments, of: table, aliases: aliases)
            target = .row(key, try store.find(key))
        }
        for segment in segments.dropFirst() { target = try step(from: target, to: segment) }
        return (target, suffix)
    }

    private func step(from target: RequestTarget, to segment: ResourceSegment) throws -> RequestTarget {
        if case .keyLiteral(let text) = segment { throw ServiceError.segmentNotFound(text) }
        guard case .name(let name, let arguments) = segment else {
            throw ServiceError.unsupported("this segment of a path, such as $filter(…)")
        }
        if name.contains("."), arguments == nil, let table = try table(of: target), isType(name, table) {
            return target
        }
        let owner = try row(of: target, before: name)
        if let column = owner.table.column(name), arguments == nil { return .property(owner, column) }
        if let lookup = owner.table.lookups[name], arguments == nil { return .lookup(owner, lookup) }
        if let collection = owner.table.collections[name] {
            let table = try schema.table(collection.target)
            var membership = RequestTarget.Membership(owner: owner, collection: collection, member: nil)
            if let arguments {
                let key = try RowKey(arguments, of: table, aliases: aliases)
                let member = try store.locate(key)
                guard try store.contains(member, collection, owner) else { throw key.notFound }
                membership.member = member
            }
            return .collection(table, membership)
        }
        throw ServiceError.segmentNotFound(name)
    }

    private func table(of target: RequestTarget) throws -> TableSchema? {
        switch target {
        case .collection(let table, _): table
        case .row(let key, _): key.table
        case .lookup(_, let lookup): try schema.table(lookup.target)
        case .property: nil
        }
    }

    /// Whether a name is that of the table's own type, so that a cast to it changes nothing.
    private func isType(_ name: String, _ table: TableSchema) -> Bool {
        schema.index.canonicalName(name) == table.typeName
    }

    /// The row that a path goes on from.
    private func row(of target: RequestTarget, before name: String) throws -> RowLocation {
        switch target {
        case .row(let key, let location):
            guard let location else { throw key.notFound }
            return location
        case .collection(_, let membership):
            guard let member = membership?.member else { throw ServiceError.segmentNotFound(name) }
            return member
        case .lookup(let owner, let lookup):
            guard let location = try store.target(of: lookup, in: owner) else {
                throw ServiceError(
                    status: 404,
                    code: ServiceError.Code.rowNotFound,
                    message: "The lookup '\(lookup.navigationProperty)' is empty."
                )
            }
            return location
        case .property: throw ServiceError.segmentNotFound(name)
        }
    }
}

extension RowStore {
    /// The row that a lookup refers to; `nil` if it is empty, or its row is gone.
    func target(of lookup: LookupSchema, in owner: RowLocation) throws -> RowLocation? {
        let columns = [lookup.column] + (lookup.typeColumn.map { [$0] } ?? [])
        let values = try values(columns, of: owner)
        guard !values[0].isNull else { return nil }
        let type = values.count > 1 ? String.fromDatabaseValue(values[1]) : nil
        for table in context.schema.members(of: try context.schema.table(lookup.target)) {
            if let type, table.logicalName != type { continue }
            try context.store.use([table.entitySetName])
            let query: SQLFragment = """
                SELECT \(identifier: HiddenColumn.row), \(identifier: HiddenColumn.version) \
                FROM \(identifier: table.entitySetName) \
                WHERE \(identifier: lookup.referencedColumn) = \(value: values[0])
                """
            let row = try Row.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments))
            if let row { return RowLocation(table: table, row: row[0], version: row[1]) }
        }
        return nil
    }
}
