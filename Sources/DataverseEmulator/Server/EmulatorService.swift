import Foundation
import GRDB
import HTTPTypes
import ODataCore
import ODataQuery

/// The time, as ticks since 1970.
enum EmulatorClock {
    static func now() -> Int64 {
        Int64((Date().timeIntervalSince1970 * Double(Ticks.perSecond)).rounded(.down))
    }
}

/// The emulated service without HTTP: requests in, responses out.
final class EmulatorService: Sendable {
    let store: TableStore
    private let handlers: [String: OperationHandler]
    private let limits: ServiceLimits
    private let duplicateRules: [DuplicateRule]

    init(configuration: EmulatorConfiguration) throws {
        limits = configuration.limits
        duplicateRules = configuration.duplicateRules
        store = try TableStore(
            assembler: configuration.assembler(),
            identity: configuration.identity,
            file: configuration.dataFile
        )
        handlers = BuiltInOperations.handlers.merging(configuration.operations) { _, own in own }
    }

    private var operations: OperationDispatcher { OperationDispatcher(schema: store.schema, handlers: handlers) }

    func close() throws { try store.close() }

    /// Answers a request.
    ///
    /// - Throws: ``ServiceError`` for what is to be answered with an error, and others for faults of the emulator.
    func handle(_ request: EmulatorRequest) async throws -> EmulatorResponse {
        if request.path.isEmpty { return try serviceDocument(request) }
        let url = try Self.url(of: request)
        switch url.path.segments.first {
        case .metadata?: return try metadataDocument(request)
        case .batch?: return try await BatchRunner(service: self).respond(to: request)
        case .entity?: throw ServiceError.unsupported("$entity")
        case .all?: throw ServiceError.unsupported("$all")
        case .crossjoin?: throw ServiceError.unsupported("$crossjoin")
        default: break
        }
        if DefinitionsHandler.handles(url.path) { return try await answerDefinitions(request, url) }
        let operations = operations
        if let match = operations.match(url.path, method: request.method) {
            let row = match.binding.segments.isEmpty ? nil : try await boundRow(match.binding, request, url)
            let caller = try await run(request, url) { $0.context.caller }
            return try await operations.run(
                match,
                request,
                aliases: url.options.aliases,
                boundRow: row,
                service: EmulatedService(service: self, request: request, caller: caller)
            )
        }
        return try await run(request, url) { try $0.respond() }
    }

    private static func url(of request: EmulatorRequest) throws -> ODataURL {
        do {
            return try ODataURL(parsing: request.query.map { "\(request.path)?\($0)" } ?? request.path)
        } catch {
            throw ServiceError.badQuery(error.description)
        }
    }

    /// Runs the requests of a change set as one transaction.
    ///
    /// - Throws: ``ChangeSetError`` for the first request that fails; nothing is changed then.
    func changeSet(
        _ requests: [(request: EmulatorRequest, contentID: String?)]
    ) async throws -> [EmulatorResponse] {
        let now = EmulatorClock.now()
        return try await store.write { [self] db in
            var references: [String: String] = [:]
            return try requests.map { request, contentID in
                do {
                    let response = try respond(request, references, now, db)
                    if let contentID, let address = response.fields[.odataEntityID] { references[contentID] = address }
                    return response
                } catch let error as ServiceError {
                    throw ChangeSetError(error: error, contentID: contentID)
                }
            }
        }
    }

    /// Answers a request of a change set, which may refer to earlier ones.
    private func respond(
        _ request: EmulatorRequest,
        _ references: [String: String],
        _ now: Int64,
        _ db: Database
    ) throws -> EmulatorResponse {
        var request = request
        if request.path.hasPrefix("$") {
            let name = request.path.dropFirst().prefix { $0 != "/" }
            guard let address = references[String(name)] else {
                throw ServiceError.badPayload("The content ID '$\(name)' is not that of an earlier request.")
            }
            request.path = String(address.dropFirst(request.root.count)) + request.path.dropFirst(name.count + 1)
        }
        let url = try Self.url(of: request)
        if DefinitionsHandler.handles(url.path) { throw ServiceError.unsupported("definitions in change sets") }
        if operations.match(url.path, method: request.method) != nil {
            throw ServiceError.unsupported("actions and functions in change sets")
        }
        let context = try context(for: request, now: now, db)
        context.references = references
        return try RequestHandler(
            request: request,
            url: url,
            preferences: Preferences(request.fields),
            limits: limits,
            db: db,
            context: context
        ).respond()
    }

    /// What a request's queries share.
    private func context(for request: EmulatorRequest, now: Int64, _ db: Database) throws -> QueryContext {
        let context = QueryContext(store: store, now: now)
        if Caller.isImpersonated(request.fields) {
            context.caller = try Caller(request.fields, context: context, db: db)
        }
        if request.fields[.suppressDuplicateDetection]?.lowercased() == "false" {
            context.duplicateRules = duplicateRules
        }
        return context
    }

    private func answerDefinitions(_ request: EmulatorRequest, _ url: ODataURL) async throws -> EmulatorResponse {
        if request.method == .get {
            return try DefinitionsHandler(schema: store.schema, request: request, url: url).read()
        }
        let change = try await store.changeSchema { schema in
            try DefinitionsHandler(schema: schema, request: request, url: url).change()
        }
        var response = EmulatorResponse(.noContent)
        if let created = change.created { response.fields[.odataEntityID] = request.root + created }
        return response
    }

    private func run<Result: Sendable>(
        _ request: EmulatorRequest,
        _ url: ODataURL,
        _ body: @Sendable @escaping (RequestHandler) throws -> Result
    ) async throws -> Result {
        let preferences = Preferences(request.fields)
        let now = EmulatorClock.now()
        let transaction: @Sendable (Database) throws -> Result = { [self] db in
            try body(
                RequestHandler(
                    request: request,
                    url: url,
                    preferences: preferences,
                    limits: limits,
                    db: db,
                    context: try context(for: request, now: now, db)
                )
            )
        }
        do {
            return request.method == .get ? try await store.read(transaction) : try await store.write(transaction)
        } catch let error as DatabaseError where Self.isTooLarge(error) {
            throw ServiceError.badQuery("The query is too deep or too long for the emulator's database.")
        }
    }

    /// Whether SQLite refused a statement because of its size.
    private static func isTooLarge(_ error: DatabaseError) -> Bool {
        let message = error.message ?? ""
        return [
            "parser stack overflow", "Expression tree is too large", "too many SQL variables", "too many columns",
            "integer overflow",
        ]
        .contains { message.contains($0) } || error.resultCode == .SQLITE_TOOBIG
    }

    /// The address of the row that a bound operation is called on, which has to exist.
    private func boundRow(_ path: ResourcePath, _ request: EmulatorRequest, _ url: ODataURL) async throws -> String? {
        var reading = request
        reading.method = .get
        return try await run(reading, url) { handler in
            let resolver = TargetResolver(store: handler.store, aliases: url.options.aliases)
            let location: RowLocation?
            switch try resolver.resolve(path).target {
            case .collection(_, let membership): location = membership?.member
            case .row(let key, let found):
                guard let found else { throw key.notFound }
                location = found
            case .lookup(let owner, let lookup):
                location = try handler.store.target(of: lookup, in: owner)
            case .property: throw ServiceError.unsupported("operations bound to a property")
            }
            return try location.map {
                String(try handler.address(of: $0).dropFirst(request.root.utf8.count))
            }
        }
    }

    // MARK: Documents

    private func serviceDocument(_ request: EmulatorRequest) throws -> EmulatorResponse {
        guard request.method == .get else { throw ServiceError.methodNotAllowed(request.method.rawValue) }
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", request.root + "$metadata")
        json.name("value")
        json.beginArray()
        for name in store.schema.entitySetNames + DefinitionsHandler.sets {
            json.beginObject()
            json.member("name", name)
            json.member("kind", "EntitySet")
            json.member("url", name)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return EmulatorResponse(.ok, body: json.bytes)
    }

    private func metadataDocument(_ request: EmulatorRequest) throws -> EmulatorResponse {
        guard request.method == .get else { throw ServiceError.methodNotAllowed(request.method.rawValue) }
        var response = EmulatorResponse(.ok)
        response.body = store.schema.document
        response.fields[.contentType] = "application/xml"
        return response
    }
}
