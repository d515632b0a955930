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
    private let assembler: SchemaAssembler
    private let current: Mutex<ServiceSchema>
    private let changes = SerialTasks()
    let identity: ServiceIdentity
    private let writer: any DatabaseWriter
    private let isInMemory: Bool
    private let present = Mutex<Set<String>>([])

    /// - Parameter file: The path of the database file; `nil` keeps the rows in memory.
    init(assembler: SchemaAssembler, identity: ServiceIdentity, file: String?) throws {
        self.assembler = assembler
        self.identity = identity
        isInMemory = file == nil
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            Collation.register(in: db)
            SQLFunctions.register(in: db)
            // What has been acknowledged survives the end of the process, at once; a failure of the machine can take
            // the last moments, but leaves the file whole.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        if let file {
            writer = try DatabasePool(path: file, configuration: configuration)
        } else {
            writer = try DatabaseQueue(configuration: configuration)
        }
        let existing = try writer.write { db in
            try db.execute(sql: "CREATE TABLE IF NOT EXISTS \"@version\" (value INTEGER NOT NULL)")
            try db.execute(sql: "INSERT INTO \"@version\" SELECT 1000000 WHERE NOT EXISTS (SELECT 1 FROM \"@version\")")
            try DefinitionStore.create(in: db)
            try FileStore.create(in: db)
            try DeletedRows.create(in: db)
            try SharingOperations.createTable(in: db)
            return try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
        }
        let definitions = try writer.read { db in try DefinitionStore.definitions(in: db) }
        let schema = try assembler.schema(DefinitionCatalog(definitions))
        current = Mutex(schema)
        try writer.write { db in
            for name in existing {
                if let table = schema.tables[name] { try Self.addMissingColumns(to: table, in: db) }
            }
        }
        present.withLock { $0 = existing }
    }

    /// The schema as it is now; a request keeps the one that it began with.
    var schema: ServiceSchema { current.withLock { $0 } }

    func close() throws { try writer.close() }

    /// Reads, making the tables that turn out to be needed.
    func read<Result: Sendable>(_ body: @Sendable @escaping (Database) throws -> Result) async throws -> Result {
        while true {
            do {
                // One connection serves all requests on rows in memory, so that they cannot see each other's changes
                // halfway, and a transaction for reading would be for nothing.
                return isInMemory ? try await writer.unsafeRead(body) : try await writer.read(body)
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
        try createKeys(of: table, in: db)
        for column in Set(table.lookups.values.map(\.column)).sorted() {
            try createIndex("\(name)@\(column)", on: name, [column], isUnique: false, in: db)
        }
    }

    private static func createKeys(of table: TableSchema, in db: Database) throws {
        let name = table.entitySetName
        for key in [table.key] + table.alternateKeys where !key.isEmpty {
            try createIndex(keyIndex(of: name, key), on: name, key, isUnique: true, in: db)
        }
    }

    private static func keyIndex(of table: String, _ columns: [String]) -> String {
        "\(table)@key \(columns.joined(separator: " "))"
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

    /// Brings a table that exists up to its definition of today.
    private static func addMissingColumns(to table: TableSchema, in db: Database) throws {
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

    // MARK: Changing the schema

    /// Changes the schema: one change at a time, each as a transaction.
    func changeSchema(
        _ body: @Sendable @escaping (ServiceSchema) throws -> SchemaChange
    ) async throws -> SchemaChange {
        try await changes.run { [self] in
            let old = schema
            let change = try body(old)
            let new = try assembler.schema(change.definitions)
            let existing = present.withLock { $0 }
            let dropped = try await writer.write { db in
                var dropped: Set<String> = []
                for work in change.work { try Self.perform(work, new, existing, &dropped, in: db) }
                for name in existing.subtracting(dropped) {
                    guard let table = new.tables[name], table.columns != old.tables[name]?.columns else { continue }
                    try Self.addMissingColumns(to: table, in: db)
                }
                try DefinitionStore.replace(with: change.definitions, in: db)
                return dropped
            }
            present.withLock { $0.subtract(dropped) }
            current.withLock { $0 = new }
            return change
        }
    }

    private static func perform(
        _ work: SchemaChange.Work,
        _ schema: ServiceSchema,
        _ existing: Set<String>,
        _ dropped: inout Set<String>,
        in db: Database
    ) throws {
        switch work {
        case .dropTable(let name), .dropLinks(let name):
            try db.execute(sql: "DROP TABLE IF EXISTS \(name.sqlIdentifier)")
            dropped.insert(name)
        case .dropColumns(let names, let table):
            guard existing.contains(table), !dropped.contains(table) else { return }
            let columns = Set(try db.columns(in: table).map(\.name))
            for name in names + names.map({ HiddenColumn.targetType(of: $0) }) where columns.contains(name) {
                try db.execute(sql: "DROP INDEX IF EXISTS \("\(table)@\(name)".sqlIdentifier)")
                try db.execute(sql: "ALTER TABLE \(table.sqlIdentifier) DROP COLUMN \(name.sqlIdentifier)")
            }
        case .createKeys(let table):
            guard existing.contains(table), let table = schema.tables[table] else { return }
            do {
                try addMissingColumns(to: table, in: db)
                try createKeys(of: table, in: db)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw ServiceError(
                    status: 400,
                    code: ServiceError.Code.duplicateAlternateKey,
                    message: "The key cannot be created: rows of '\(table.logicalName)' have the same values in it."
                )
            }
        case .dropKey(let columns, let table):
            try db.execute(sql: "DROP INDEX IF EXISTS \(keyIndex(of: table, columns).sqlIdentifier)")
        }
    }
}
