import ContosoBindings
import DataverseEmulator
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Observers over real HTTP: what the service says of an exchange is what they tell.
@Suite("What observers see of an emulator")
struct ObserverScenarios {
    /// Collects the identifiers of the service, and the outcomes of exchanges and calls.
    private final class Diary: CallObserver, CallFollower {
        private let state = Mutex<(lines: [String], requestIDs: [String])>(([], []))

        var lines: [String] { state.withLock(\.lines) }
        var requestIDs: [String] { state.withLock(\.requestIDs) }

        func callBegins(_ call: ObservedCall) -> any CallFollower {
            state.withLock { $0.lines.append("\(call.name)") }
            return self
        }

        func exchangeEnds(
            _ exchange: ObservedExchange,
            _ result: Result<ObservedReply, TransportError>,
            after duration: Duration
        ) {
            state.withLock { state in
                switch result {
                case .success(let reply):
                    state.lines.append("\(exchange.method) \(reply.status.code)")
                    state.requestIDs += reply.serviceRequestID.map { [$0] } ?? []
                case .failure: state.lines.append("\(exchange.method) without a reply")
                }
            }
        }

        func callEnds(_ failure: DataverseError?, after duration: Duration) {
            state.withLock { $0.lines.append(failure?.kind.rawValue ?? "ok") }
        }
    }

    @Test("calls that work, that are throttled, that break, and that fail", arguments: ClientKind.allCases)
    func calls(kind: ClientKind) async throws {
        let root = SourceFolder.root
        let configuration = try EmulatorConfiguration(
            metadataFile: root.appending(path: "Examples/Contoso/metadata.xml").path
        )
        let faults = configuration.faults
        try await withEmulator(configuration) { url in
            let (diary, recorder) = (Diary(), HARRecorder())
            let client = try kind.client(
                url,
                credential: StaticTokenCredential("token-of-this-test"),
                configuration: ClientConfiguration(retry: RetryPolicy(baseDelay: .milliseconds(1))),
                recorder: ExchangeRecorder(),
                observers: [diary, recorder]
            )
            let accounts = client.rows(of: Account.self)
            let id = try await accounts.create(Account { $0.name = "Ada Lovelace" })
            faults.add(Fault(.throttled(retryAfter: 0), method: "GET"))
            faults.add(Fault(.truncatedBody(bytes: 5), method: "GET"))
            _ = try await accounts.retrieve(id)
            let other = UUID()
            let error = await #expect(throws: DataverseError.self) {
                try await accounts.update(other) { $0.name = "B" }
            }
            #expect(error?.kind == .notFound && error?.serviceRequestID == diary.requestIDs.last)
            #expect(
                diary.lines == [
                    "create accounts", "POST 204", "ok",
                    "retrieve accounts", "GET 429", "GET without a reply", "GET 200", "ok",
                    "update accounts", "PATCH 404", "notFound",
                ]
            )
            // The emulator names each exchange, as the service does.
            #expect(Set(diary.requestIDs).count == 4)
            let log = String(decoding: recorder.bytes(), as: UTF8.self)
            #expect(recorder.count == 5)
            #expect(!log.contains("token-of-this-test") && !log.contains("Ada Lovelace"))
            for requestID in diary.requestIDs { #expect(log.contains(requestID)) }
        }
    }
}
