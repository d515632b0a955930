import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("What observers are told of sign-ins")
struct SignInObserverTests {
    @Test("exchanges with the identity provider, from both kinds of clients, without their bodies")
    func events() async throws {
        let granted = ScriptedTransport.Outcome.json(#"{"token_type":"Bearer","access_token":"T1","expires_in":3600}"#)
        var logs: [EventLog] = []
        for isAsync in [false, true] {
            let log = EventLog()
            logs.append(log)
            let options = CredentialOptions(
                transport: ScriptedTransport([.reply(503, [.retryAfter: "0"]), granted]),
                observers: [log]
            )
            let credential = try ClientSecretCredential(
                tenant: "contoso.com",
                clientID: "app",
                secret: "s3cret-s3cret",
                options: options
            )
            let request = TokenRequest(scope: "https://contoso.crm.dynamics.com/.default")
            let blocking: () throws -> Void = { _ = try credential.token(for: request) }
            for _ in 1...2 {
                if isAsync { _ = try await credential.token(for: request) } else { try blocking() }
            }
        }
        let url = "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token"
        for log in logs {
            #expect(
                log.events == [
                    "begin sign in", "send 1 POST \(url)", "reply 1 503",
                    "wait: service_failed, asked for 0.0 seconds",
                    "send 2 POST \(url) (attempt 2: service_failed)", "reply 2 200", "end ok",
                ]
            )
        }
    }
}
