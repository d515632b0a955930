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
        RowWriter(
            schema: schema,
            annotations: RowAnnotation.Wanted(preferences),
            root: request.root,
            expandedPageSize: min(preferences.maxPageSize ?? limits.pageSize, limits.pageSize)
        )
    }

    var reader: RowReader {
        RowReader(
            context: context,
            db: db,
            aliases: options.aliases,
            wantsNames: RowAnnotation.Wanted(preferences).formattedValues,
            expandedPageSize: preferences.maxPageSize.map { min($0, limits.pageSize) }
        )
    }

    /// The plan of what the request selects of a table.
    func plan(_ table: TableSchema) throws -> RowPlan {
        guard options.expand.isEmpty, options.compute.isEmpty, options.levels == nil,
            options.select?.allSatisfy({ $0.options == nil && $0.parameterNames == nil }) ?? true
        else { return try RowPlan(table, options: options, schema: schema) }
        let names = options.select.map { $0.map { $0.path.joined(separator: "/") }.joined(separator: ",") }
        return try schema.plans.plan("\(table.entitySetName)?\(names ?? "")\(names == nil ? "" : "!")") {
            try RowPlan(table, options: options, schema: schema)
        }
    }

    /// Whether rows of a plan become JSON one by one, with nothing but their own values.
    func isDirect(_ plan: RowPlan) -> Bool {
        guard plan.expansions.isEmpty, preferences.annotations.isEmpty, case .table = plan.table.source else {
            return false
        }
        return true
    }

    func respond() throws -> EmulatorResponse {
        try checkOptions()
        if let response = try respondDirectly() { return response }
        var set = ""
        if let action = BulkAction(url.path, set: &set) { return try respond(action, set: set) }
        if case .name(Self.bulkDelete, nil)? = url.path.segments.first, url.path.segments.count == 1 {
            return try respondToBulkDelete()
        }
        let (target, suffix) = try TargetResolver(store: store, aliases: options.aliases).resolve(url.path)
        if case .row(let key, let location?) = target { try requirePartition(of: location, or: key.notFound) }
        let response = try respond(target, suffix)
        switch target {
        case .collection(let table, _): return try withSession(response, table)
        case .row(let key, _): return try withSession(response, key.table)
        case .lookup(let owner, _), .property(let owner, _): return try withSession(response, owner.table)
        }
    }

    private func respond(_ target: RequestTarget, _ suffix: RequestTarget.Suffix?) throws -> EmulatorResponse {
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
        if options.search != nil { throw ServiceError.unsupported("$search") }
        if options.index != nil { throw ServiceError.unsupported("$index") }
        if options.skip != nil { throw ServiceError.badQuery("Skip Clause is not supported in CRM") }
        if let format = options.format, format != "json", !format.hasPrefix("application/json") {
            throw ServiceError.unsupported("the format '\(format)'")
        }
        for option in options.custom {
            switch option.name {
            case "fetchXml", "sql", "savedQuery", "userQuery", "x-ms-file-name", "sessiontoken", "size", "partitionId":
                break
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
