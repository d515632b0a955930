import ContosoBindings
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// A service in memory that creates rows, refuses some requests, loses some replies, and counts what it has created.
private final class FlakyService: BlockingTransport, AsyncTransport {
    struct State {
        var random: SeededGenerator
        var created: [String: Int] = [:]
        var underWay = 0
        var mostUnderWay = 0
        var refusals = 0
    }

    private let state: Mutex<State>
    private let hint: Int?

    init(seed: UInt64, hint: Int? = nil) {
        state = Mutex(State(random: SeededGenerator(seed: seed)))
        self.hint = hint
    }

    var created: [String: Int] { state.withLock(\.created) }
    var mostUnderWay: Int { state.withLock(\.mostUnderWay) }
    var refusals: Int { state.withLock(\.refusals) }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply { try answer(exchange) }

    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        state.withLock { state in
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
        }
        defer { state.withLock { $0.underWay -= 1 } }
        try? await Task.sleep(for: .milliseconds(state.withLock { Int.random(in: 0...3, using: &$0.random) }))
        return try answer(exchange)
    }

    private func answer(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        let names =
            ((try? JSONReader.value(from: exchange.body?.inMemory ?? []))?.objectValue?["Targets"]?.arrayValue ?? [])
            .compactMap { $0.objectValue?["name"]?.stringValue }
        let fate = state.withLock { state -> Int in
            let fate = Int.random(in: 0..<20, using: &state.random)
            if fate == 0 || fate == 1 { state.refusals += 1 }
            if fate != 0, fate != 1 { for name in names { state.created[name, default: 0] += 1 } }
            return fate
        }
        var headers: HTTPFields = [:]
        headers[.parallelismHint] = hint.map(String.init)
        switch fate {
        case 0, 1:
            headers[.retryAfter] = "0.01"
            return HTTPReply(status: .tooManyRequests, headers: headers)
        case 2:
            throw TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true)
        default:
            let ids = names.map { _ in Value.string(UUID().guid) }
            return HTTPReply(
                status: .ok,
                headers: headers,
                body: JSONWriter.bytes(from: ["Ids": .array(ids)])
            )
        }
    }
}

@Suite("Bulk changes through both clients")
struct BulkClientTests {
    private static let count = 5_000

    private var options: BulkOptions {
        var options = BulkOptions()
        options.portionSize = 25
        options.maximumParallelism = 16
        return options
    }

    private func writes() -> some Sequence<BulkWrite<Account>> {
        (0..<Self.count).lazy.map { number in .create(Account { $0.name = "row \(number)" }) }
    }

    /// No row twice, none that is said to be made missing, none lost without a word.
    private func check(_ results: [BulkResult<Account>], _ summary: BulkSummary, _ service: FlakyService) {
        #expect(results.map(\.position) == Array(0..<Self.count), "in order, each once")
        #expect(summary.done + summary.failed + summary.unknown == Self.count)
        #expect(summary.failed == 0)
        #expect(summary.unknown > 0, "some replies were lost")
        #expect(summary.unknown < Self.count / 4)
        let created = service.created
        #expect(created.values.allSatisfy { $0 == 1 }, "no row was made twice")
        for result in results {
            if case .done = result.outcome { #expect(created["row \(result.position)"] == 1) }
        }
    }

    @Test("the synchronous client")
    func blocking() throws {
        let service = FlakyService(seed: 1)
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: service
        )
        var results: [BulkResult<Account>] = []
        let summary = try client.accounts.bulk(writes(), options: options) { results.append($0) }
        check(results, summary, service)
    }

    @Test("the asynchronous client, several portions at a time, never more than the service recommends")
    func asynchronous() async throws {
        let service = FlakyService(seed: 2, hint: 6)
        let client = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: service
        )
        var results: [BulkResult<Account>] = []
        let summary = try await client.accounts.bulk(writes(), options: options) { results.append($0) }
        check(results, summary, service)
        #expect(service.mostUnderWay > 1)
        #expect(service.mostUnderWay <= 6)
        #expect(service.refusals > 0)
    }

    @Test("an input that never ends is taken only as fast as it is sent, and an error of the report ends the work")
    @MainActor
    func boundedMemory() async throws {
        struct Enough: Error {}
        let service = FlakyService(seed: 3)
        let client = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: service
        )
        var taken = 0
        var reported = 0
        var furthest = 0
        await #expect(throws: Enough.self) {
            try await client.accounts.bulk(
                next: {
                    taken += 1
                    furthest = max(furthest, taken - reported)
                    return .create(Account { $0.name = "row \(taken)" })
                },
                options: options
            ) { _ in
                reported += 1
                if reported == 20_000 { throw Enough() }
            }
        }
        #expect(furthest <= (2 * 16 + 2) * 25)
    }

    @Test("a sequence that comes by and by, and one that fails")
    func asyncSequence() async throws {
        struct Broken: Error {}
        let client = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: FlakyService(seed: 4)
        )
        let stream = AsyncThrowingStream<BulkWrite<Account>, any Error> { continuation in
            for number in 0..<60 { continuation.yield(.create(Account { $0.name = "\(number)" })) }
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) { try await client.accounts.bulk(stream, options: options) { _ in } }
    }

    @Test("cancellation ends the work")
    func cancellation() async throws {
        let client = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: FlakyService(seed: 5)
        )
        let task = Task {
            try await client.accounts.bulk(next: { .create(Account { $0.name = "x" }) }) { _ in }
        }
        try await Task.sleep(for: .milliseconds(30))
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
    }
}
