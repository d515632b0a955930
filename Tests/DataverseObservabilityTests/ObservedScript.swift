import ContosoBindings
import Dataverse
import Foundation
import HTTPTypes
import TestSupport

/// One call against canned replies, through both clients.
enum ObservedScript {
    static let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F") ?? UUID()
    static let secretText = "Ada Lovelace"

    private static let requestID = HTTPField.Name("x-ms-service-request-id").map {
        [HTTPField(name: $0, value: "SR-1")]
    }

    /// Throttled first, then a page of one row.
    static var throttledOnce: [ScriptedTransport.Outcome] {
        [
            .reply(429, [.retryAfter: "0"]),
            .json(#"{"value":[{"name":"\#(secretText)"}]}"#, HTTPFields(requestID ?? [])),
        ]
    }

    /// The service says no, in words that quote a value.
    static var refused: [ScriptedTransport.Outcome] {
        [
            .json(
                #"{"error":{"code":"0x80040237","message":"There is \#(secretText) already."}}"#,
                status: 412,
                HTTPFields(requestID ?? [])
            )
        ]
    }

    /// Asks for accounts by name.
    ///
    /// - Returns: what was sent.
    @discardableResult
    static func query(
        isAsync: Bool,
        _ outcomes: [ScriptedTransport.Outcome],
        observers: [any CallObserver]
    ) async throws -> [HTTPExchange] {
        let transport = ScriptedTransport(outcomes)
        let configuration = ClientConfiguration(
            retry: RetryPolicy(maximumAttempts: 3, baseDelay: .milliseconds(1))
        )
        if isAsync {
            let client = try AsyncDataverseClient(
                environment: "https://contoso.example",
                credential: StaticTokenCredential("token-of-the-app"),
                configuration: configuration,
                transport: transport,
                observers: observers
            )
            _ = try? await client.accounts.where { $0.name == secretText }.all()
        } else {
            let client = try DataverseClient(
                environment: "https://contoso.example",
                credential: StaticTokenCredential("token-of-the-app"),
                configuration: configuration,
                transport: transport,
                observers: observers
            )
            let run = { _ = try? client.accounts.where { $0.name == secretText }.all() }
            run()
        }
        return transport.exchanges
    }
}
