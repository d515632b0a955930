import Foundation
import HTTPTypes
import Synchronization

@testable import Dataverse

/// Remembers the exchanges of a client in order.
final class ExchangeRecorder: Sendable {
    private let exchanges = Mutex<[HTTPExchange]>([])
    private let isOn: Bool

    /// - Parameter isOn: whether it remembers anything; a run whose memory is measured has none to spare for it.
    init(isOn: Bool = true) { self.isOn = isOn }

    func record(_ exchange: HTTPExchange) {
        if isOn { exchanges.withLock { $0.append(exchange) } }
    }

    /// The exchanges without what differs from run to run: identifiers, the address, and the keys of new rows.
    var normalized: [String] {
        exchanges.withLock { $0 }.map { exchange in
            let path = exchange.url.drop(untilAfter: "/api/data/v9.2")
            let headers = exchange.headers
                .filter { !["x-ms-client-request-id", "x-ms-correlation-id"].contains($0.name.canonicalName) }
                .map { "\($0.name.canonicalName): \($0.value)" }.sorted().joined(separator: ", ")
            let body = String(decoding: exchange.body?.inMemory ?? [], as: UTF8.self)
            return Self.withoutIdentifiers("\(exchange.method) \(path) [\(headers)] \(body)")
        }
    }

    private static func withoutIdentifiers(_ text: String) -> String {
        text.replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#, with: "guid")
            .replacing(#/127\.0\.0\.1:[0-9]+/#, with: "host")
            .replacing(#/W\/"[0-9]+"/#, with: "etag")
            .replacing(#/skiptoken=[^&\]]*/#, with: "skiptoken=…")
    }
}

extension String {
    fileprivate func drop(untilAfter prefix: String) -> String {
        firstRange(of: prefix).map { String(self[$0.upperBound...]) } ?? self
    }
}

/// Hands exchanges on to another transport, and remembers them.
struct RecordingTransport<Transport: BlockingTransport & AsyncTransport>: BlockingTransport, AsyncTransport {
    let transport: Transport
    let recorder: ExchangeRecorder

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        recorder.record(exchange)
        return try transport.perform(exchange)
    }

    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        recorder.record(exchange)
        return try await transport.perform(exchange)
    }
}
