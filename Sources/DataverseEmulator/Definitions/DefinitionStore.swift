import GRDB
import ODataCore

/// Keeps definitions in the database, so that they are there again after a restart.
enum DefinitionStore {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS "@definitions" (
                  kind TEXT NOT NULL, "table" TEXT NOT NULL, name TEXT NOT NULL, record TEXT,
                  PRIMARY KEY (kind, "table", name)
                )
                """
        )
    }

    static func definitions(in db: Database) throws -> [Definition] {
        try Row.fetchAll(db, sql: "SELECT kind, \"table\", name, record FROM \"@definitions\" ORDER BY rowid")
            .compactMap {
                row in
                guard let kind = Definition.Kind(rawValue: row[0]) else { return nil }
                let text: String? = row[3]
                let record = try text.map { try JSONReader.value(from: Array($0.utf8)).objectValue } ?? nil
                return Definition(kind: kind, table: row[1], name: row[2], record: record)
            }
    }

    static func replace(with definitions: DefinitionCatalog, in db: Database) throws {
        try db.execute(sql: "DELETE FROM \"@definitions\"")
        for definition in definitions.entries {
            try db.execute(
                sql: "INSERT INTO \"@definitions\" (kind, \"table\", name, record) VALUES (?, ?, ?, ?)",
                arguments: [
                    definition.kind.rawValue, definition.table, definition.name,
                    definition.record.map { JSONWriter.string(from: .object($0)) },
                ]
            )
        }
    }
}
