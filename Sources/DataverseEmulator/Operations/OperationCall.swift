import HTTPTypes
import ODataCore

/// A call of an action or a function, as its handler gets it.
public struct OperationCall: Sendable {
    /// The operation's name without its namespace.
    public let name: String
    /// The parameters that the caller gave, by name. Those it left out are missing.
    public let parameters: ODataCore.Record
    /// The address of the row that the operation is bound to, relative to the service root, such as
    /// `contoso_projects(…)`; `nil` for unbound operations and those bound to a collection.
    public let boundRow: String?
    /// The service itself, for reading and changing rows.
    public let service: EmulatedService
}

/// What a handler answers.
public enum OperationResult: Sendable {
    /// Nothing: status 204.
    case none
    /// A value of the operation's return type: an object, an array or a primitive value.
    case value(Value)
}

/// What an action or a function does.
///
/// A handler throws ``ServiceError`` to answer with an error.
public typealias OperationHandler = @Sendable (OperationCall) async throws -> OperationResult

/// The emulated service as handlers of operations use it: through its own Web API, without HTTP.
public struct EmulatedService: Sendable {
    let service: EmulatorService
    private let root: String
    private let caller: Caller
    /// The headers that say who the caller is.
    private let callerFields: HTTPFields

    /// Who the service takes its caller for: the user that is impersonated, if the request says so.
    public let identity: ServiceIdentity

    init(service: EmulatorService, request: EmulatorRequest, caller: Caller) {
        self.service = service
        root = request.root
        self.caller = caller
        var fields = HTTPFields()
        fields[.callerID] = request.fields[.callerID]
        fields[.callerObjectID] = request.fields[.callerObjectID]
        callerFields = fields
        var identity = service.store.identity
        identity.userID = caller.userID
        self.identity = identity
    }

    /// Sends a request to the service.
    ///
    /// - Parameters:
    ///   - method: `GET`, `POST`, `PATCH` or `DELETE`.
    ///   - path: The path and query after the service root, percent-encoded.
    ///   - body: The body of a `POST` or `PATCH`.
    /// - Returns: The body of the response; `nil` if it has none.
    /// - Throws: ``ServiceError`` if the service answers with an error.
    public func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: ODataCore.Record? = nil
    ) async throws -> Value? {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let request = EmulatorRequest(
            method: method,
            path: String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : nil,
            fields: callerFields,
            body: body.map { JSONWriter.bytes(from: .object($0)) } ?? [],
            root: root
        )
        let response = try await service.handle(request)
        return try response.body.map { try JSONReader.value(from: $0) }
    }
}

extension EmulatedService {
    /// The address of the environment, with a slash at its end.
    var address: String { root.range(of: "/api/data/").map { String(root[..<$0.lowerBound]) + "/" } ?? root }

    /// Runs a transaction in the name of the caller.
    func transaction<Result: Sendable>(_ body: @Sendable @escaping (RowStore) throws -> Result) async throws -> Result {
        let now = EmulatorClock.now()
        return try await service.store.write { [service, caller] db in
            let context = QueryContext(store: service.store, now: now)
            context.caller = caller
            return try body(RowStore(db: db, context: context))
        }
    }
}
