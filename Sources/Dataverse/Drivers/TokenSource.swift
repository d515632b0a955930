import Synchronization

/// Gives the tokens of one credential to both clients: from its cache, or from the credential's operation, which runs
/// once however many callers wait.
package final class TokenSource: Sendable {
    private let options: CredentialOptions
    private let acquire: @Sendable (TokenQuery) -> CredentialOperation<TokenGrant>
    private let cache = Mutex(TokenCache())

    /// - Parameters:
    ///   - options: the transport and the clock.
    ///   - acquire: gives the operation that acquires a token.
    package init(
        _ options: CredentialOptions,
        acquire: @escaping @Sendable (TokenQuery) -> CredentialOperation<TokenGrant>
    ) {
        self.options = options
        self.acquire = acquire
    }

    /// Gives a token on the calling thread.
    package func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        while true {
            switch decide(request) {
            case .use(let token): return token
            case .acquire(let query, let flight, let old):
                let watch = beginSignIn()
                let result = BlockingCredentialDriver(transport: options.transport, watch: watch).run(acquire(query))
                watch?.endSignIn(result.failure)
                return try land(result, query, flight, old: old).get()
            case .wait(let flight):
                if case .ended(let result) = flight.outcome() { return try result.get() }
            }
        }
    }

    /// Gives a token without blocking.
    package func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        while true {
            switch decide(request) {
            case .use(let token): return token
            case .acquire(let query, let flight, let old):
                let watch = beginSignIn()
                let driver = AsyncCredentialDriver(transport: options.transport, watch: watch)
                let result = await driver.run(acquire(query))
                watch?.endSignIn(result.failure)
                return try land(result, query, flight, old: old).get()
            case .wait(let flight):
                if case .ended(let result) = await flight.outcome() { return try result.get() }
            }
        }
    }

    private func beginSignIn() -> CallWatch? {
        if options.observers.isEmpty { return nil }
        return CallWatch(
            CallName("sign in"),
            correlationID: options.system.makeIdentifier(),
            service: nil,
            observers: options.observers,
            now: options.system.now
        )
    }

    private func decide(_ request: TokenRequest) -> TokenCache.Decision {
        let now = options.system.now()
        return cache.withLock { $0.decide(request, now: now) }
    }

    /// Keeps what came of an acquisition, and tells all who wait for it.
    private func land(
        _ result: Result<TokenGrant, CredentialError>,
        _ query: TokenQuery,
        _ flight: TokenFlight,
        old: AccessToken?
    ) -> Result<AccessToken, CredentialError> {
        let now = options.system.now()
        switch result {
        case .success(let grant):
            let token = AccessToken(
                grant.token.text,
                expiresAt: options.system.date() + grant.lifetime / .seconds(1)
            )
            cache.withLock { $0.land(query.request, token, grant, now: now) }
            flight.land(.ended(.success(token)))
            return .success(token)
        case .failure(let error):
            cache.withLock { $0.fail(query.request, now: now) }
            flight.land(error.reason == .cancelled ? .abandoned : .ended(.failure(error)))
            if let old, error.reason != .cancelled { return .success(old) }
            return .failure(error)
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
