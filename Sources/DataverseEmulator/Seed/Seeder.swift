import GRDB
import ODataCore

/// Puts the rows of a file into the tables, as one transaction.
///
/// A row with its primary key, or with the values of an alternate key, is created or changed; others are created where
/// their table is still empty, so that a database file that is used again does not get them twice.
struct Seeder {
    let service: EmulatorService

    func seed(_ file: SeedFile) async throws {
        let now = EmulatorClock.now()
        try await service.store.write { [service] db in
            let store = RowStore(db: db, context: QueryContext(store: service.store, now: now))
            for (name, rows) in file.tables {
                let schema = store.context.schema
                guard let table = schema.tables[name] ?? schema.table(ofType: name) else {
                    let place = rows.first.map { $0.place + ": " } ?? ""
                    throw SeedError("\(place)'\(name)' is neither an entity set nor a table of the metadata")
                }
                try store.context.store.use([table.entitySetName])
                let isEmpty =
                    try Int.fetchOne(db, sql: "SELECT 1 FROM \(table.entitySetName.sqlIdentifier) LIMIT 1") == nil
                for row in rows {
                    do {
                        try Self.seed(row, table, isEmpty: isEmpty, store)
                    } catch let error as ServiceError {
                        throw SeedError("\(row.place): \(error.message)")
                    }
                }
            }
        }
    }

    private static func seed(_ row: SeedFile.Row, _ table: TableSchema, isEmpty: Bool, _ store: RowStore) throws {
        let body: Record =
            switch row.body {
            case .json(let record): record
            case .texts(let texts): Record(members: try texts.map { ($0.name, try value($0.text, $0.name, table)) })
            }
        guard let key = try key(of: body, table) else {
            if isEmpty { _ = try store.create(body, in: table) }
            return
        }
        if let location = try store.find(key) {
            try store.update(location, with: body)
        } else {
            _ = try store.create(body, in: table, key: key)
        }
    }

    /// The key that a row's own members make; `nil` if they make none.
    private static func key(of body: Record, _ table: TableSchema) throws -> RowKey? {
        for names in [table.key] + table.alternateKeys where !names.isEmpty {
            let values = try names.compactMap { name -> (column: String, value: DatabaseValue)? in
                guard let column = table.column(name), column.role != .lookup, let value = body[name], !value.isNull
                else { return nil }
                return (name, try RowPayload.stored(value, for: column, table))
            }
            if values.count == names.count { return RowKey(table: table, values: values) }
        }
        return nil
    }

    /// The JSON value that a text of a CSV file stands for in a column.
    private static func value(_ text: String, _ name: String, _ table: TableSchema) throws -> Value {
        guard let column = table.column(name) else { return .string(text) }
        switch column.type {
        case .integer, .enumeration: return Int64(text).map { .integer($0) } ?? .string(text)
        case .double, .single: return Double(text).map { .double($0) } ?? .string(text)
        case .boolean:
            switch text.lowercased() {
            case "true", "1": return true
            case "false", "0": return false
            default: return .string(text)
            }
        case .json: return try JSONReader.value(from: Array(text.utf8))
        default: return .string(text)
        }
    }
}
