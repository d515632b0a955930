import DataverseCurl
import Foundation
import Testing

@testable import Dataverse

/// The transports that need no SwiftNIO, behind one interface.
enum TransportKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case blockingCurl, asyncCurl, blockingURLSession, asyncURLSession

    static let curl: [TransportKind] = [.blockingCurl, .asyncCurl]

    var testDescription: String { rawValue }
    var isCurl: Bool { self == .blockingCurl || self == .asyncCurl }
    var isBlocking: Bool { self == .blockingCurl || self == .blockingURLSession }

    /// A transport of this kind as a function.
    func make(_ configuration: CurlConfiguration = CurlConfiguration()) -> Perform {
        let transport: any BlockingTransport & AsyncTransport =
            isCurl ? CurlTransport(configuration: configuration) : URLSessionTransport()
        return Perform(transport: transport, isBlocking: isBlocking)
    }

    struct Perform: Sendable {
        let transport: any BlockingTransport & AsyncTransport
        let isBlocking: Bool

        func callAsFunction(_ exchange: HTTPExchange) async throws -> HTTPReply {
            guard isBlocking else { return try await transport.perform(exchange) }
            return try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(
                        with: Result { () throws -> HTTPReply in
                            try (transport as any BlockingTransport).perform(exchange)
                        }
                    )
                }
            }
        }

        /// The error of an exchange that must fail.
        func failure(_ exchange: HTTPExchange, sourceLocation: SourceLocation = #_sourceLocation) async
            -> TransportError?
        {
            do {
                let reply = try await self(exchange)
                Issue.record("there was a reply: \(reply.status)", sourceLocation: sourceLocation)
                return nil
            } catch {
                return error as? TransportError
            }
        }
    }
}
