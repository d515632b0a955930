import ContosoBindings
import DataverseEmulator
import Foundation
import Testing

@testable import Dataverse

@Suite("Many changes through random faults")
struct BulkFaultTests {
    /// What breaks a request in one way or another.
    static let effects: [Fault.Effect] = [
        .throttled(retryAfter: 0), .status(503), .status(502), .status(504), .connectionDropped, .connectionReset,
        .replyDropped, .replyReset, .truncatedBody(bytes: 7), .bodyReset(bytes: 7), .tokenRejected,
    ]
    private static let kinds: [ClientKind] = [.blockingCurl, .asyncCurl, .asyncAsyncHTTPClient]

    /// How many rows are written; the soak takes 100,000.
    static let rowCount =
        ProcessInfo.processInfo.environment["DATAVERSE_FAULT_ROWS"].flatMap { Int($0) } ?? 1_000

    private func bulk(
        _ writes: [BulkWrite<Account>],
        _ options: BulkOptions,
        in context: FaultContext
    ) async throws -> [BulkResult<Account>] {
        var results: [BulkResult<Account>] = []
        switch context.client {
        case let client as BlockingScenarioClient:
            results = try await onThread {
                var results: [BulkResult<Account>] = []
                try EntitySet<Account>(client.client).bulk(writes, options: options) { results.append($0) }
                return results
            }
        case let client as AsyncScenarioClient:
            try await AsyncEntitySet<Account>(client.client).bulk(writes, options: options) { results.append($0) }
        default: Issue.record("no client")
        }
        return results
    }

    private func options(_ method: BulkOptions.Method) -> BulkOptions {
        var options = BulkOptions()
        options.method = method
        options.portionSize = max(10, Self.rowCount / 200)
        options.maximumParallelism = 8
        return options
    }

    /// The numbers of the rows that are there.
    private func numbers(in context: FaultContext) async throws -> [Int32] {
        context.faults.removeAll()
        let query = RowQuery<Account>().select { [$0.numberofemployees] }.where { $0.name == context.tag }
        return try await context.accounts.all(query).compactMap(\.numberofemployees)
    }

    @Test(
        "with alternate keys, every row arrives exactly once",
        arguments: kinds,
        [BulkOptions.Method.multiple, .batch]
    )
    func keyed(kind: ClientKind, method: BulkOptions.Method) async throws {
        try await FaultContext.run(through: kind, records: false) { context in
            let context = context("keyed")
            let writes = (0..<Self.rowCount).map { number in
                BulkWrite<Account>.upsert(
                    .accountnumber("A-\(number)"),
                    context.row { $0.numberofemployees = Int32(number) }
                )
            }
            context.faults.happen(Self.effects, to: 0.05, seed: 5)
            let results = try await bulk(writes, options(method), in: context)
            #expect(context.faults.count > 3)
            #expect(results.map(\.position) == Array(0..<Self.rowCount))
            for case .failed(let error) in results.map(\.outcome) { Issue.record("failed: \(error)") }
            for case .unknown(let error) in results.map(\.outcome) { Issue.record("unknown: \(error)") }
            #expect(try await numbers(in: context).sorted() == (0..<Int32(Self.rowCount)).map { $0 })
        }
    }

    @Test(
        "without them, no row arrives twice, and what is unknown is said to be",
        arguments: kinds,
        [BulkOptions.Method.multiple, .batch]
    )
    func created(kind: ClientKind, method: BulkOptions.Method) async throws {
        try await FaultContext.run(through: kind, records: false) { context in
            let context = context("created")
            let writes = (0..<Self.rowCount).map { number in
                BulkWrite<Account>.create(context.row { $0.numberofemployees = Int32(number) })
            }
            context.faults.happen(Self.effects, to: 0.05, seed: 6)
            let results = try await bulk(writes, options(method), in: context)
            #expect(context.faults.count > 3)
            #expect(results.map(\.position) == Array(0..<Self.rowCount))
            let numbers = try await numbers(in: context)
            let arrived = Set(numbers)
            #expect(arrived.count == numbers.count, "a row arrived twice")
            var unknown = 0
            for result in results {
                switch result.outcome {
                case .done: #expect(arrived.contains(Int32(result.position)), "a row was lost")
                case .failed(let error): #expect(!arrived.contains(Int32(result.position)), "\(error)")
                case .unknown: unknown += 1
                }
            }
            #expect(unknown > 0, "some replies were lost")
            #expect(unknown < Self.rowCount / 2)
        }
    }
}
