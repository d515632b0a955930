import Dataverse

/// Performs exchanges through URLSession, and prints each request line with its status and time.
struct NarratingTransport: BlockingTransport, AsyncTransport {
    private let transport = URLSessionTransport()
    private let clock = ContinuousClock()

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        let start = clock.now
        let reply = try transport.perform(exchange)
        narrate(exchange, reply, since: start)
        return reply
    }

    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        let start = clock.now
        let reply = try await transport.perform(exchange)
        narrate(exchange, reply, since: start)
        return reply
    }

    private func narrate(_ exchange: HTTPExchange, _ reply: HTTPReply, since start: ContinuousClock.Instant) {
        let afterScheme = exchange.url.split(separator: "//", maxSplits: 1).last ?? ""
        let path = afterScheme.drop { $0 != "/" }
        let time = milliseconds(start.duration(to: clock.now))
        print("    \(exchange.method) \(path) → \(reply.status.code) in \(time)")
    }
}
