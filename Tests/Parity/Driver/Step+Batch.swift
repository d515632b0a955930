import Dataverse
import Foundation

extension Step {
    enum Changes {
        case one(UUID, Record)
        case same([UUID], Record)
        case each([(id: UUID, changes: Record)])
    }

    /// What an update changes: one row, many in the same way, or each in its own.
    func changes() throws -> Changes {
        guard self["ids"] != nil else { return .one(try id(), try row("changes")) }
        guard let list = self["changes"]?.arrayValue else { return .same(try ids(), try row("changes")) }
        let ids = try ids()
        guard list.count == ids.count else {
            throw DataverseError(.invalidRequest, "there are \(list.count) changes for \(ids.count) rows")
        }
        return .each(zip(ids, list).map { ($0, Self.row($1)) })
    }

    func newRows() throws -> [Record] { try list("rows").map(Self.row) }

    private static func row(_ json: Value) -> Record {
        Record(members: (json.objectValue ?? [:]).map { ($0.name, $0.value) })
    }

    /// The items of a batch, each giving what is compared of it.
    func batchOperations() throws -> [BatchOperation<[Value]>] {
        try list("items").map { item in
            guard let changes = item.objectValue?["changeSet"]?.arrayValue else {
                return try Step(item).batchOperation().map { [$0] }
            }
            return .changeSet(try changes.map { try Step($0).batchOperation() })
        }
    }

    private func batchOperation() throws -> BatchOperation<Value> {
        let table = optionalText("table") ?? ""
        switch name {
        case "create": return BatchOperation<UUID>.create(try row("row"), table: table).map { Self.done(id: $0) }
        case "update":
            return BatchOperation<Void>.update(.id(try id()), try row("changes"), table: table).map { Self.done() }
        case "delete":
            return BatchOperation<Void>.delete(RowKey<Record>.id(try id()), table: table).map { Self.done() }
        case "upsert":
            let item = try items()[0]
            return BatchOperation<Void>.upsert(item.key, item.values, table: table).map { Self.done() }
        case "retrieve":
            return BatchOperation<Record?>.retrieve(.id(try id()), try query(), table: table)
                .map { Self.done(rows: $0.map { [$0] } ?? []) }
        case "list":
            return BatchOperation<Page<Record>>.query(try query(), table: table).map { Self.done(rows: $0.rows) }
        case "sql":
            return BatchOperation<Page<Record>>.query(try SQLQuery(try text("sql"))).map { Self.done(rows: $0.rows) }
        case "getTable":
            return BatchOperation<TableInfo?>.table(table).map { Self.done(rows: $0.map { [$0.metadata] } ?? []) }
        case "listTables":
            return BatchOperation<[TableInfo]>.tables(filter: optionalText("filter"), select: texts("select"))
                .map { Self.done(rows: $0.map(\.metadata)) }
        default: return try definitionOperation(table)
        }
    }

    private func definitionOperation(_ table: String) throws -> BatchOperation<Value> {
        switch name {
        case "createTable":
            return BatchOperation<Void>.createTable(try tableDefinition(), solution: optionalText("solution"))
                .map { Self.done() }
        case "deleteTable": return BatchOperation<Void>.deleteTable(table).map { Self.done() }
        case "addColumns": return BatchOperation<Void>.addColumn(try columns()[0], to: table).map { Self.done() }
        case "removeColumns":
            return BatchOperation<Void>.removeColumn(texts("columns")[0], from: table).map { Self.done() }
        case "createOneToMany":
            return BatchOperation<UUID?>.createRelationship(try oneToMany()).map { Self.done(id: $0) }
        case "createManyToMany":
            return BatchOperation<UUID?>.createRelationship(try manyToMany()).map { Self.done(id: $0) }
        case "deleteRelationship": return BatchOperation<Void>.deleteRelationship(try id()).map { Self.done() }
        case "getRelationship":
            return BatchOperation<RelationshipInfo?>.relationship(try text("name"))
                .map { Self.done(rows: $0.map { [$0.metadata] } ?? []) }
        default: throw StepError("there is no batch item \(name)")
        }
    }

    private static func done(id: UUID? = nil, rows: [Record]? = nil) -> Value {
        [
            "status": .integer(rows == nil ? 204 : 200), "id": Value(id), "rows": rows?.outcome ?? .null,
            "code": .null, "message": .null,
        ]
    }
}

extension [Result<[Value], DataverseError>] {
    var outcome: Value { .array(flatMap(\.outcomes)) }
}
