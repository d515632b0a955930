import DataverseAsyncHTTPClient
import Foundation
import Testing

@testable import Dataverse

/// The clients and transports that every scenario runs through.
enum ClientKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case blockingURLSession, asyncURLSession, blockingAsyncHTTPClient, asyncAsyncHTTPClient

    var testDescription: String { rawValue }

    /// A client of this kind.
    ///
    /// - Parameters:
    ///   - environment: the emulator's address.
    ///   - token: the bearer token to send.
    ///   - recorder: sees every exchange.
    func client(
        _ environment: URL,
        token: String = ScenarioContext.token,
        recorder: ExchangeRecorder = ExchangeRecorder()
    ) throws -> any ScenarioClient {
        let credential = StaticTokenCredential(token)
        let configuration = ClientConfiguration(retry: RetryPolicy(baseDelay: .milliseconds(5)))
        let url = environment.absoluteString
        switch self {
        case .blockingURLSession:
            return BlockingScenarioClient(
                client: try DataverseClient(
                    environment: url,
                    credential: credential,
                    configuration: configuration,
                    transport: RecordingTransport(transport: URLSessionTransport(), recorder: recorder)
                )
            )
        case .asyncURLSession:
            return AsyncScenarioClient(
                client: try AsyncDataverseClient(
                    environment: url,
                    credential: credential,
                    configuration: configuration,
                    transport: RecordingTransport(transport: URLSessionTransport(), recorder: recorder)
                )
            )
        case .blockingAsyncHTTPClient:
            return BlockingScenarioClient(
                client: try DataverseClient(
                    environment: url,
                    credential: credential,
                    configuration: configuration,
                    transport: RecordingTransport(transport: AsyncHTTPClientTransport(), recorder: recorder)
                )
            )
        case .asyncAsyncHTTPClient:
            return AsyncScenarioClient(
                client: try AsyncDataverseClient(
                    environment: url,
                    credential: credential,
                    configuration: configuration,
                    transport: RecordingTransport(transport: AsyncHTTPClientTransport(), recorder: recorder)
                )
            )
        }
    }
}
