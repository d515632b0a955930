/// How credentials reach their identity provider.
public struct CredentialOptions: Sendable {
    /// The identity provider; `nil` takes the one of the cloud that the environment's URL belongs to.
    public var authority: AuthorityHost?
    /// Performs the exchanges with the identity provider.
    public var transport: any BlockingTransport & AsyncTransport
    /// Other tenants that the credential gives tokens of, by identifier or domain; `*` stands for all. A request for the
    /// token of any other tenant is refused, so that nobody can make the app sign in where it never meant to.
    public var additionalTenants: Set<String> = []
    /// When failed exchanges with the identity provider are repeated.
    public var retry = RetryPolicy(
        maximumAttempts: 3,
        baseDelay: .milliseconds(800),
        maximumDelay: .seconds(10),
        maximumTotalDelay: .seconds(60)
    )
    /// How long an exchange with the identity provider may take.
    public var timeout: Duration = .seconds(30)
    /// How long a chain waits for the instance metadata service of Azure, which answers at once where there is one.
    public var probeTimeout: Duration = .seconds(1)
    /// Who learns of sign-ins, the same as for the calls of a client. Bodies of these exchanges are never shown.
    public var observers: [any CallObserver]
    package var system = CredentialSystem.current

    /// - Parameters:
    ///   - authority: the identity provider; `nil` takes the one of the environment's cloud.
    ///   - transport: performs the exchanges with it.
    ///   - observers: who learns of sign-ins.
    public init(
        authority: AuthorityHost? = nil,
        transport: any BlockingTransport & AsyncTransport = URLSessionTransport(),
        observers: [any CallObserver] = []
    ) {
        self.authority = authority
        self.transport = transport
        self.observers = observers
    }
}
