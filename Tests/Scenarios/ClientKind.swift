import DataverseAsyncHTTPClient
import DataverseCurl
import Foundation
import Testing

@testable import Dataverse

/// The clients and transports that every scenario runs through.
enum ClientKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case blockingURLSession, asyncURLSession, blockingAsyncHTTPClient, asyncAsyncHTTPClient, blockingCurl, asyncCurl

    var testDescription: String { rawValue }

    /// A client of this kind.
    ///
    /// - Parameters:
    ///   - environment: the emulator's address.
    ///   - token: the bearer token to send.
    ///   - credential: gives the tokens instead.
    ///   - recorder: sees every exchange.
    func client(
        _ environment: URL,
        token: String = ScenarioContext.token,
        credential: (any TokenCredential & AsyncTokenCredential)? = nil,
        recorder: ExchangeRecorder = ExchangeRecorder()
    ) throws -> any ScenarioClient {
        try client(
            environment,
            credential: credential ?? StaticTokenCredential(token),
            configuration: ClientConfiguration(retry: RetryPolicy(baseDelay: .milliseconds(5))),
            recorder: recorder
        )
    }

    /// A client of this kind.
    ///
    /// - Parameters:
    ///   - environment: the emulator's address.
    ///   - credential: gives the tokens.
    ///   - configuration: retries and timeouts.
    ///   - recorder: sees every exchange.
    ///   - observers: learn what happens to calls.
    func client(
        _ environment: URL,
        credential: any TokenCredential & AsyncTokenCredential,
        configuration: ClientConfiguration,
        recorder: ExchangeRecorder,
        observers: [any CallObserver] = []
    ) throws -> any ScenarioClient {
        let url = environment.absoluteString
        func blocking(_ transport: some BlockingTransport & AsyncTransport) throws -> BlockingScenarioClient {
            BlockingScenarioClient(
                client: try DataverseClient(
                    environment: url,
                    credential: credential,
                    configuration: configuration,
                    transport: RecordingTransport(transport: transport, recorder: recorder),
                    observers: observers
                )
            )
        }
        func asynchronous(_ transport: some BlockingTransport & AsyncTransport) throws -> AsyncScenarioClient {
            AsyncScenarioClient(
                client: try AsyncDataverseClient(
                    environment: url,
                    credential: credential,
                    configuration: configuration,
                    transport: RecordingTransport(transport: transport, recorder: recorder),
                    observers: observers
                )
            )
        }
        return switch self {
        case .blockingURLSession: try blocking(URLSessionTransport())
        case .asyncURLSession: try asynchronous(URLSessionTransport())
        case .blockingAsyncHTTPClient: try blocking(AsyncHTTPClientTransport())
        case .asyncAsyncHTTPClient: try asynchronous(AsyncHTTPClientTransport())
        case .blockingCurl: try blocking(CurlTransport())
        case .asyncCurl: try asynchronous(CurlTransport())
        }
    }
}
