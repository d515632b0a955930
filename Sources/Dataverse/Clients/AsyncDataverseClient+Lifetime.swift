// How long a client lives, and with which options.
extension AsyncDataverseClient {
    /// Another client with other options, which shares transport, credential, caches and signals with this one:
    /// `client.with { $0.impersonation = .user(id) }`.
    ///
    /// - Parameter change: changes the options that this client has.
    public func with(_ change: (inout RequestOptions) -> Void) -> AsyncDataverseClient {
        AsyncDataverseClient(sharing: self, context: context.with(change))
    }

    /// What the replies of the service said last about the service itself: recommended parallelism, limits, and the
    /// session token of elastic tables.
    public var signals: ServiceSignals { context.signals.current }

    /// Forgets what is known about tables, after their metadata was changed elsewhere.
    ///
    /// - Parameters:
    ///   - cache: what to forget.
    ///   - table: the name of the table; `nil` for all.
    /// - Returns: how many entries were forgotten.
    @discardableResult
    public func clearCache(_ cache: MetadataCache = .all, of table: String? = nil) -> Int {
        context.flush(cache, of: table)
    }

    /// Whose calls these are, as the service sees it (`WhoAmI`).
    public func currentUser() async throws -> CurrentUser {
        try await run(as: CallName("current user")) { $0.currentUser() }
    }

    /// Makes a client, hands it to a closure, and closes it in the end, whatever happens.
    ///
    ///     let id = try await AsyncDataverseClient.withClient(environment: url, credential: credential) { client in
    ///         try await client.accounts.create(Account { $0.name = "Contoso" })
    ///     }
    ///
    /// - Parameters:
    ///   - environment: the environment's URL, such as `https://contoso.crm.dynamics.com`.
    ///   - credential: gives the access tokens.
    ///   - configuration: retries, timeouts and identification.
    ///   - transport: performs the HTTP exchanges; it is closed too.
    ///   - observers: who learns what happens to calls.
    ///   - isolation: where the closure runs: where the caller does.
    ///   - body: uses the client.
    /// - Returns: what the closure returns.
    public static func withClient<Output>(
        environment: String,
        credential: any AsyncTokenCredential,
        configuration: ClientConfiguration = ClientConfiguration(),
        transport: any AsyncTransport = DefaultTransport.make(),
        observers: [any CallObserver] = [],
        isolation: isolated (any Actor)? = #isolation,
        _ body: (AsyncDataverseClient) async throws -> Output
    ) async throws -> Output {
        let client = try AsyncDataverseClient(
            environment: environment,
            credential: credential,
            configuration: configuration,
            transport: transport,
            observers: observers
        )
        return try await client.closing(body)
    }

    /// Hands this client to a closure, and closes it in the end, whatever happens.
    ///
    /// - Parameters:
    ///   - isolation: where the closure runs: where the caller does.
    ///   - body: uses the client.
    /// - Returns: what the closure returns.
    public func closing<Output>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (AsyncDataverseClient) async throws -> Output
    ) async throws -> Output {
        let result: Result<Output, any Error>
        do {
            result = .success(try await body(self))
        } catch {
            result = .failure(error)
        }
        await close()
        return try result.get()
    }

    /// Ends the use of this client and of all that were made from it with ``with(_:)``: later calls fail with
    /// `DataverseError.Kind.closed`, caches are emptied, and the transport gives up its connections. Calls that are
    /// under way in other tasks end as they would.
    public func close() async {
        guard lifetime.close() else { return }
        _ = context.flush(.all, of: nil)
        await driver.transport.shutDown()
    }
}
