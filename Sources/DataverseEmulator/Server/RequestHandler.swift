import GRDB
import HTTPTypes
import ODataCore
import ODataQuery

/// Answers one request about rows, inside one transaction.
struct RequestHandler {
    let request: EmulatorRequest
    let url: ODataURL
    let preferences: Preferences
    let limits: ServiceLimits
    let db: Database
    let context: QueryContext

    var schema: ServiceSchema { context.schema }
    var store: RowStore { RowStore(db: db, context: context) }
    var options: QueryOptions { url.options }

    var writer: RowWriter {
        RowWriter(schema: schema, annotations: RowAnnotation.Wanted(preferences), root: request.root)
    }

    var reader: RowReader {
        RowReader(
            context: context,
            db: db,
            aliases: options.aliases,
            wantsNames: RowAnnotation.Wanted(preferences).formattedValues
        )
    }

    func respond() throws -> EmulatorResponse {
        try checkOptions()
        var set = ""
        if let action = BulkAction(url.path, set: &set) { return try respond(action, set: set) }
        if case .name(Self.bulkDelete, nil)? = url.path.segments.first, url.path.segments.count == 1 {
            return try respondToBulkDelete()
        }
        let (target, suffix) = try TargetResolver(store: store, aliases: options.aliases).resolve(url.path)
        switch (target, suffix) {
        case (.collection(let table, let membership), nil):
            if let member = membership?.member { return try respond(row: member, of: member.table) }
            return try respond(collection: table, membership)
        case (.collection(let table, let membership), .count):
            guard membership?.member == nil, request.method == .get else { throw notAllowed }
            return try count(table, membership)
        case (.collection(_, let membership?), .ref): return try respond(referencesOf: membership)
        case (.collection(let table, nil), .ref):
            guard request.method == .get else { throw notAllowed }
            return try references(table, nil)
        case (.row(let key, let location), nil): return try respond(key, location)
        case (.row(let key, let location), .ref):
            guard request.method == .get else { throw notAllowed }
            guard let location else { throw key.notFound }
            return try reference(to: location)
        case (.lookup(let owner, let lookup), nil): return try respond(lookup, of: owner)
        case (.lookup(let owner, let lookup), .ref): return try respond(referenceOf: lookup, of: owner)
        case (.property(let owner, let column), nil): return try respond(column, of: owner)
        case (.property(let owner, let column), .value): return try rawValue(of: column, owner)
        default: throw ServiceError.unsupported("this path")
        }
    }

    var notAllowed: ServiceError { .methodNotAllowed(request.method.rawValue) }

    /// Refuses the options that would otherwise be passed over in silence.
    private func checkOptions() throws {
        if options.apply != nil { throw ServiceError.unsupported("$apply") }
        if options.search != nil { throw ServiceError.unsupported("$search") }
        if options.deltaToken != nil { throw ServiceError.unsupported("$deltatoken") }
        if options.index != nil { throw ServiceError.unsupported("$index") }
        if options.skip != nil { throw ServiceError.badQuery("Skip Clause is not supported in CRM") }
        if let format = options.format, format != "json", !format.hasPrefix("application/json") {
            throw ServiceError.unsupported("the format '\(format)'")
        }
        for option in options.custom {
            switch option.name {
            case "fetchXml", "sql", "x-ms-file-name", "sessiontoken": break
            case "savedQuery", "userQuery":
                throw ServiceError.unsupported("the option '\(option.name)'")
            case "api-version", "tag": break
            default: throw ServiceError.badQuery("The query parameter \(option.name) is not supported.")
            }
        }
    }

    /// The context URL of a response.
    func contextURL(_ fragment: String) -> String { request.root + "$metadata#" + fragment }

    func contextURL(_ plan: RowPlan, single: Bool) -> String {
        let selection = plan.contextSelection.map { "(\($0))" } ?? ""
        return contextURL(plan.table.entitySetName + selection + (single ? "/$entity" : ""))
    }
}

/// Bounds of the service.
struct ServiceLimits: Sendable {
    var pageSize = 5000
    /// The number that counts do not go beyond; `nil` for none.
    var count: Int? = 5000
}
