import GRDB
import HTTPTypes
import ODataCore
import ODataQuery

/// The actions that work on several rows of a table in one transaction.
enum BulkAction: String {
    case createMultiple = "CreateMultiple"
    case updateMultiple = "UpdateMultiple"
    case upsertMultiple = "UpsertMultiple"
    case deleteMultiple = "DeleteMultiple"

    /// The action that a path ends with, and the entity set before it.
    init?(_ path: ResourcePath, set: inout String) {
        guard path.segments.count == 2, case .name(let first, nil) = path.segments[0],
            case .name(let name, nil) = path.segments[1], name.hasPrefix("Microsoft.Dynamics.CRM."),
            let action = BulkAction(rawValue: String(name.dropFirst("Microsoft.Dynamics.CRM.".count)))
        else { return nil }
        self = action
        set = first
    }
}

extension RequestHandler {
    /// Runs a bulk action. What fails for one row fails for all.
    ///
    /// Source: Dataverse Web API reference, CreateMultiple, UpdateMultiple and UpsertMultiple, and "Bulk operation
    /// messages" for DeleteMultiple, which is for elastic tables only.
    func respond(_ action: BulkAction, set: String) throws -> EmulatorResponse {
        guard request.method == .post else { throw notAllowed }
        let table = try schema.table(set)
        guard let targets = try request.object()["Targets"]?.arrayValue?.map(\.objectValue), !targets.contains(nil)
        else { throw ServiceError.badPayload("The body must have the member 'Targets' with an array of rows.") }
        guard !targets.isEmpty else { throw ServiceError.badPayload("'Targets' is empty.") }
        let rows = targets.compactMap { $0 }
        for (place, row) in rows.enumerated() { try requireType(of: row, place, table) }
        switch action {
        case .deleteMultiple:
            guard table.isElastic else {
                throw ServiceError.unsupported("DeleteMultiple on tables that are not elastic")
            }
            for row in rows { try store.delete(try store.locate(try key(of: row, table))) }
            return try withSession(EmulatorResponse(.noContent), table)
        case .createMultiple:
            let keys = try rows.map { row in
                try table.key.first.map { try store.values([$0], of: try store.create(row, in: table))[0] } ?? .null
            }
            return try withSession(created(keys), table)
        case .updateMultiple:
            for row in rows { try store.update(try store.locate(try key(of: row, table)), with: row) }
            return try withSession(EmulatorResponse(.noContent), table)
        case .upsertMultiple:
            for row in rows {
                let key = try key(of: row, table)
                if let location = try store.find(key) {
                    try store.update(location, with: row)
                } else {
                    _ = try store.create(row, in: table, key: key)
                }
            }
            return try withSession(EmulatorResponse(.noContent), table)
        }
    }

    private func created(_ keys: [DatabaseValue]) -> EmulatorResponse {
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL("Microsoft.Dynamics.CRM.CreateMultipleResponse"))
        json.name("Ids")
        json.beginArray()
        for key in keys { json.value(key, as: .guid) }
        json.endArray()
        json.endObject()
        return EmulatorResponse(.ok, body: json.bytes)
    }

    private func requireType(of row: Record, _ place: Int, _ table: TableSchema) throws {
        guard let type = row["@odata.type"]?.stringValue else {
            throw ServiceError.badPayload("'Targets[\(place)]' lacks '@odata.type'.", table: table.entitySetName)
        }
        let name = String(type.trimmingPrefix("#"))
        guard schema.index.canonicalName(name) == table.typeName else {
            throw ServiceError.badPayload(
                "'Targets[\(place)]' is of the type '\(name)' instead of '\(table.typeName)'.",
                table: table.entitySetName
            )
        }
    }

    /// The key of a row in a bulk action: that of `@odata.id`, or the primary key among its members.
    private func key(of row: Record, _ table: TableSchema) throws -> RowKey {
        if let address = row["@odata.id"]?.stringValue {
            let segments = try? ResourcePath(parsing: address.hasPrefix("/") ? String(address.dropFirst()) : address)
                .segments
            guard let segments, segments.count == 1, case .name(table.entitySetName, let arguments?) = segments[0]
            else {
                throw ServiceError.badPayload("'\(address)' is not the address of a row of '\(table.entitySetName)'.")
            }
            return try RowKey(arguments, of: table, aliases: [:])
        }
        let values = try table.key.map { name -> (column: String, value: DatabaseValue) in
            guard let column = table.column(name), let value = row[name] ?? table.keyMirror.flatMap({ row[$0] }) else {
                throw ServiceError.badPayload("A row lacks its key '\(name)'.", table: table.entitySetName)
            }
            return (name, try RowPayload.stored(value, for: column, table))
        }
        return RowKey(table: table, values: values)
    }
}
