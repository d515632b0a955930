import HTTPTypes
import Synchronization
public import Tracing

/// Makes spans of calls and exchanges with swift-distributed-tracing, and sends their context with each request.
///
///     let client = try DataverseClient(environment: url, credential: credential, observers: [TracingObserver()])
///
/// A call is a span, a child of the one that the app is in; each exchange is a child of its call. The instrument that the
/// process is bootstrapped with adds its headers to each request: `traceparent` and `tracestate` for W3C Trace Context.
///
/// Spans of exchanges have the attributes of OpenTelemetry's semantic conventions for HTTP clients. Spans of calls have
/// `dataverse.operation`, `dataverse.target` and `dataverse.correlation_id`; both have `dataverse.service_request_id` and
/// `error.type` where there is something to say. No token, secret or error message is in them, and no value of a filter
/// unless it is asked for.
public struct TracingObserver: CallObserver {
    private let tracer: (any Tracer)?
    private let urls: URLDetail

    /// - Parameters:
    ///   - tracer: makes the spans and the headers; `nil` for the one of the whole process.
    ///   - urls: how much of a URL is in `url.full`.
    public init(tracer: (any Tracer)? = nil, urls: URLDetail = .withoutValues) {
        self.tracer = tracer
        self.urls = urls
    }

    public func callBegins(_ call: ObservedCall) -> any CallFollower {
        let tracer = tracer ?? InstrumentationSystem.tracer
        let span = tracer.startAnySpan(call.name.description, context: .current ?? .topLevel, ofKind: .client)
        span.updateAttributes { attributes in
            attributes["dataverse.operation"] = call.name.operation
            if let target = call.name.target { attributes["dataverse.target"] = target }
            attributes["dataverse.correlation_id"] = call.correlationID.uuidString.lowercased()
        }
        return TracedCall(
            span: span,
            tracer: tracer,
            instrument: self.tracer ?? InstrumentationSystem.instrument,
            urls: urls
        )
    }
}

/// Makes the spans of one call.
private final class TracedCall: CallFollower {
    private let span: any Tracing.Span
    private let tracer: any Tracer
    private let instrument: any Instrument
    private let urls: URLDetail
    /// The spans of exchanges that are under way.
    private let exchanges = Mutex<[Int: any Tracing.Span]>([:])

    init(span: any Tracing.Span, tracer: any Tracer, instrument: any Instrument, urls: URLDetail) {
        self.span = span
        self.tracer = tracer
        self.instrument = instrument
        self.urls = urls
    }

    func tokenEnds(_ failure: CredentialError?, after duration: Duration) {
        // A token that was at hand is no event.
        guard failure != nil || duration > .milliseconds(1) else { return }
        var attributes: SpanAttributes = [:]
        attributes["dataverse.duration_ms"] = duration / .milliseconds(1)
        if let failure { attributes["error.type"] = failure.reason.rawValue }
        span.addEvent(SpanEvent(name: "token", attributes: attributes))
    }

    func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields {
        let child = tracer.startAnySpan(exchange.method.rawValue, context: span.context, ofKind: .client)
        child.updateAttributes { attributes in
            attributes["http.request.method"] = exchange.method.rawValue
            attributes["url.full"] = exchange.url(urls)
            if let server = exchange.server {
                attributes["server.address"] = server.address
                attributes["server.port"] = server.port
            }
            if exchange.attempt > 1 { attributes["http.request.resend_count"] = exchange.attempt - 1 }
            if let body = exchange.body { attributes["http.request.body.size"] = Int(body.length) }
            if let id = exchange.clientRequestID { attributes["dataverse.client_request_id"] = id }
        }
        exchanges.withLock { $0[exchange.number] = child }
        var headers = HTTPFields()
        instrument.inject(child.context, into: &headers, using: HeaderInjector())
        return headers
    }

    func exchangeEnds(
        _ exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    ) {
        guard let child = exchanges.withLock({ $0.removeValue(forKey: exchange.number) }) else { return }
        switch result {
        case .success(let reply):
            child.updateAttributes { attributes in
                attributes["http.response.status_code"] = reply.status.code
                attributes["http.response.body.size"] = Int(reply.body.length)
                if let id = reply.serviceRequestID { attributes["dataverse.service_request_id"] = id }
                if reply.status.code >= 400 { attributes["error.type"] = "\(reply.status.code)" }
            }
            if reply.status.code >= 400 { child.setStatus(SpanStatus(code: .error)) }
        case .failure(let error):
            child.attributes["error.type"] = "\(error.kind)"
            child.setStatus(SpanStatus(code: .error))
        }
        child.end()
    }

    func waitBegins(_ wait: ObservedWait) {
        var attributes: SpanAttributes = [:]
        attributes["dataverse.cause"] = wait.cause.rawValue
        attributes["dataverse.duration_ms"] = wait.duration / .milliseconds(1)
        span.addEvent(SpanEvent(name: "wait", attributes: attributes))
    }

    func callEnds(_ failure: DataverseError?, after duration: Duration) {
        if let failure {
            span.updateAttributes { attributes in
                attributes["error.type"] = failure.kind.rawValue
                if let status = failure.status { attributes["http.response.status_code"] = status }
                if let code = failure.serviceCode { attributes["dataverse.service_code"] = code }
                if let id = failure.serviceRequestID { attributes["dataverse.service_request_id"] = id }
            }
            span.recordError(RecordedError(failure))
            span.setStatus(SpanStatus(code: .error, message: failure.kind.rawValue))
        }
        span.end()
    }
}

/// Puts the headers of an instrument into a request.
private struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into headers: inout HTTPFields) {
        guard let name = HTTPField.Name(key) else { return }
        headers[name] = value
    }
}

/// A failure of a call as a trace may keep it: without the service's words, which may quote values of rows, and without
/// the URL.
private struct RecordedError: Error, CustomStringConvertible {
    let description: String

    init(_ error: DataverseError) {
        let parts = [
            error.kind.rawValue, error.status.map { "status \($0)" }, error.serviceCode.map { "code \($0)" },
            error.serviceRequestID.map { "service request \($0)" },
        ]
        description = parts.compactMap(\.self).joined(separator: ", ")
    }
}
