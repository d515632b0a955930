import Dataverse
import DataverseObservability
import Foundation
import HTTPTypes
import InMemoryLogging
import InMemoryTracing
import Logging
import Metrics
import MetricsTestKit
import TestSupport
import Testing
import Tracing

@Suite("No observer tells a secret")
struct SecrecyTests {
    /// Where a secret can be, each marked with a word of its own.
    private static let secrets = [
        "marked-token", "marked-secret", "marked-issued", "marked-cookie", "marked-signature", "marked-header",
    ]

    /// All observers, as talkative as they can be, and what they have told.
    private struct Everyone {
        let log = InMemoryLogHandler()
        let metrics = TestMetrics()
        let tracer = InMemoryTracer()
        let recorder = HARRecorder(.init(maximumBodyBytes: 1 << 20, urls: .full))

        var observers: [any CallObserver] {
            var logger = Logger(label: "test") { [log] _ in log }
            logger.logLevel = .trace
            var options = LoggingObserver.Options()
            options.urls = .full
            options.maximumBodyBytes = 1 << 20
            options.includesErrorMessages = true
            var measured = MetricsObserver.Options()
            measured.includesTarget = true
            return [
                LoggingObserver(logger, options: options), MetricsObserver(measured, factory: metrics),
                TracingObserver(tracer: tracer, urls: .full), recorder,
            ]
        }

        /// Everything that was told.
        func told() -> [String: String] {
            var spans = ""
            for span in tracer.finishedSpans {
                spans += "\(span.operationName) \(span.status.map { "\($0)" } ?? "")\n"
                span.attributes.forEach { spans += "\($0) \($1)\n" }
                for event in span.events {
                    spans += "\(event.name)\n"
                    event.attributes.forEach { spans += "\($0) \($1)\n" }
                }
                for error in span.errors { spans += "\(error.error) \(String(reflecting: error.error))\n" }
            }
            let series =
                metrics.counters.map { "\($0.label) \($0.dimensions)" }
                + metrics.timers.map { "\($0.label) \($0.dimensions)" }
            return [
                "log": log.entries.map { "\($0.message) \($0.metadata)" }.joined(separator: "\n"),
                "metrics": series.joined(separator: "\n"),
                "traces": spans,
                "HAR": String(decoding: recorder.bytes(), as: UTF8.self),
            ]
        }
    }

    private func expectSecrecy(_ everyone: Everyone, mentions: [String]) {
        for (name, text) in everyone.told() {
            #expect(!text.isEmpty, "\(name) tells something")
            for secret in Self.secrets { #expect(!text.contains(secret), "\(name) tells \(secret)") }
        }
        let talk = everyone.told().values.joined(separator: "\n")
        for word in mentions {
            #expect(talk.contains(word), "somebody tells \(word), so the words are looked for well")
        }
    }

    @Test(
        "of calls: tokens that a reply echoes, cookies, signatures in URLs, headers of the app",
        arguments: [false, true]
    )
    func calls(isAsync: Bool) async throws {
        let everyone = Everyone()
        let echo = #"{"error":{"code":"7","message":"Bearer marked-token is refused; sig=marked-signature; harmless"}}"#
        let outcomes: [ScriptedTransport.Outcome] = [
            .json(
                #"{"value":[{"url":"https://files.example/x?sv=1&sig=marked-signature","token":"marked-token"}]}"#,
                [.setCookie: "session=marked-cookie"]
            ),
            .json(echo, status: 403, [.location: "https://files.example/?sig=marked-signature"]),
            .failure(
                TransportError(
                    .other,
                    message: "GET https://user:marked-secret@x.example/?sig=marked-signature, Bearer marked-token",
                    mayHaveBeenProcessed: false
                )
            ),
        ]
        let transport = ScriptedTransport(outcomes)
        let configuration = ClientConfiguration(retry: RetryPolicy(maximumAttempts: 1))
        let ownHeader = try #require(HTTPField.Name("X-Own-Key"))
        let request = ServiceRequest(.get, "accounts?sig=marked-signature", headers: [ownHeader: "marked-header"])
        if isAsync {
            let client = try AsyncDataverseClient(
                environment: "https://contoso.example",
                credential: StaticTokenCredential("marked-token"),
                configuration: configuration,
                transport: transport,
                observers: everyone.observers
            )
            for _ in 1...3 { _ = try? await client.send(request) }
        } else {
            let client = try DataverseClient(
                environment: "https://contoso.example",
                credential: StaticTokenCredential("marked-token"),
                configuration: configuration,
                transport: transport,
                observers: everyone.observers
            )
            let send = { _ = try? client.send(request) }
            for _ in 1...3 { send() }
        }
        #expect(transport.isUsedUp)
        expectSecrecy(everyone, mentions: ["harmless", "sv=1", "403"])
    }

    @Test("of sign-ins: the secret that goes out, the token that comes back", arguments: [false, true])
    func signIns(isAsync: Bool) async throws {
        let everyone = Everyone()
        let transport = ScriptedTransport([
            .json(#"{"error":"invalid_client","error_description":"AADSTS7000215: not marked-secret"}"#, status: 401),
            .json(#"{"token_type":"Bearer","access_token":"marked-issued","expires_in":3600}"#),
        ])
        let credential = try ClientSecretCredential(
            tenant: "contoso.com",
            clientID: "app",
            secret: "marked-secret",
            options: CredentialOptions(transport: transport, observers: everyone.observers)
        )
        let request = TokenRequest(scope: "https://contoso.example/.default")
        let blocking = { _ = try? credential.token(for: request) }
        for _ in 1...2 {
            if isAsync { _ = try? await credential.token(for: request) } else { blocking() }
        }
        #expect(transport.isUsedUp)
        expectSecrecy(everyone, mentions: ["sign in", "401"])
    }
}
