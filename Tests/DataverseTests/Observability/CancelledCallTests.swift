import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("What observers are told of cancelled calls")
struct CancelledCallTests {
    private func run(
        _ transport: some AsyncTransport,
        _ log: EventLog,
        cancelling: (Task<Void, any Error>) async throws -> Void
    ) async throws {
        let client = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            configuration: ClientConfiguration(retry: RetryPolicy(baseDelay: .seconds(60))),
            transport: transport,
            observers: [log]
        )
        let task = Task { _ = try await client.entitySet("accounts").all() }
        try await cancelling(task)
        let result = await task.result
        guard case .failure(DataverseError.cancelled) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("before anything was sent")
    func early() async throws {
        let log = EventLog()
        let transport = ScriptedTransport([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                let client = try AsyncDataverseClient(
                    environment: "https://contoso.example",
                    credential: StaticTokenCredential("t"),
                    transport: transport,
                    observers: [log]
                )
                await #expect(throws: DataverseError.self) { try await client.entitySet("accounts").all() }
            }
            try await group.waitForAll()
        }
        #expect(log.events == ["begin query accounts", "end cancelled"])
        #expect(transport.exchanges.isEmpty)
    }

    @Test("while an exchange is under way")
    func exchange() async throws {
        struct Silent: AsyncTransport {
            let hasBegun: AsyncStream<Void>.Continuation

            func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
                hasBegun.finish()
                try? await Task.sleep(for: .seconds(600))
                throw TransportError(.cancelled, message: "cancelled", mayHaveBeenProcessed: true)
            }
        }
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let log = EventLog()
        try await run(Silent(hasBegun: continuation), log) { task in
            for await _ in stream {}
            task.cancel()
        }
        #expect(
            log.events == [
                "begin query accounts", "token", "send 1 GET accounts", "no reply 1: cancelled", "end cancelled",
            ]
        )
    }

    @Test("while it waits")
    func wait() async throws {
        let log = EventLog()
        try await run(ScriptedTransport([.reply(503)]), log) { task in
            while !log.events.contains("wait: service_failed") { try await Task.sleep(for: .milliseconds(1)) }
            task.cancel()
        }
        #expect(
            log.events == [
                "begin query accounts", "token", "send 1 GET accounts", "reply 1 503", "wait: service_failed",
                "end cancelled",
            ]
        )
    }
}
