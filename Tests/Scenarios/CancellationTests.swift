import ContosoBindings
import DataverseEmulator
import Foundation
import Testing

@testable import Dataverse

@Suite("Cancellation")
struct CancellationTests {
    @Test("cancelling a task ends its call at once", arguments: [ClientKind.asyncURLSession, .asyncAsyncHTTPClient])
    func cancellation(kind: ClientKind) async throws {
        let scenario = Scenario("a cancelled call") { context in
            context.faults.add(Fault(.latency(.seconds(600)), pathContains: "$count"))
            let call = Task { try await context.accounts.count(RowQuery()) }
            try await Task.sleep(for: .milliseconds(100))
            call.cancel()
            // Anything but "at once" would be the end of the call's time.
            await expectFailure(.cancelled) { _ = try await call.value }
        }
        _ = try await ScenarioContext.run(scenario, through: kind)
    }
}
