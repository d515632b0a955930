/// Talks to a Dataverse environment, or to any OData v4 service, without blocking a thread.
///
///     let client = try AsyncDataverseClient(environment: "https://contoso.crm.dynamics.com", credential: credential)
///     let id = try await client.accounts.create(Account { $0.name = "Contoso" })
///     for try await account in client.accounts.where({ $0.revenue > 1_000_000 }).rows() { … }
///
/// Cancelling the task that made a call ends it with `DataverseError.Kind.cancelled`.
public final class AsyncDataverseClient: Sendable {
    /// Where the service is and how to talk to it.
    public let context: ClientContext
    let driver: AsyncDriver
    let lifetime: ClientLifetime
    let observers: [any CallObserver]

    /// A client for a Dataverse environment.
    ///
    /// - Parameters:
    ///   - environment: the environment's URL, such as `https://contoso.crm.dynamics.com`.
    ///   - credential: gives the access tokens.
    ///   - configuration: retries, timeouts and identification.
    ///   - transport: performs the HTTP exchanges.
    ///   - observers: who learns what happens to calls, such as ``HARRecorder``.
    /// - Throws: `DataverseError` if the URL is not one.
    public convenience init(
        environment: String,
        credential: any AsyncTokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any AsyncTransport = DefaultTransport.make(),
        observers: [any CallObserver] = []
    ) throws {
        self.init(
            root: try ServiceRoot(environment: environment),
            credential: credential,
            configuration: configuration,
            transport: transport,
            observers: observers
        )
    }

    /// A client for any OData v4 service.
    ///
    /// - Parameters:
    ///   - root: where the service is.
    ///   - credential: gives the access tokens.
    ///   - configuration: retries, timeouts and identification.
    ///   - transport: performs the HTTP exchanges.
    ///   - observers: who learns what happens to calls, such as ``HARRecorder``.
    public init(
        root: ServiceRoot,
        credential: any AsyncTokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any AsyncTransport = DefaultTransport.make(),
        observers: [any CallObserver] = []
    ) {
        context = ClientContext(
            root: root,
            configuration: configuration,
            now: { ContinuousClock.now },
            date: { Date() }
        )
        driver = AsyncDriver(credential: credential, transport: transport)
        lifetime = ClientLifetime()
        self.observers = observers
    }

    /// A client that shares all but its options with another.
    init(sharing client: AsyncDataverseClient, context: ClientContext) {
        self.context = context
        driver = client.driver
        lifetime = client.lifetime
        observers = client.observers
    }

    /// The rows of a table that no struct was generated for.
    ///
    /// - Parameter logicalName: the name of the table, such as `account`; its entity set is asked for once.
    public func table(_ logicalName: String) -> AsyncEntitySet<Record> {
        AsyncEntitySet(self, source: .table(logicalName))
    }

    /// The rows of an entity set that no struct was generated for.
    ///
    /// - Parameter name: the name of the entity set, such as `accounts`.
    public func entitySet(_ name: String) -> AsyncEntitySet<Record> { AsyncEntitySet(self, source: .entitySet(name)) }

    /// Calls an action or a function that belongs to the service.
    public func call<Output>(_ operation: OperationCall<Output>) async throws -> Output {
        try await run(as: CallName("call", operation.name)) { $0.call(operation, on: .service) }
    }

    /// Sends any request below the service root.
    ///
    /// - Parameter request: what to send.
    /// - Returns: the reply, if its status is one of success.
    public func send(_ request: ServiceRequest) async throws -> HTTPReply {
        try await run(as: CallName("send")) { $0.send(request) }
    }

    /// Runs an operation to its end.
    ///
    /// - Parameters:
    ///   - name: names the call for observers.
    ///   - operation: gives the operation for a new call.
    /// - Throws: `DataverseError`, of kind `DataverseError.Kind.closed` after ``close()``.
    public func run<Output>(
        as name: CallName = .unnamed,
        _ operation: (CallContext) -> ODataOperation<Output>
    ) async throws -> Output {
        try await observing(as: name) { call, watch in
            try await run(operation(call), of: call, watch)
        }
    }

    /// Runs a part of a call to its end.
    func run<Output>(
        _ operation: ODataOperation<Output>,
        of call: CallContext,
        _ watch: CallWatch?
    ) async throws -> Output {
        try lifetime.check()
        return try await driver.run(operation, of: call, watch)
    }

    /// Makes a call of one or several operations, and tells the observers of its beginning and its end.
    ///
    /// - Parameters:
    ///   - name: names the call.
    ///   - causeOfPauses: why the call waits when nothing has failed.
    ///   - isolation: where the closure runs: where the caller does.
    ///   - body: makes the call; the watch is `nil` where nobody observes.
    func observing<Output>(
        as name: CallName,
        causeOfPauses: RepetitionCause = .notReady,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (CallContext, CallWatch?) async throws -> Output
    ) async throws -> Output {
        let call = context.beginCall()
        guard let watch = beginWatching(name, call, causeOfPauses) else { return try await body(call, nil) }
        return try await watch.watching { try await body(call, watch) }
    }

    private func beginWatching(_ name: CallName, _ call: CallContext, _ causeOfPauses: RepetitionCause) -> CallWatch? {
        if observers.isEmpty { return nil }
        return CallWatch(
            name,
            correlationID: call.correlationID,
            service: context.root.origin,
            observers: observers,
            now: context.now,
            causeOfPauses: causeOfPauses
        )
    }
}
