import ContosoBindings
import DataverseCredentials
import DataverseEmulator
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import Dataverse

@Suite("Secrets never show", .timeLimit(.minutes(5)))
struct RedactionTests {
    /// All that printing a value can bring to light.
    private static func everything(_ value: Any) -> String {
        var dumped = ""
        dump(value, to: &dumped, maxDepth: 30, maxItems: 10_000)
        return
            "\(value) \(String(reflecting: value)) \(String(describing: Mirror(reflecting: value).children.map(\.value))) \(dumped)"
    }

    /// Remembers what goes over the wire.
    private final class Spy: BlockingTransport, AsyncTransport {
        private let transport = URLSessionTransport()
        private let seen = Mutex<[(HTTPExchange, HTTPReply)]>([])
        var all: [(HTTPExchange, HTTPReply)] { seen.withLock { $0 } }

        func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
            let reply = try transport.perform(exchange)
            seen.withLock { $0.append((exchange, reply)) }
            return reply
        }
    }

    @Test("not in credentials, clients, exchanges, replies and requests", arguments: CredentialKind.allCases)
    func values(kind: CredentialKind) async throws {
        try await SignInService.run { service in
            service.signIn.expectDeviceCode(.approved, pendingPolls: 0)
            let credential = try kind.make(service)
            let spy = Spy()
            let client = try DataverseClient(
                environment: service.url.absoluteString,
                credential: credential,
                transport: spy
            )
            _ = try await AsyncCredentialDriver.onThread { _ in Result { try client.accounts.count() } }.get()
            let token = try credential.token(for: service.request)
            let exchange = try #require(spy.all.first)
            #expect(exchange.0.headers[.authorization] == "Bearer \(token.secret)")
            let request = TokenRequest(scope: service.request.scope, rejected: token)
            let text = Self.everything(
                [credential, client, token, request, exchange.0, exchange.1, client.context] as [Any]
            )
            for secret in try CredentialKind.secrets(service) + [token.secret] { #expect(!text.contains(secret)) }
            #expect(text.contains("redacted"))
        }
    }

    @Test("not in the exchanges with the identity provider")
    func signInExchanges() async throws {
        try await SignInService.run { service in
            for kind in [CredentialKind.secret, .certificatePSS, .workload, .appService, .deviceCode, .browser] {
                service.signIn.expectDeviceCode(.approved, pendingPolls: 0)
                let spy = Spy()
                let credential = try kind.make(service, transport: spy)
                let token = try credential.token(for: service.request)
                #expect(!spy.all.isEmpty)
                let text = Self.everything(spy.all)
                for secret in try CredentialKind.secrets(service) + [token.secret, "client_assertion", "refresh_token"]
                {
                    #expect(!text.contains(secret))
                }
            }
        }
    }

    @Test("not in errors", arguments: CredentialKind.allCases)
    func errors(kind: CredentialKind) async throws {
        try await SignInService.run { service in
            service.signIn.expectDeviceCode(.declined, pendingPolls: 0)
            // Every app is replaced by one that refuses everything.
            let credential = try kind.make(service)
            for id in ["secret-app", "certificate-app", "federated-app"] {
                service.signIn.register(SignIn.Client(id: id))
            }
            service.signIn.expireTokens()
            let client = try ClientKind.blockingURLSession.client(service.url, credential: credential)
            do {
                _ = try await client.rows(of: Account.self).count(RowQuery())
                #expect(
                    ["browser", "metadataService", "userAssigned", "appService", "standard"].contains(kind.rawValue)
                )
            } catch {
                let text = Self.everything(error)
                for secret in try CredentialKind.secrets(service) { #expect(!text.contains(secret)) }
            }
        }
    }
}
