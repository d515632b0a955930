import ContosoBindings
import DataverseEmulator
import Synchronization
import Testing

@testable import Dataverse

@Suite("Cancelling a call at each of its effects")
struct CancellationMatrixTests {
    private static let kinds: [ClientKind] = [.asyncURLSession, .asyncAsyncHTTPClient, .asyncCurl]

    /// Cancels a call as soon as a condition holds, and expects it to end for that reason: what it waits for takes so long
    /// that it would end otherwise, by its own time limit, if it did not end at once.
    private func cancel(
        when isReady: @escaping @Sendable () async -> Bool,
        _ call: @escaping @Sendable () async throws -> Void
    ) async throws {
        let task = Task { try await call() }
        while !(await isReady()) { try await Task.sleep(for: .milliseconds(2)) }
        // So that the effect is surely under way.
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        await expectFailure(.cancelled) { try await task.value }
    }

    @Test("while it waits for a reply", arguments: kinds)
    func sending(kind: ClientKind) async throws {
        try await FaultContext.run(through: kind) { context in
            let context = context("sending")
            for (effect, isWrite) in [(Fault.Effect.latency(.seconds(600)), false), (.latency(.seconds(600)), true)] {
                let faults = context.faults.count
                context.faults.add(Fault(effect, method: isWrite ? "POST" : "GET"))
                try await cancel(when: { context.faults.count > faults }) {
                    if isWrite {
                        _ = try await context.accounts.create(context.row())
                    } else {
                        _ = try await context.count()
                    }
                }
            }
            // The client goes on with other calls.
            #expect(try await context.accounts.count(RowQuery()) <= 1)
        }
    }

    @Test("while a body comes slowly", arguments: kinds)
    func receiving(kind: ClientKind) async throws {
        try await FaultContext.run(through: kind) { context in
            let context = context("receiving")
            // A list has enough bytes to take minutes, two seconds for each; a count has one.
            context.faults.add(Fault(.slowBody(pieces: 6_000, pause: .seconds(2)), method: "GET"))
            try await cancel(when: { context.faults.count > 0 }) {
                _ = try await context.accounts.all(RowQuery<Account>())
            }
            #expect(try await context.count() == 0)
        }
    }

    @Test("while it waits to send again", arguments: kinds)
    func sleeping(kind: ClientKind) async throws {
        try await FaultContext.run(through: kind) { context in
            let context = context("sleeping")
            context.faults.add(Fault(.throttled(retryAfter: 120)))
            try await cancel(when: { context.faults.count > 0 }) { _ = try await context.count() }
            #expect(try await context.count() == 0)
        }
    }

    /// Never gives a token, and says when it was asked for one.
    private final class SilentCredential: AsyncTokenCredential {
        let wasAsked = Atomic(false)

        func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
            wasAsked.store(true, ordering: .relaxed)
            try? await Task.sleep(for: .seconds(600))
            throw CredentialError("The sign-in was cancelled.")
        }
    }

    @Test("while it waits for a token")
    func token() async throws {
        let credential = SilentCredential()
        let client = try AsyncDataverseClient(environment: "http://127.0.0.1:1", credential: credential)
        let task = Task { try await client.send(ServiceRequest(.get, "WhoAmI")) }
        while !credential.wasAsked.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(2)) }
        task.cancel()
        await #expect(throws: DataverseError.self) { try await task.value }
    }
}
