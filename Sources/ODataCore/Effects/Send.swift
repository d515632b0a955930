import HTTPTypes

extension CallContext {
    /// Sends a request: with a token, with the headers every request has, and again where that helps.
    ///
    /// This is the only place where tokens, refused tokens, throttling and broken connections are dealt with;
    /// operations are made of it.
    ///
    /// - Parameters:
    ///   - request: what to send.
    ///   - accepted: the statuses that are not errors.
    /// - Returns: an operation whose output is the reply; it fails with the error that the reply stands for.
    public func send(
        _ request: ServiceRequest,
        accepting accepted: Set<Int> = [200, 201, 202, 204]
    ) -> ODataOperation<HTTPReply> {
        guard let url = service.root.absoluteURL(of: request.target) else {
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "The URL \(request.target) is not below \(service.root.origin). Access tokens are sent to the "
                        + "configured service only; make a client for the other service."
                )
            )
        }
        return Sending(call: self, request: request, url: url, accepted: accepted).acquireToken(after: nil)
    }
}

/// One request on its way, with its attempts so far.
private struct Sending: Sendable {
    let call: CallContext
    let request: ServiceRequest
    let url: String
    let accepted: Set<Int>
    var attempt = 1
    var delaySoFar: Duration = .zero
    var hasRefreshedToken = false

    /// - Parameter refusal: the token that the service has just refused, and what it said.
    func acquireToken(after refusal: (token: AccessToken, error: DataverseError)?) -> ODataOperation<HTTPReply> {
        .acquireToken(TokenRequest(scope: call.service.tokenScope, rejected: refusal?.token)) { result in
            switch result {
            case .success(let token):
                // A credential with only this one token has nothing better: the service's refusal says why.
                if let refusal, refusal.token == token { .failed(refusal.error) } else { send(with: token) }
            case .failure(let error):
                .failed(refusal?.error ?? noToken(error.message))
            }
        }
    }

    private func send(with token: AccessToken) -> ODataOperation<HTTPReply> {
        let exchange = makeExchange(token)
        return .send(exchange) { result in
            switch result {
            case .success(let reply): receive(reply, to: exchange, token: token)
            case .failure(let error): receive(error, of: exchange)
            }
        }
    }

    private func makeExchange(_ token: AccessToken) -> HTTPExchange {
        let configuration = call.service.configuration
        var headers = HTTPFields()
        headers[.authorization] = "Bearer \(token.secret)"
        headers[.accept] = "application/json"
        headers[.odataVersion] = "4.0"
        headers[.odataMaxVersion] = "4.0"
        headers[.userAgent] = configuration.userAgent
        headers[.clientRequestID] = call.service.makeIdentifier().guid
        headers[.correlationID] = call.correlationID.guid
        if request.body != nil { headers[.contentType] = "application/json" }
        for field in request.headers { headers[field.name] = field.value }
        let isRead = request.method == .get || request.method == .head
        return HTTPExchange(
            method: request.method,
            url: url,
            headers: headers,
            body: request.body,
            timeout: isRead ? configuration.readTimeout : configuration.writeTimeout
        )
    }

    private func receive(
        _ reply: HTTPReply,
        to exchange: HTTPExchange,
        token: AccessToken
    ) -> ODataOperation<HTTPReply> {
        let status = reply.status.code
        if accepted.contains(status) { return .done(reply) }
        let error = DataverseError(reply: reply, exchange: exchange, correlationID: call.correlationID)
        if status == 401, !hasRefreshedToken {
            var next = self
            next.hasRefreshedToken = true
            return next.acquireToken(after: (token, error))
        }
        let retry = call.service.configuration.retry
        guard retry.isWorthRetrying(status: status, isIdempotent: request.isIdempotent) else { return .failed(error) }
        return sendAgain(after: error)
    }

    private func receive(_ error: TransportError, of exchange: HTTPExchange) -> ODataOperation<HTTPReply> {
        let failure = DataverseError(transport: error, exchange: exchange, correlationID: call.correlationID)
        let retry = call.service.configuration.retry
        guard retry.isWorthRetrying(error, isIdempotent: request.isIdempotent) else { return .failed(failure) }
        return sendAgain(after: failure)
    }

    private func sendAgain(after error: DataverseError) -> ODataOperation<HTTPReply> {
        let delay = call.service.configuration.retry.delay(
            afterAttempt: attempt,
            retryAfter: error.retryAfter,
            delaySoFar: delaySoFar,
            jitter: call.service.jitter()
        )
        guard let delay else { return .failed(error) }
        var next = self
        next.attempt += 1
        next.delaySoFar += delay
        return .sleep(delay) { [next] in next.acquireToken(after: nil) }
    }

    private func noToken(_ reason: String) -> DataverseError {
        var error = DataverseError(.credential, reason)
        error.request = "\(request.method) \(url)"
        error.correlationID = call.correlationID
        return error
    }
}
