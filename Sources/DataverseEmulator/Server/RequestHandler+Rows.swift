import GRDB
import HTTPTypes
import ODataCore
import ODataQuery

extension RequestHandler {
    /// Answers a request for a row by its key.
    func respond(_ key: RowKey, _ location: RowLocation?) throws -> EmulatorResponse {
        if request.method == .patch { return try patch(key, location) }
        guard let location else { throw key.notFound }
        return try respond(row: location, of: location.table)
    }

    /// Answers `GET accounts(…)`, the most frequent request, with one query.
    ///
    /// - Returns: `nil` for requests that take more.
    func respondDirectly() throws -> EmulatorResponse? {
        guard request.method == .get, url.path.segments.count == 1, options.custom.isEmpty,
            case .name(let set, let arguments?) = url.path.segments[0], let table = schema.tables[set],
            case .table = table.source
        else { return nil }
        let plan = try plan(table)
        guard isDirect(plan) else { return nil }
        let key = try RowKey(arguments, of: table, aliases: options.aliases)
        let scope = try context.scope(for: table)
        var selection = RowReader.Selection()
        selection.condition = key.condition
        let query = try reader.query(plan, scope, selection)
        var json = JSONBuffer()
        let page = try DirectReader(db: db).write(
            query,
            plan,
            plan.head,
            extraCount: 0,
            limit: 1,
            contextURL: contextURL(plan, single: true),
            into: &json
        )
        guard page.count == 1 else { throw key.notFound }
        let etag = "W/\"\(page.version)\""
        if let known = request.fields[.ifNoneMatch], Self.list(known).contains(etag) || known == "*" {
            var response = EmulatorResponse(.notModified)
            response.fields[.eTag] = etag
            return response
        }
        var response = EmulatorResponse(.ok, body: json.bytes)
        response.fields[.eTag] = etag
        return applied(response)
    }

    /// Answers a request for a row that exists.
    func respond(row location: RowLocation, of table: TableSchema) throws -> EmulatorResponse {
        switch request.method {
        case .get: return try retrieve(location)
        case .patch:
            try requireVersion(of: location)
            try store.update(location, with: try flatBody(for: location.table))
            return try updated(location)
        case .delete:
            try requireVersion(of: location)
            try store.delete(location)
            return EmulatorResponse(.noContent)
        case .put: throw ServiceError.unsupported("PUT on a row; PATCH changes and creates rows")
        default: throw notAllowed
        }
    }

    // MARK: Reading

    private func retrieve(_ location: RowLocation) throws -> EmulatorResponse {
        let etag = RowWriter.etag(location.version.databaseValue)
        if let known = request.fields[.ifNoneMatch], Self.list(known).contains(etag) || known == "*" {
            var response = EmulatorResponse(.notModified)
            response.fields[.eTag] = etag
            return response
        }
        var response = EmulatorResponse(.ok, body: try representation(of: location))
        if case .table = location.table.source { response.fields[.eTag] = etag }
        return applied(response)
    }

    /// A row as JSON.
    func representation(of location: RowLocation) throws -> [UInt8] {
        let plan = try plan(location.table)
        let scope = try context.scope(for: location.table)
        var selection = RowReader.Selection()
        selection.condition =
            "\(scope.reference(HiddenColumn.row)) = \(value: location.row.databaseValue)"
        let set = try reader.rows(plan, scope, selection)
        guard let row = set.rows.first else {
            throw ServiceError(
                status: 404,
                code: ServiceError.Code.rowNotFound,
                message: "The row does not exist any more."
            )
        }
        var json = JSONBuffer()
        writer.write(row, of: set, into: &json, contextURL: contextURL(plan, single: true))
        return json.bytes
    }

    // MARK: Writing

    /// PATCH by key: an update, or, where no header forbids it, the creation of a row with that key.
    private func patch(_ key: RowKey, _ location: RowLocation?) throws -> EmulatorResponse {
        let createsOnly = request.fields[.ifNoneMatch] == "*"
        if let location {
            if createsOnly { throw ServiceError.rowExists }
            return try respond(row: location, of: location.table)
        }
        if request.fields[.ifMatch] != nil { throw key.notFound }
        return try created(try store.create(try flatBody(for: key.table), in: key.table, key: key))
    }

    /// The body of a PATCH, which may not nest new rows, even where it creates the row.
    private func flatBody(for table: TableSchema) throws -> Record {
        let body = try request.object()
        let payload = try RowPayload(body, table: table)
        guard payload.newTargets.isEmpty, payload.newMembers.allSatisfy(\.bodies.isEmpty) else {
            throw ServiceError.badQuery("Deep update of navigation properties is not allowed.")
        }
        return body
    }

    /// - Throws: ``ServiceError`` with status 412 if `If-Match` names another version of the row.
    func requireVersion(of location: RowLocation) throws {
        guard let wanted = request.fields[.ifMatch], wanted != "*" else { return }
        guard Self.list(wanted).contains(RowWriter.etag(location.version.databaseValue)) else {
            throw ServiceError.versionMismatch
        }
    }

    /// The response to a creation.
    func created(_ location: RowLocation) throws -> EmulatorResponse {
        var response = EmulatorResponse(.noContent)
        if preferences.returnsRepresentation {
            response = EmulatorResponse(.created, body: try representation(of: location))
            response.fields[.eTag] = RowWriter.etag(location.version.databaseValue)
        }
        let address = try address(of: location)
        response.fields[.odataEntityID] = address
        if response.status == .created { response.fields[.location] = address }
        return applied(response)
    }

    private func updated(_ location: RowLocation) throws -> EmulatorResponse {
        var response = EmulatorResponse(.noContent)
        if preferences.returnsRepresentation {
            response = EmulatorResponse(.ok, body: try representation(of: location))
            let version = try store.values([HiddenColumn.version], of: location)[0]
            response.fields[.eTag] = RowWriter.etag(version)
        }
        response.fields[.odataEntityID] = try address(of: location)
        return applied(response)
    }

    func address(of location: RowLocation) throws -> String {
        let values = try store.values(location.table.key, of: location)
        let byName = Dictionary(zip(location.table.key, values), uniquingKeysWith: { first, _ in first })
        return request.root + RowWriter.address(of: location.table) { byName[$0] ?? .null }
    }

    /// The response with the preferences that were applied.
    func applied(_ response: EmulatorResponse) -> EmulatorResponse {
        var applied: [String] = []
        if preferences.returnsRepresentation, request.method != .get { applied.append("return=representation") }
        if tracksChanges, request.method == .get { applied.append("odata.track-changes") }
        if let size = preferences.maxPageSize, request.method == .get { applied.append("odata.maxpagesize=\(size)") }
        if !preferences.annotations.isEmpty, response.body != nil {
            applied.append("odata.include-annotations=\"\(preferences.annotations.joined(separator: ","))\"")
        }
        guard !applied.isEmpty else { return response }
        var response = response
        response.fields[.preferenceApplied] = applied.joined(separator: ", ")
        return response
    }

    private static func list(_ header: String) -> [String] {
        header.split(separator: ",").map { $0.filter { $0 != " " } }
    }
}
