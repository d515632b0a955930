/// Talks to a Dataverse environment, or to any OData v4 service, and returns when it is done.
///
///     let client = try DataverseClient(environment: "https://contoso.crm.dynamics.com", credential: credential)
///     let id = try client.accounts.create(Account { $0.name = "Contoso" })
///     for account in try client.accounts.where({ $0.revenue > 1_000_000 }).all() { … }
///
/// It blocks the calling thread; in asynchronous code use ``AsyncDataverseClient``, which reads the same.
public final class DataverseClient: Sendable {
    /// Where the service is and how to talk to it.
    public let context: ServiceContext
    let driver: BlockingDriver
    let lifetime: ClientLifetime

    /// A client for a Dataverse environment.
    ///
    /// - Parameters:
    ///   - environment: the environment's URL, such as `https://contoso.crm.dynamics.com`.
    ///   - credential: gives the access tokens.
    ///   - configuration: retries, timeouts and identification.
    ///   - transport: performs the HTTP exchanges.
    /// - Throws: `DataverseError` if the URL is not one.
    public convenience init(
        environment: String,
        credential: any TokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any BlockingTransport = DefaultTransport.make()
    ) throws {
        self.init(
            root: try ServiceRoot(environment: environment),
            credential: credential,
            configuration: configuration,
            transport: transport
        )
    }

    /// A client for any OData v4 service.
    ///
    /// - Parameters:
    ///   - root: where the service is.
    ///   - credential: gives the access tokens.
    ///   - configuration: retries, timeouts and identification.
    ///   - transport: performs the HTTP exchanges.
    public init(
        root: ServiceRoot,
        credential: any TokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any BlockingTransport = DefaultTransport.make()
    ) {
        context = ServiceContext(
            root: root,
            configuration: configuration,
            now: { ContinuousClock.now },
            date: { Date() }
        )
        driver = BlockingDriver(credential: credential, transport: transport)
        lifetime = ClientLifetime()
    }

    /// A client that shares all but its options with another.
    init(sharing client: DataverseClient, context: ServiceContext) {
        self.context = context
        driver = client.driver
        lifetime = client.lifetime
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
        try run { $0.call(operation, on: .service) }
    }

    /// Sends any request below the service root.
    ///
    /// - Parameter request: what to send.
    /// - Returns: the reply, if its status is one of success.
    public func send(_ request: ServiceRequest) throws -> HTTPReply { try run { $0.send(request) } }

    /// Runs an operation to its end.
    ///
    /// - Parameter operation: gives the operation for a new call.
    /// - Throws: `DataverseError`, of kind `DataverseError.Kind.closed` after ``close()``.
    public func run<Output>(
        _ operation: (CallContext) -> ODataOperation<Output>
    ) throws -> Output {
        try lifetime.check()
        return try driver.run(operation(context.beginCall()))
    }
}
