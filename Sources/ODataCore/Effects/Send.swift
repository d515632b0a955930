import HTTPTypes

extension CallContext {
    /// The longest URL that Dataverse takes in a request by itself.
    public static let maximumURLLength = 32_768
    /// The longest URL that Dataverse takes inside a batch.
    public static let maximumURLLengthInBatch = 65_536

    /// Sends a request: with a token, with the headers every request has, and again where that helps.
    ///
    /// This is the only place where tokens, refused tokens, throttling and broken connections are dealt with;
    /// operations are made of it. A `GET` whose URL is too long goes out as the only request of a `$batch`, and its
    /// reply is handed over as if it had gone out by itself.
    ///
    /// - Parameters:
    ///   - request: what to send.
    ///   - accepted: the statuses that are not errors.
    /// - Returns: an operation whose output is the reply; it fails with the error that the reply stands for.
    public func send(
        _ request: ServiceRequest,
        accepting accepted: Set<Int> = [200, 201, 202, 204]
    ) -> ODataOperation<HTTPReply> {
        do throws(DataverseError) {
            let sending = try Sending(call: self, request: request, accepted: accepted)
            return sending.acquireToken(after: nil)
        } catch {
            return .failed(error)
        }
    }

    /// A request with the options of the client, and with a target that nothing can be hidden in.
    func withOptions(_ request: ServiceRequest) throws(DataverseError) -> ServiceRequest {
        if PercentEncoding.isPlain(request.target) { return try withClientOptions(request) }
        var request = request
        guard request.target.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw DataverseError(
                .invalidRequest,
                "\(request.target.debugDescription) is not the target of a request: it has control characters. "
                    + "Percent-encode texts that come from outside."
            )
        }
        guard !PercentEncoding.climbs(request.target) else {
            throw DataverseError(
                .invalidRequest,
                "The target \(request.target) has a part that is “.” or “..”, which would lead out of the service. "
                    + "Check the name that it was made of."
            )
        }
        request.target = PercentEncoding.completed(request.target)
        return try withClientOptions(request)
    }

    private func withClientOptions(_ request: ServiceRequest) throws(DataverseError) -> ServiceRequest {
        guard service.shared.hasOptions else { return request }
        if let contradiction = service.options.contradiction {
            throw DataverseError(.invalidRequest, "The options of the client cannot be used: \(contradiction)")
        }
        return service.options.applied(to: request, latestSession: service.signals.current.sessionToken)
    }
}

/// One request on its way, with its attempts so far.
private struct Sending: Sendable {
    let call: CallContext
    let request: ServiceRequest
    let url: String
    let accepted: Set<Int>
    /// The batch that carries a request whose URL is too long.
    let envelope: BatchEnvelope?
    let startedAt: ContinuousClock.Instant
    var attempt = 1
    var delaySoFar: Duration = .zero
    var hasRefreshedToken = false
    /// Whether an earlier attempt may have been processed although no reply came.
    var mayHaveBeenProcessed = false

    init(call: CallContext, request: ServiceRequest, accepted: Set<Int>) throws(DataverseError) {
        let request = try call.withOptions(request)
        guard let url = call.service.root.absoluteURL(of: request.target) else {
            throw DataverseError(
                .invalidRequest,
                "The URL \(request.target) is not below \(call.service.root.origin). Access tokens are sent to the "
                    + "configured service only; make a client for the other service."
            )
        }
        let isTooLong = request.method == .get && url.utf8.count > CallContext.maximumURLLength
        if isTooLong, url.utf8.count > CallContext.maximumURLLengthInBatch {
            throw DataverseError(
                .invalidRequest,
                "The URL has \(url.utf8.count) characters, and the service takes "
                    + "\(CallContext.maximumURLLengthInBatch) at the most. Ask for fewer columns, or split the "
                    + "conditions over several queries."
            )
        }
        self.call = call
        self.request = request
        self.url = url
        self.accepted = accepted
        envelope = isTooLong ? BatchEnvelope(request, in: call) : nil
        startedAt = call.service.now()
    }

    /// A token that the service has just refused, and what it said.
    struct Refusal {
        let token: AccessToken
        let error: DataverseError
        /// The claims that it asks for.
        let claims: String?
    }

    /// - Parameter refusal: a token that must not be used again.
    func acquireToken(after refusal: Refusal?) -> ODataOperation<HTTPReply> {
        let wanted = TokenRequest(
            scope: call.service.tokenScope,
            tenant: call.service.shared.configuration.tenant,
            rejected: refusal?.token,
            claims: refusal?.claims
        )
        return .acquireToken(wanted) { result in
            switch result {
            case .success(let token):
                // A credential with only this one token has nothing better: the service's refusal says why.
                if let refusal, refusal.token == token { .failed(refusal.error) } else { send(with: token) }
            case .failure(let error):
                .failed(noToken(error, after: refusal?.error))
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

    /// What every request has, ready made.
    private static let commonHeaders: HTTPFields = [
        .accept: "application/json", .odataVersion: "4.0", .odataMaxVersion: "4.0",
    ]
    private static let jsonContent = HTTPField(name: .contentType, value: "application/json")

    private func makeExchange(_ token: AccessToken) -> HTTPExchange {
        let shared = call.service.shared
        let outgoing = envelope?.request ?? request
        var headers = HTTPFields()
        headers.reserveCapacity(Self.commonHeaders.count + 5 + outgoing.headers.count)
        headers.append(contentsOf: Self.commonHeaders)
        headers.append(HTTPField(name: .authorization, value: "Bearer \(token.secret)"))
        headers.append(HTTPField(name: .userAgent, value: shared.userAgent))
        headers.append(HTTPField(name: .clientRequestID, value: call.service.makeIdentifier().guid))
        headers.append(HTTPField(name: .correlationID, value: call.correlationID.guid))
        if outgoing.body != nil { headers.append(Self.jsonContent) }
        for field in outgoing.headers { headers[field.name] = field.value }
        let isRead = request.method == .get || request.method == .head
        let timeout = isRead ? shared.configuration.readTimeout : shared.configuration.writeTimeout
        return HTTPExchange(
            method: outgoing.method,
            url: envelope == nil ? url : "\(call.service.root.url)/\(outgoing.target)",
            headers: headers,
            body: outgoing.body,
            timeout: remainingTime.map { min($0, timeout) } ?? timeout,
            destination: outgoing.destination
        )
    }

    /// What is left of the time that the request may take.
    private var remainingTime: Duration? {
        call.retry.timeBudget.map { max(.zero, $0 - (call.service.now() - startedAt)) }
    }

    private func receive(
        _ received: HTTPReply,
        to exchange: HTTPExchange,
        token: AccessToken
    ) -> ODataOperation<HTTPReply> {
        call.service.signals.update(from: received.headers)
        let reply: HTTPReply
        do throws(DataverseError) {
            reply = try envelope?.unwrap(received) ?? received
        } catch {
            var error = error
            error.request = summary
            error.correlationID = call.correlationID
            error.clientRequestID = exchange.headers[.clientRequestID]
            return .failed(error)
        }
        let status = reply.status.code
        if accepted.contains(status) {
            guard reply.isWebPage, exchange.asksForJSON else { return .done(reply) }
            return .failed(webPage(reply, to: exchange))
        }
        // A deletion whose reply was lost has worked if there is nothing left to delete.
        if status == 404, request.method == .delete, mayHaveBeenProcessed {
            return .done(HTTPReply(status: .noContent, headers: reply.headers))
        }
        var error = DataverseError(
            reply: reply,
            exchange: exchange,
            correlationID: call.correlationID,
            date: call.service.date?()
        )
        error.request = summary
        if status == 401, !hasRefreshedToken {
            var next = self
            next.hasRefreshedToken = true
            let claims = AuthenticationChallenge(reply.headers).claims
            return next.acquireToken(after: Refusal(token: token, error: error, claims: claims))
        }
        guard call.retry.isWorthRetrying(status: status, isIdempotent: request.isIdempotent) else {
            return .failed(error)
        }
        return sendAgain(after: error)
    }

    /// The error of a page for people in the place of a reply.
    private func webPage(_ reply: HTTPReply, to exchange: HTTPExchange) -> DataverseError {
        var error = DataverseError(
            .unexpectedReply,
            "The reply is a web page, and not the service's: something in between has answered, such as a proxy or a page "
                + "that asks to sign in. Check the URL and the network."
        )
        error.request = summary
        error.status = reply.status.code
        error.correlationID = call.correlationID
        error.clientRequestID = exchange.headers[.clientRequestID]
        error.mayHaveBeenProcessed = true
        error.bodyExcerpt = reply.bodyExcerpt(without: exchange.accessToken)
        return error.stemming(from: reply.headers)
    }

    private func receive(_ error: TransportError, of exchange: HTTPExchange) -> ODataOperation<HTTPReply> {
        var failure = DataverseError(transport: error, exchange: exchange, correlationID: call.correlationID)
        failure.request = summary
        failure.mayHaveBeenProcessed = failure.mayHaveBeenProcessed || mayHaveBeenProcessed
        guard call.retry.isWorthRetrying(error, isIdempotent: request.isIdempotent) else { return .failed(failure) }
        return sendAgain(after: failure)
    }

    private func sendAgain(after error: DataverseError) -> ODataOperation<HTTPReply> {
        let delay = call.retry.delay(
            afterAttempt: attempt,
            retryAfter: error.retryAfter,
            delaySoFar: delaySoFar,
            jitter: call.service.jitter()
        )
        guard let delay, remainingTime.map({ delay < $0 }) ?? true else { return .failed(error) }
        var next = self
        next.attempt += 1
        next.delaySoFar += delay
        next.mayHaveBeenProcessed = mayHaveBeenProcessed || error.mayHaveBeenProcessed
        return .sleep(delay) { [next] in next.acquireToken(after: nil) }
    }

    /// The request as errors name it; of a long URL the beginning.
    private var summary: String {
        let text = "\(request.method) \(SecretText.redacted(url))"
        return text.utf8.count > 2_000 ? "\(text.prefix(2_000))…" : text
    }

    private func noToken(_ reason: CredentialError, after refusal: DataverseError?) -> DataverseError {
        let kind = DataverseError.Kind(reason.reason)
        var message = reason.description
        if let refusal {
            message = "The service refused the token (\(refusal.message)), and there is no other: \(message)"
        }
        var error = DataverseError(refusal != nil && kind == .credential ? .unauthorized : kind, message)
        error.status = refusal?.status
        error.serviceCode = reason.code ?? refusal?.serviceCode
        error.serviceRequestID = refusal?.serviceRequestID ?? reason.traceID
        error.activityID = refusal?.activityID
        error.request = summary
        error.correlationID = call.correlationID
        return error
    }
}

extension HTTPExchange {
    /// Whether anything but JSON is no reply; files may be anything.
    fileprivate var asksForJSON: Bool { headers.value(of: .accept) == "application/json" }
}

extension HTTPReply {
    fileprivate var isWebPage: Bool {
        // What begins as an object does is none, which saves most replies the look at their headers.
        guard let first = body.first, first != UInt8(ascii: "{"), let type = headers.value(of: .contentType) else {
            return false
        }
        return type.lowercased().hasPrefix("text/html")
    }
}
