public import HTTPTypes

/// Learns what happens to the calls of clients: for logs, metrics, traces and diagnostics.
///
///     let recorder = HARRecorder()
///     let client = try DataverseClient(environment: url, credential: credential, observers: [recorder])
///
/// An observer is told about the beginning of each call, and hands over whoever follows this one call. Both clients tell
/// the same in the same order. Nothing that an observer gets has an access token or another secret in it.
///
/// Observers are called on the thread or in the task of the call, which goes on when they return: they must be quick.
public protocol CallObserver: Sendable {
    /// A call begins.
    ///
    /// - Parameter call: what is known about it.
    /// - Returns: who follows the call.
    func callBegins(_ call: ObservedCall) -> any CallFollower
}

/// Follows one call: the token, each exchange, each wait, and the end.
///
/// All methods have an empty default. Exchanges of one call come one after the other, except in `bulk` of the asynchronous
/// client, which has several under way; ``ObservedExchange/number`` tells them apart.
public protocol CallFollower: Sendable {
    /// The credential is asked for a token.
    func tokenBegins()

    /// The credential has answered.
    ///
    /// - Parameters:
    ///   - failure: why there is no token; `nil` if there is one.
    ///   - duration: how long it took; next to nothing if the token was at hand.
    func tokenEnds(_ failure: CredentialError?, after duration: Duration)

    /// A request is about to be sent.
    ///
    /// - Parameter exchange: the request, with the headers that observers before this one have added.
    /// - Returns: headers to add; those that the request has already stay as they are.
    func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields

    /// An exchange has ended, with a reply of any status, or without one.
    ///
    /// - Parameters:
    ///   - exchange: the request, as it was sent.
    ///   - result: the reply, or why there is none.
    ///   - duration: how long it took.
    func exchangeEnds(
        _ exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    )

    /// The call waits.
    func waitBegins(_ wait: ObservedWait)

    /// The call has ended.
    ///
    /// - Parameters:
    ///   - failure: the error that it ended with; `nil` if it has succeeded.
    ///   - duration: how long it took from its beginning, waits included.
    func callEnds(_ failure: DataverseError?, after duration: Duration)
}

// Followers implement what they need.
extension CallFollower {
    /// Does nothing.
    public func tokenBegins() {}
    /// Does nothing.
    public func tokenEnds(_ failure: CredentialError?, after duration: Duration) {}
    /// Adds no headers.
    public func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields { [:] }
    /// Does nothing.
    public func exchangeEnds(
        _ exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    ) {}
    /// Does nothing.
    public func waitBegins(_ wait: ObservedWait) {}
    /// Does nothing.
    public func callEnds(_ failure: DataverseError?, after duration: Duration) {}
}
