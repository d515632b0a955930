import HTTPTypes
import TestSupport
import Testing

@testable import ODataCore

@Suite("When a request is sent again")
struct RepetitionTests {
    private let get = ServiceRequest(.get, "accounts")
    private let lost = TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true)

    private func context(
        retry: RetryPolicy = RetryPolicy(),
        date: String? = nil,
        clock: ManualClock = ManualClock()
    ) throws -> ClientContext {
        var ownDate: (@Sendable () -> Date)?
        if let seconds = date.flatMap(HTTPDate.secondsSinceEpoch) {
            ownDate = { Date(timeIntervalSince1970: Double(seconds)) }
        }
        return ClientContext(
            root: try ServiceRoot(environment: "https://contoso.example"),
            configuration: ClientConfiguration(retry: retry),
            now: { clock.now },
            date: ownDate,
            jitter: { 1 }
        )
    }

    @Test(
        "Retry-After in all its forms",
        arguments: [
            ("7", nil, nil, "7.0 seconds"), ("0", nil, nil, "0.0 seconds"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", nil, "30.0 seconds"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil, "Sun, 06 Nov 1994 08:49:17 GMT", "20.0 seconds"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:27 1994", nil, "10.0 seconds"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil, "Sun, 06 Nov 1994 09:00:00 GMT", "0.0 seconds"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil, nil, "0.5 seconds"), ("soon", nil, nil, "0.5 seconds"),
            ("-5", nil, nil, "0.5 seconds"), ("inf", nil, nil, "0.5 seconds"), ("", nil, nil, "0.5 seconds"),
        ] as [(String, String?, String?, String)]
    )
    func retryAfter(header: String, replyDate: String?, ownDate: String?, wait: String) throws {
        var headers: HTTPFields = [.retryAfter: header]
        headers[.date] = replyDate
        var script = EffectScript()
        let call = try context(date: ownDate).beginCall()
        _ = try script.run(call.send(get), .token("t"), .reply(429, headers: headers), .wake, .token("t"), .reply(200))
            .get()
        #expect(script.effects[2] == "sleep \(wait)")
    }

    @Test("a wait beyond what a call may wait ends it, and tells how long the service asked for")
    func tooLongAWait() throws {
        var script = EffectScript()
        let call = try context(retry: RetryPolicy(maximumTotalDelay: .seconds(60))).beginCall()
        let result = try script.run(call.send(get), .token("t"), .reply(429, headers: [.retryAfter: "61"]))
        guard case .failure(let error) = result else {
            Issue.record("must fail")
            return
        }
        #expect(error.retryAfter == .seconds(61))
    }

    @Test("a time budget cuts attempts short, and lets none begin after its end")
    func timeBudget() throws {
        let clock = ManualClock()
        var state = try context(retry: RetryPolicy(timeBudget: .seconds(10)), clock: clock).beginCall().send(get)
        var timeouts: [Duration] = []
        while true {
            switch state {
            case .acquireToken(_, let then): state = then(.success(AccessToken("t")))
            case .send(let exchange, let then):
                timeouts.append(exchange.timeout)
                clock.advance(by: .seconds(4))
                state = then(.failure(lost))
            case .sleep(let duration, let then):
                clock.advance(by: duration)
                state = then()
            case .done:
                Issue.record("must fail")
                return
            case .failed(let error):
                #expect(error.kind == .transport)
                #expect(timeouts == [.seconds(10), .milliseconds(5_500), .milliseconds(500)])
                return
            }
        }
    }

    @Test("a deletion that was lost and then finds nothing has worked; one that finds nothing at once has not")
    func deletion() throws {
        let request = ServiceRequest(.delete, "accounts(1)")
        var script = EffectScript()
        let call = try context().beginCall()
        let reply = try script.run(
            call.send(request),
            .token("t"),
            .broken(lost),
            .wake,
            .token("t"),
            .reply(404)
        ).get()
        #expect(reply.status == .noContent)
        let throttled = try script.run(
            call.send(request),
            .token("t"),
            .reply(429),
            .wake,
            .token("t"),
            .reply(404)
        )
        #expect(throws: DataverseError.self) { try throttled.get() }
    }

    @Test(
        "a file that cannot be read or written is no better the next time",
        arguments: [
            TransportError.Kind.unreadableBody, .unwritableFile,
        ]
    )
    func files(kind: TransportError.Kind) throws {
        var script = EffectScript()
        let error = TransportError(kind, message: "The file is full.", mayHaveBeenProcessed: true)
        let result = try script.run(context().beginCall().send(get), .token("t"), .broken(error))
        let failure = #expect(throws: DataverseError.self) { try result.get() }
        #expect(failure?.kind == .invalidRequest)
        #expect(failure?.message == "The file is full.")
    }

    @Test("where the body goes stays the same, and is not for a batch that carries the request")
    func destination() throws {
        let destination = HTTPExchange.FileDestination(path: "/tmp/f", offset: 5)
        var request = get
        request.destination = destination
        var script = EffectScript()
        _ = try script.run(
            context().beginCall().send(request),
            .token("t"),
            .broken(lost),
            .wake,
            .token("t"),
            .reply(200)
        ).get()
        #expect(script.exchanges.map(\.destination) == [destination, destination])
        request.target += "?$filter=" + String(repeating: "a", count: CallContext.maximumURLLength)
        _ = try script.run(context().beginCall().send(request), .token("t"), .reply(400))
        #expect(script.exchanges.last?.method == .post)
        #expect(script.exchanges.last?.destination == nil)
    }

    @Test("an error tells whether the request may have been processed")
    func uncertainty() throws {
        let post = ServiceRequest(.post, "accounts", body: [])
        let refused = TransportError(.cannotConnect, message: "nobody", mayHaveBeenProcessed: false)
        for (step, isUncertain) in [
            (EffectScript.Step.broken(lost), true), (.broken(refused), false), (.reply(504), true),
            (.reply(500), false),
            (.reply(400), false),
        ] {
            var script = EffectScript()
            let call = try context(retry: .never).beginCall()
            guard case .failure(let error) = try script.run(call.send(post), .token("t"), step) else {
                Issue.record("must fail")
                continue
            }
            #expect(error.mayHaveBeenProcessed == isUncertain)
        }
    }
}
