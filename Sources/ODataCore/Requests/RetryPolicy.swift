/// When a failed exchange is repeated, and after what wait.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent at the most, the first time included.
    public var maximumAttempts: Int
    /// The wait before the first repetition, where the service does not name one; it doubles each time.
    public var baseDelay: Duration
    /// The longest single wait that the policy chooses by itself.
    public var maximumDelay: Duration
    /// How long a call may wait in all. A service that asks for more (`Retry-After`) ends the call with
    /// ``DataverseError/retryAfter`` set.
    public var maximumTotalDelay: Duration
    /// How long a request may take in all, waits and attempts together; `nil` sets no such limit. An attempt that
    /// would end later is cut short, and one that would begin later is not made.
    public var timeBudget: Duration?

    /// - Parameters:
    ///   - maximumAttempts: how often a request is sent at the most.
    ///   - baseDelay: the wait before the first repetition.
    ///   - maximumDelay: the longest single wait that the policy chooses by itself.
    ///   - maximumTotalDelay: how long a call may wait in all.
    ///   - timeBudget: how long a request may take in all.
    public init(
        maximumAttempts: Int = 5,
        baseDelay: Duration = .milliseconds(500),
        maximumDelay: Duration = .seconds(30),
        maximumTotalDelay: Duration = .seconds(300),
        timeBudget: Duration? = nil
    ) {
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.maximumTotalDelay = maximumTotalDelay
        self.timeBudget = timeBudget
    }

    /// Every request is sent once.
    public static let never = RetryPolicy(maximumAttempts: 1)

    /// Whether a status asks for another attempt.
    ///
    /// Too many requests (429) and unavailable (503) mean that nothing was done. After a gateway's 502 or 504 the
    /// request may have been processed, so only what is idempotent is repeated.
    func isWorthRetrying(status: Int, isIdempotent: Bool) -> Bool {
        switch status {
        case 429, 503: true
        case 502, 504: isIdempotent
        default: false
        }
    }

    /// Whether a broken exchange may be repeated.
    package func isWorthRetrying(_ error: TransportError, isIdempotent: Bool) -> Bool {
        switch error.kind {
        case .cancelled, .untrusted, .unreadableBody, .unwritableFile: false
        case .cannotConnect, .timedOut, .connectionLost, .other: isIdempotent || !error.mayHaveBeenProcessed
        }
    }

    /// The wait before the next attempt, or `nil` if there is none.
    ///
    /// - Parameters:
    ///   - attempt: how often the request has been sent.
    ///   - retryAfter: the wait that the service asked for.
    ///   - delaySoFar: how long the call has waited before.
    ///   - jitter: a number from 0 up to 1 that spreads the waits of many clients.
    package func delay(afterAttempt attempt: Int, retryAfter: Duration?, delaySoFar: Duration, jitter: Double)
        -> Duration?
    {
        guard attempt < maximumAttempts else { return nil }
        let delay: Duration
        if let retryAfter {
            delay = retryAfter
        } else {
            let doubled = baseDelay * (1 << min(attempt - 1, 20))
            delay = min(doubled, maximumDelay) * (0.5 + jitter / 2)
        }
        return delaySoFar + delay <= maximumTotalDelay ? delay : nil
    }
}
