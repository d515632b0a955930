public import HTTPTypes

/// One HTTP request, as observers see it: without the access token, and without whatever else is known to be a secret.
public struct ObservedExchange: Sendable {
    /// Which exchange of its call it is, from 1 on.
    public let number: Int
    /// How often this request has been sent, this time included.
    public let attempt: Int
    /// Why it is sent again; `nil` for the first time.
    public let repeats: RepetitionCause?
    /// The method.
    public let method: HTTPRequest.Method
    /// The headers; the values of those that are not known to be harmless are replaced.
    public let headers: HTTPFields
    /// The body; `nil` if there is none.
    public let body: ObservedBody?
    /// How long the exchange may take.
    public let timeout: Duration
    private let target: ObservedURL

    init(
        _ exchange: HTTPExchange,
        number: Int,
        attempt: Int,
        repeats: RepetitionCause?,
        isSignIn: Bool
    ) {
        self.number = number
        self.attempt = attempt
        self.repeats = repeats
        method = exchange.method
        headers = exchange.headers.harmless
        body = exchange.body.map { body in
            ObservedBody(
                content: body.inMemory,
                length: body.length,
                mediaType: exchange.headers[.contentType],
                knownSecret: exchange.accessToken,
                isHidden: isSignIn
            )
        }
        timeout = exchange.timeout
        target = ObservedURL(exchange.url)
    }

    /// The URL.
    ///
    /// - Parameter detail: whether filters and keys, which may be personal data, are part of it. Secrets never are.
    public func url(_ detail: URLDetail = .withoutValues) -> String { target.text(detail) }

    /// The host and the port of the URL, such as `contoso.crm.dynamics.com` and 443.
    public var server: (address: String, port: Int)? { target.server }

    /// The identifier that the client gave to the exchange (`x-ms-client-request-id`).
    public var clientRequestID: String? { headers[.clientRequestID] }
}

/// One HTTP reply, as observers see it.
public struct ObservedReply: Sendable {
    /// The status.
    public let status: HTTPResponse.Status
    /// The headers; the values of those that are not known to be harmless are replaced.
    public let headers: HTTPFields
    /// The body; empty where there is none.
    public let body: ObservedBody
    /// How long the service asks to wait before the next request.
    public let retryAfter: Duration?

    init(_ reply: HTTPReply, to exchange: HTTPExchange, isSignIn: Bool) {
        status = reply.status
        headers = reply.headers.harmless
        body = ObservedBody(
            content: reply.body,
            length: Int64(reply.body.count),
            mediaType: reply.headers[.contentType],
            knownSecret: exchange.accessToken,
            isHidden: isSignIn
        )
        retryAfter = RetryAfter.duration(in: reply.headers)
    }

    /// The identifier that the service gave to the exchange. Support asks for it.
    public var serviceRequestID: String? { headers.serviceRequestIdentifier }
}

/// How much of a URL is shown.
public enum URLDetail: Sendable, Hashable {
    /// The path without the values of keys, and the query with the names of its options, but without what may have been
    /// typed by or be about a person: filters, search texts and parameters.
    case withoutValues
    /// All but secrets such as signatures and passwords.
    case full
}
