public import ODataCore

/// Performs HTTP exchanges for the synchronous client. Redirects are not followed: they would take the access token
/// to another server.
public protocol BlockingTransport: Sendable {
    /// Performs one exchange, and returns when its response is complete. Its body may be returned in memory whatever the
    /// exchange's `destination` says.
    ///
    /// - Throws: `TransportError` if there is no complete response.
    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply

    /// Gives up the connections that the transport owns; exchanges that are under way may end. A transport on
    /// connections of somebody else does nothing.
    func close()
}

extension BlockingTransport {
    /// Nothing to give up.
    public func close() {}
}

/// Performs HTTP exchanges for the asynchronous client. Redirects are not followed: they would take the access token
/// to another server.
public protocol AsyncTransport: Sendable {
    /// Performs one exchange; cancelling the task ends it. The body of the response may be returned in memory whatever the
    /// exchange's `destination` says.
    ///
    /// - Throws: `TransportError` if there is no complete response.
    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply

    /// Gives up the connections that the transport owns; exchanges that are under way may end. A transport on
    /// connections of somebody else does nothing.
    func shutDown() async
}

extension AsyncTransport {
    /// Nothing to give up.
    public func shutDown() async {}
}
