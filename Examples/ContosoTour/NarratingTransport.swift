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
        let path = exchange.url.split(separator: "/", maxSplits: 2).last.map { "/" + $0.drop { $0 != "/" }.dropFirst() }
        let time = milliseconds(start.duration(to: clock.now))
        print("    \(exchange.method) \(path ?? exchange.url) → \(reply.status.code) in \(time)")
    }
}
