/// Talks to a Dataverse environment, or to any OData v4 service, and returns when it is done.
///
///     let client = try DataverseClient(environment: "https://contoso.crm.dynamics.com", credential: credential)
///     let id = try client.accounts.create(Account { $0.name = "Contoso" })
///     for account in try client.accounts.where({ $0.revenue > 1_000_000 }).all() { … }
///
/// It blocks the calling thread; in asynchronous code use ``AsyncDataverseClient``, which reads the same.
public final class DataverseClient: Sendable {
    /// Where the service is and how to talk to it.
    public let context: ClientContext
    let driver: BlockingDriver
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
        credential: any TokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any BlockingTransport = DefaultTransport.make(),
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
        credential: any TokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any BlockingTransport = DefaultTransport.make(),
        observers: [any CallObserver] = []
    ) {
        context = ClientContext(
            root: root,
            configuration: configuration,
            now: { ContinuousClock.now },
            date: { Date() }
        )
        driver = BlockingDriver(credential: credential, transport: transport)
        lifetime = ClientLifetime()
        self.observers = observers
    }

    /// A client that shares all but its options with another.
    init(sharing client: DataverseClient, context: ClientContext) {
        self.context = context
        driver = client.driver
        lifetime = client.lifetime
        observers = client.observers
    }

    /// The rows of a table that no struct was generated for.
    ///
    /// - Parameter logicalName: the name of the table, such as `account`; its entity set is asked for once.
    public func table(_ logicalName: String) -> EntitySet<Record> { EntitySet(self, source: .table(logicalName)) }

    /// The rows of an entity set that no struct was generated for.
    ///
    /// - Parameter name: the name of the entity set, such as `accounts`.
    public func entitySet(_ name: String) -> EntitySet<Record> { EntitySet(self, source: .entitySet(name)) }

    /// Calls an action or a function that belongs to the service.
    public func call<Output>(_ operation: OperationCall<Output>) throws -> Output {
        try run(as: CallName("call", operation.name)) { $0.call(operation, on: .service) }
    }

    /// Sends any request below the service root.
    ///
    /// - Parameter request: what to send.
    /// - Returns: the reply, if its status is one of success.
    public func send(_ request: ServiceRequest) throws -> HTTPReply {
        try run(as: CallName("send")) { $0.send(request) }
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
    ) throws -> Output {
        try observing(as: name) { call, watch in
            try run(operation(call), of: call, watch)
        }
    }

    /// Runs a part of a call to its end.
    func run<Output>(_ operation: ODataOperation<Output>, of call: CallContext, _ watch: CallWatch?) throws -> Output {
        try lifetime.check()
        return try driver.run(operation, of: call, watch)
    }

    /// Makes a call of one or several operations, and tells the observers of its beginning and its end.
    ///
    /// - Parameters:
    ///   - name: names the call.
    ///   - causeOfPauses: why the call waits when nothing has failed.
    ///   - body: makes the call; the watch is `nil` where nobody observes.
    func observing<Output>(
        as name: CallName,
        causeOfPauses: RepetitionCause = .notReady,
        _ body: (CallContext, CallWatch?) throws -> Output
    ) throws -> Output {
        let call = context.beginCall()
        guard let watch = beginWatching(name, call, causeOfPauses) else { return try body(call, nil) }
        return try watch.watching { try body(call, watch) }
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
