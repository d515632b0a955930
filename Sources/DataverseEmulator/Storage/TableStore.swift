import GRDB
import Synchronization

/// Thrown by code that meets a table which SQLite does not have yet; the caller makes it and starts again.
struct MissingTables: Error {
    let names: [String]
}

/// The database: its connections, and the tables made in it so far.
///
/// A schema of hundreds of tables makes no work at the start: each table is made when it is first used.
final class TableStore: Sendable {
    let schema: ServiceSchema
    let identity: ServiceIdentity
    private let writer: any DatabaseWriter
    private let present = Mutex<Set<String>>([])

    /// - Parameter file: The path of the database file; `nil` keeps the rows in memory.
    init(schema: ServiceSchema, identity: ServiceIdentity, file: String?) throws {
        self.schema = schema
        self.identity = identity
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            Collation.register(in: db)
            SQLFunctions.register(in: db)
        }
        if let file {
            writer = try DatabasePool(path: file, configuration: configuration)
        } else {
            writer = try DatabaseQueue(configuration: configuration)
        }
        let existing = try writer.write { db in
            try db.execute(sql: "CREATE TABLE IF NOT EXISTS \"@version\" (value INTEGER NOT NULL)")
            try db.execute(sql: "INSERT INTO \"@version\" SELECT 1000000 WHERE NOT EXISTS (SELECT 1 FROM \"@version\")")
            // The definitions are the metadata's, which may have changed since the file was written.
            try db.execute(sql: "DROP TABLE IF EXISTS \(DefinitionsTable.schema.entitySetName.sqlIdentifier)")
            return try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
        }
        for name in existing {
            if let table = schema.tables[name] { try addMissingColumns(to: table) }
        }
        present.withLock { $0 = existing }
    }

    func close() throws { try writer.close() }

    /// Reads, making the tables that turn out to be needed.
    func read<Result: Sendable>(_ body: @Sendable @escaping (Database) throws -> Result) async throws -> Result {
        while true {
            do {
                return try await writer.read(body)
            } catch let missing as MissingTables {
                try await create(missing.names)
            }
        }
    }

    /// Runs one transaction, making the tables that turn out to be needed before it starts again.
    func write<Result: Sendable>(_ body: @Sendable @escaping (Database) throws -> Result) async throws -> Result {
        while true {
            do {
                return try await writer.write(body)
            } catch let missing as MissingTables {
                try await create(missing.names)
            }
        }
    }

    /// Whether a table exists, for work that has nothing to do where it does not.
    func exists(_ table: String) -> Bool { present.withLock { $0.contains(table) } }

    /// Makes sure that a table can be used.
    ///
    /// - Throws: ``MissingTables`` if it has to be made first.
    func use(_ tables: [String]) throws(MissingTables) {
        let missing = present.withLock { present in tables.filter { !present.contains($0) } }
        if !missing.isEmpty { throw MissingTables(names: missing) }
    }

    // MARK: Making tables

    private func create(_ names: [String]) async throws {
        try await writer.write { [schema, identity] db in
            for name in names {
                guard let table = schema.tables[name] else {
                    try Self.createLinkTable(name, in: db)
                    continue
                }
                try Self.create(table, in: db)
                if case .definitions = table.source { try DefinitionsTable.fill(in: db, schema: schema) }
                if table.logicalName == "systemuser" { try identity.insertUser(in: table, db: db) }
            }
        }
        present.withLock { $0.formUnion(names) }
    }

    private static func create(_ table: TableSchema, in db: Database) throws {
        var columns = [
            "\(HiddenColumn.row.sqlIdentifier) INTEGER PRIMARY KEY AUTOINCREMENT",
            "\(HiddenColumn.version.sqlIdentifier) INTEGER NOT NULL DEFAULT 0",
        ]
        for column in table.columns where column.role != .versionNumber && column.type != .stream {
            columns.append("\(column.name.sqlIdentifier) \(column.type.sqlDeclaration)")
        }
        for (name, type) in table.hiddenLookupColumns {
            columns.append("\(name.sqlIdentifier) \(type.sqlDeclaration)")
        }
        let name = table.entitySetName
        try db.execute(
            sql: "CREATE TABLE IF NOT EXISTS \(name.sqlIdentifier) (\(columns.joined(separator: ", ")))"
        )
        for (place, key) in ([table.key] + table.alternateKeys).enumerated() where !key.isEmpty {
            try createIndex("\(name)@key\(place)", on: name, key, isUnique: true, in: db)
        }
        for column in Set(table.lookups.values.map(\.column)).sorted() {
            try createIndex("\(name)@\(column)", on: name, [column], isUnique: false, in: db)
        }
    }

    private static func createIndex(
        _ name: String,
        on table: String,
        _ columns: [String],
        isUnique: Bool,
        in db: Database
    ) throws {
        let list = columns.map(\.sqlIdentifier).joined(separator: ", ")
        let kind = isUnique ? "UNIQUE INDEX" : "INDEX"
        try db.execute(
            sql: "CREATE \(kind) IF NOT EXISTS \(name.sqlIdentifier) ON \(table.sqlIdentifier) (\(list))"
        )
    }

    private static func createLinkTable(_ name: String, in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS \(name.sqlIdentifier) (
                  "first" TEXT NOT NULL, "second" TEXT NOT NULL, PRIMARY KEY ("first", "second")
                ) WITHOUT ROWID
                """
        )
        try createIndex(name + "@second", on: name, ["second"], isUnique: false, in: db)
    }

    /// Brings a table of an older database file up to the metadata of today.
    private func addMissingColumns(to table: TableSchema) throws {
        try writer.write { db in
            let existing = Set(try db.columns(in: table.entitySetName).map(\.name))
            let wanted =
                table.columns.filter { $0.role != .versionNumber && $0.type != .stream }
                .map { ($0.name, $0.type) } + table.hiddenLookupColumns
            for (name, type) in wanted where !existing.contains(name) {
                try db.execute(
                    sql: """
                        ALTER TABLE \(table.entitySetName.sqlIdentifier) \
                        ADD COLUMN \(name.sqlIdentifier) \(type.sqlDeclaration)
                        """
                )
            }
        }
    }
}
