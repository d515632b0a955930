import GRDB
import ODataCore
import ODataQuery

/// Deleted rows, which delta links tell of.
enum DeletedRows {
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS "@deleted" (
                  "table" TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY ("table", key)
                ) WITHOUT ROWID
                """
        )
    }

    /// The keys of the rows of a table that were deleted after a version and have not been created again.
    static func keys(of table: TableSchema, key: String, after version: Int64, in db: Database) throws -> [String] {
        let query: SQLFragment = """
            SELECT key FROM "@deleted" WHERE "table" = \(value: table.entitySetName.databaseValue) \
            AND version > \(value: version.databaseValue) AND NOT EXISTS (\
            SELECT 1 FROM \(identifier: table.entitySetName) AS t WHERE t.\(identifier: key) = "@deleted".key) \
            ORDER BY version
            """
        return try String.fetchAll(db, sql: query.sql, arguments: StatementArguments(query.arguments))
    }
}

extension RequestHandler {
    /// Whether the request asks for rows with a link to their later changes, or follows such a link.
    var tracksChanges: Bool { preferences.tracksChanges || options.deltaToken != nil }

    /// Answers with all rows and a delta link, or with what has changed since a delta link.
    ///
    /// Rows are read in the order of their last change, so that a row that changes while a client reads pages comes
    /// on a later page again.
    ///
    /// Source: Dataverse, "Use change tracking to synchronize data with external systems".
    func listChanges(_ table: TableSchema) throws -> EmulatorResponse {
        guard case .table = table.source, let key = table.key.first, table.key.count == 1 else {
            throw ServiceError.unsupported("change tracking of '\(table.entitySetName)'")
        }
        let hasOthers =
            options.filter != nil || !options.orderBy.isEmpty || !options.expand.isEmpty || options.top != nil
            || options.apply != nil || options.count == true
        if hasOthers { throw ServiceError.badQuery("Change tracking only goes together with $select.") }
        let since = try options.deltaToken.map { try DeltaToken($0) }
        let now = try Int64.fetchOne(db, sql: "SELECT value FROM \"@version\"") ?? 0
        let position = try options.skipToken.map { try ChangesPosition($0) }
        let start = position?.start ?? now
        let plan = try plan(table)
        let scope = try context.scope(for: table)
        let version = scope.reference(HiddenColumn.version)
        let after = position?.version ?? since?.version ?? -1
        let size = min(preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        var selection = RowReader.Selection()
        selection.condition = "\(version) > \(value: after.databaseValue)"
        selection.order = [version]
        selection.limit = size + 1
        var set = try reader.rows(plan, scope, selection)
        let isCut = set.rows.count > size
        if isCut { set.rows.removeLast() }

        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL(plan, single: false) + "/$delta")
        json.name("value")
        json.beginArray()
        for row in set.rows { writer.write(row, of: set, into: &json) }
        if !isCut, let since {
            for key in try DeletedRows.keys(of: table, key: key, after: since.version, in: db) {
                json.beginObject()
                json.member("@odata.context", contextURL(table.entitySetName + "/$deletedEntity"))
                json.member("id", key)
                json.member("reason", "deleted")
                json.endObject()
            }
        }
        json.endArray()
        if isCut, let last = set.rows.last.flatMap({ Int64.fromDatabaseValue(set.value(HiddenColumn.version, of: $0)) })
        {
            let position = ChangesPosition(version: last, start: start)
            json.member("@odata.nextLink", link(replacing: "skiptoken", with: position.text))
        } else {
            let token = DeltaToken(version: start, time: context.now)
            json.member("@odata.deltaLink", link(replacing: "deltatoken", with: PercentEncoding.segment(token.text)))
        }
        json.endObject()
        return applied(EmulatorResponse(.ok, body: json.bytes))
    }

    /// The address of the request with another token. A delta link has no place in the pages of the link before it.
    private func link(replacing name: String, with value: String) -> String {
        let dropped = name == "deltatoken" ? ["skiptoken", "deltatoken"] : [name]
        let kept = (request.query ?? "").split(separator: "&").filter { option in
            !dropped.contains { option.lowercased().hasPrefix("$\($0)=") || option.lowercased().hasPrefix("%24\($0)=") }
        }
        return "\(request.root)\(request.path)?\((kept + ["$\(name)=\(value)"]).joined(separator: "&"))"
    }
}

/// Where the reading of changes goes on: after a version, in a run that began when another one was the latest.
private struct ChangesPosition {
    let version: Int64
    let start: Int64

    init(version: Int64, start: Int64) {
        self.version = version
        self.start = start
    }

    init(_ text: String) throws {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let version = parts[0], let start = parts[1] else {
            throw ServiceError.badQuery("The $skiptoken is not one that the service has handed out.")
        }
        self.init(version: version, start: start)
    }

    var text: String { "\(version)~\(start)" }
}

/// The state of the service that a delta link begins from: `1000042!2024-05-24T10:00:00Z`.
private struct DeltaToken {
    let version: Int64
    let time: Int64

    init(version: Int64, time: Int64) {
        self.version = version
        self.time = time
    }

    init(_ text: String) throws {
        let parts = text.split(separator: "!", omittingEmptySubsequences: false)
        guard parts.count == 2, let version = Int64(parts[0]), let time = Ticks.parse(dateTime: String(parts[1])) else {
            throw ServiceError.badQuery("The $deltatoken is not one that the service has handed out.")
        }
        self.init(version: version, time: time)
    }

    var text: String { "\(version)!\(Ticks.dateTime(time - time % Ticks.perSecond))" }
}
