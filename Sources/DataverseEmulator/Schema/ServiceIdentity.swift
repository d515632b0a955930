import GRDB

/// Who the emulator is to its clients: the answers of `WhoAmI`, and the owner of the rows they create.
public struct ServiceIdentity: Sendable, Hashable {
    /// The user that every request is made by.
    public var userID = "5d8e1f0a-7a3c-4c1e-9a52-0b6f3c2d1e01"
    /// The user's name, which lookups such as `_createdby_value` show.
    public var userName = "Emulator User"
    /// The user's business unit.
    public var businessUnitID = "5d8e1f0a-7a3c-4c1e-9a52-0b6f3c2d1e02"
    /// The organization.
    public var organizationID = "5d8e1f0a-7a3c-4c1e-9a52-0b6f3c2d1e03"

    /// The default identity.
    public init() {}

    /// Adds the user's own row to the table of users.
    func insertUser(in table: TableSchema, db: Database) throws {
        var values: [String: String] = [:]
        for name in table.key + [table.keyMirror].compactMap({ $0 }) { values[name] = userID }
        if let name = table.primaryNameColumn { values[name] = userName }
        let names = values.keys.sorted()
        let version = try RowVersion.next(in: db)
        let columns = (names + [HiddenColumn.version]).map(\.sqlIdentifier).joined(separator: ", ")
        let marks = Array(repeating: "?", count: names.count + 1).joined(separator: ", ")
        try db.execute(
            sql: "INSERT OR IGNORE INTO \(table.entitySetName.sqlIdentifier) (\(columns)) VALUES (\(marks))",
            arguments: StatementArguments(names.map { values[$0]?.databaseValue ?? .null } + [version.databaseValue])
        )
    }
}

/// The counter behind `versionnumber` and ETags: one for the whole database, as in Dataverse.
enum RowVersion {
    static func next(in db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "UPDATE \"@version\" SET value = value + 1 RETURNING value") ?? 0
    }
}
