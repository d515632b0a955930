/// An exchange with an identity provider, repeated where that helps.
struct RepeatedExchange: Sendable {
    let exchange: HTTPExchange
    let system: CredentialSystem
    var policy: RetryPolicy
    /// Whether a status asks for another attempt.
    var isWorthRepeating: @Sendable (Int) -> Bool = { [408, 429, 500, 502, 503, 504].contains($0) }
    /// The first wait after a status, where it is not the policy's.
    var baseDelay: @Sendable (Int) -> Duration? = { _ in nil }
    /// Whether a request that may have been processed is repeated.
    var isIdempotent = true

    func operation(attempt: Int = 1, delaySoFar: Duration = .zero) -> CredentialOperation<HTTPReply> {
        .send(exchange) { [self] result in
            switch result {
            case .success(let reply):
                let status = reply.status.code
                guard isWorthRepeating(status),
                    let delay = delay(attempt, after: reply, baseDelay: baseDelay(status), delaySoFar: delaySoFar)
                else { return .done(reply) }
                return .sleep(delay) { operation(attempt: attempt + 1, delaySoFar: delaySoFar + delay) }
            case .failure(let error):
                guard policy.isWorthRetrying(error, isIdempotent: isIdempotent),
                    let delay = delay(attempt, after: nil, baseDelay: nil, delaySoFar: delaySoFar)
                else { return .failed(failure(error)) }
                return .sleep(delay) { operation(attempt: attempt + 1, delaySoFar: delaySoFar + delay) }
            }
        }
    }

    private func delay(
        _ attempt: Int,
        after reply: HTTPReply?,
        baseDelay: Duration?,
        delaySoFar: Duration
    ) -> Duration? {
        var policy = policy
        if let baseDelay { policy.baseDelay = baseDelay }
        return policy.delay(
            afterAttempt: attempt,
            retryAfter: reply.flatMap { RetryAfter.duration(in: $0.headers, date: system.date()) },
            delaySoFar: delaySoFar,
            jitter: system.jitter()
        )
    }

    private func failure(_ error: TransportError) -> CredentialError {
        if error.kind == .cancelled { return CredentialError("The sign-in was cancelled.", reason: .cancelled) }
        let server = exchange.url.prefix { $0 != "?" }
        let advice =
            error.kind == .untrusted
            ? "Its certificate must be one that this machine trusts." : "Check the network, the proxy and the URL."
        return CredentialError(
            "\(server) cannot be reached: \(error.withoutSecrets(of: exchange).message) \(advice)",
            reason: .unreachable
        )
    }
}
