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
    ///   - credential: gives the tokens instead.
    ///   - recorder: sees every exchange.
    func client(
        _ environment: URL,
        token: String = ScenarioContext.token,
        credential: (any TokenCredential & AsyncTokenCredential)? = nil,
        recorder: ExchangeRecorder = ExchangeRecorder()
    ) throws -> any ScenarioClient {
        let url = environment.absoluteString
        let credential = credential ?? StaticTokenCredential(token)
        switch self {
        case .blockingURLSession:
            return try blocking(url, credential, URLSessionTransport(), recorder)
        case .asyncURLSession:
            return try asynchronous(url, credential, URLSessionTransport(), recorder)
        case .blockingAsyncHTTPClient:
            return try blocking(url, credential, AsyncHTTPClientTransport(), recorder)
        case .asyncAsyncHTTPClient:
            return try asynchronous(url, credential, AsyncHTTPClientTransport(), recorder)
        }
    }

    private static let configuration = ClientConfiguration(retry: RetryPolicy(baseDelay: .milliseconds(5)))

    private func blocking(
        _ environment: String,
        _ credential: any TokenCredential & AsyncTokenCredential,
        _ transport: some BlockingTransport & AsyncTransport,
        _ recorder: ExchangeRecorder
    ) throws -> BlockingScenarioClient {
        BlockingScenarioClient(
            client: try DataverseClient(
                environment: environment,
                credential: credential,
                configuration: Self.configuration,
                transport: RecordingTransport(transport: transport, recorder: recorder)
            )
        )
    }

    private func asynchronous(
        _ environment: String,
        _ credential: any TokenCredential & AsyncTokenCredential,
        _ transport: some BlockingTransport & AsyncTransport,
        _ recorder: ExchangeRecorder
    ) throws -> AsyncScenarioClient {
        AsyncScenarioClient(
            client: try AsyncDataverseClient(
                environment: environment,
                credential: credential,
                configuration: Self.configuration,
                transport: RecordingTransport(transport: transport, recorder: recorder)
            )
        )
    }
}
