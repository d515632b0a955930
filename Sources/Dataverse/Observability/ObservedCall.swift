/// One call of a client, as observers see it.
public struct ObservedCall: Sendable {
    /// What it does.
    public let name: CallName
    /// Marks all exchanges of the call in the service's log.
    public let correlationID: UUID
    /// Where the service is, such as `https://contoso.crm.dynamics.com`; `nil` for a sign-in.
    public let service: String?
    /// Whether it is a credential that gets a token, and not a client that calls its service. Bodies of its exchanges are
    /// never shown.
    public let isSignIn: Bool
}

/// Why a request is sent again, or why a call waits.
public enum RepetitionCause: String, Sendable, Hashable, CaseIterable {
    /// The service asked for fewer requests (429).
    case throttled
    /// The service, or a gateway before it, failed (5xx).
    case serviceFailed = "service_failed"
    /// There was no complete reply.
    case connection
    /// The service refused the token (401); the request is sent once more with another one.
    case tokenRefused = "token_refused"
    /// What was asked for is not ready yet.
    case notReady = "not_ready"
}

/// A wait of a call.
public struct ObservedWait: Sendable, Hashable {
    /// How long it is.
    public let duration: Duration
    /// Why there is one.
    public let cause: RepetitionCause
    /// How long the service asked to wait (`Retry-After`); `nil` if it named no time.
    public let retryAfter: Duration?
}
