import Dataverse
import DataverseObservability
import HTTPTypes
import InMemoryTracing
import TestSupport
import Testing
import Tracing

@Suite("Traces of calls")
struct TracingObserverTests {
    @Test(
        "a span for the call, a child for each exchange, and their context in the requests",
        arguments: [false, true]
    )
    func throttled(isAsync: Bool) async throws {
        let tracer = InMemoryTracer()
        let exchanges = try await ObservedScript.query(
            isAsync: isAsync,
            ObservedScript.throttledOnce,
            observers: [TracingObserver(tracer: tracer)]
        )
        let spans = tracer.finishedSpans
        #expect(spans.map(\.operationName) == ["GET", "GET", "query accounts"])
        #expect(tracer.activeSpans.isEmpty)
        let call = try #require(spans.last)
        #expect(call.parentSpanID == nil)
        #expect(call.attributes.get("dataverse.operation") == "query")
        #expect(call.attributes.get("dataverse.target") == "accounts")
        #expect(call.events.map(\.name).filter { $0 == "wait" } == ["wait"])
        #expect(call.status == nil && call.errors.isEmpty)
        let children = spans.dropLast()
        #expect(children.allSatisfy { $0.parentSpanID == call.spanID && $0.traceID == call.traceID })
        #expect(children.map { $0.attributes.get("http.response.status_code") } == [.int64(429), .int64(200)])
        #expect(children.map { $0.attributes.get("http.request.resend_count") } == [nil, .int64(1)])
        #expect(children.map(\.status?.code) == [.error, nil])
        #expect(children.last?.attributes.get("dataverse.service_request_id") == "SR-1")
        #expect(children.last?.attributes.get("server.address") == "contoso.example")
        #expect(
            children.last?.attributes.get("url.full")
                == "https://contoso.example/api/data/v9.2/accounts?$filter=redacted"
        )
        // What each request carried is the context of its own span.
        let name = try #require(HTTPField.Name(InMemoryTracer.spanIDKey))
        #expect(exchanges.map { $0.headers[name] } == children.map(\.spanID))
    }

    @Test("the call is a child of the span that the app is in", arguments: [false, true])
    func child(isAsync: Bool) async throws {
        let tracer = InMemoryTracer()
        try await tracer.withSpan("request") { _ in
            _ = try await ObservedScript.query(
                isAsync: isAsync,
                ObservedScript.throttledOnce,
                observers: [TracingObserver(tracer: tracer)]
            )
        }
        let spans = tracer.finishedSpans
        let call = try #require(spans.first { $0.operationName == "query accounts" })
        let app = try #require(spans.first { $0.operationName == "request" })
        #expect(call.parentSpanID == app.spanID)
    }

    @Test("a failure, without the service's words", arguments: [false, true])
    func failure(isAsync: Bool) async throws {
        let tracer = InMemoryTracer()
        try await ObservedScript.query(
            isAsync: isAsync,
            ObservedScript.refused,
            observers: [TracingObserver(tracer: tracer)]
        )
        let call = try #require(tracer.finishedSpans.last)
        #expect(call.attributes.get("error.type") == "duplicate")
        #expect(call.attributes.get("dataverse.service_code") == "0x80040237")
        #expect(call.status?.code == .error)
        #expect(
            call.errors.map { "\($0.error)" } == [
                "duplicate, status 412, code 0x80040237, service request SR-1"
            ]
        )
    }
}
