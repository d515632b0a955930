import ContosoBindings
import DataverseEmulator
import Foundation
import Synchronization
import Testing

@testable import Dataverse

/// Mixed load with faults for as long as DATAVERSE_SOAK_SECONDS says: `./dev soak 600`.
@Suite("Soak", .serialized)
struct SoakTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["DATAVERSE_SOAK_SECONDS"].flatMap { Double($0) }

    @Test(
        "memory, threads and files stay as they are",
        .enabled(if: seconds != nil, "DATAVERSE_SOAK_SECONDS is not set"),
        arguments: [ClientKind.asyncCurl, .blockingCurl, .asyncAsyncHTTPClient]
    )
    func soak(kind: ClientKind) async throws {
        let duration = Duration.seconds((Self.seconds ?? 0) / 3)
        try await FaultContext.run(through: kind, records: false) { context in
            context("").faults.happen(
                BulkFaultTests.effects + [.slowBody(pieces: 3, pause: .milliseconds(1))],
                to: 0.05,
                seed: 1
            )
            let start = ContinuousClock.now
            let tally = Tally()
            await withTaskGroup(of: Void.self) { group in
                for lane in 0..<8 {
                    group.addTask {
                        var round = 0
                        while ContinuousClock.now - start < duration {
                            round += 1
                            let context = context("lane \(lane), round \(round)")
                            for call in Self.calls {
                                do {
                                    try await call(context)
                                } catch {
                                    tally.failures.add(1, ordering: .relaxed)
                                }
                                tally.calls.add(1, ordering: .relaxed)
                            }
                        }
                    }
                }
                group.addTask {
                    while ContinuousClock.now - start < duration {
                        try? await Task.sleep(for: duration / 50)
                        tally.samples.withLock { $0.append(.now) }
                    }
                }
            }
            let (early, late) = tally.samples.withLock { samples in
                (Sample.largest(samples.dropFirst(5).prefix(10)), Sample.largest(samples.suffix(10)))
            }
            print(
                "\(kind): \(tally.calls.load(ordering: .relaxed)) calls, \(tally.failures.load(ordering: .relaxed)) failed;",
                "at first \(early), in the end \(late)"
            )
            #expect(tally.calls.load(ordering: .relaxed) > 0)
            #expect(late.megabytes < early.megabytes * 1.25 + 20)
            #expect(late.files <= early.files + 20)
            #expect(late.threads <= early.threads + 10)
        }
    }

    /// What an app does; a row that is made is deleted in the end, as far as faults allow it.
    private static let calls: [@Sendable (FaultContext) async throws -> Void] = [
        { context in
            let id = try await context.accounts.create(context.row())
            _ = try await context.accounts.retrieve(id)
            try await context.accounts.update(id) { $0.revenue = 5 }
            try await context.accounts.delete(.id(id))
        },
        { context in
            let ids = try await context.accounts.create((0..<50).map { _ in context.row() })
            _ = try await context.accounts.all(RowQuery<Account>().where { $0.name == context.tag }.pageSize(20))
            for id in ids { try await context.accounts.delete(.id(id)) }
        },
        { context in _ = try await context.client.call(.function("WhoAmI")) },
        { context in
            for row in try await context.accounts.all(RowQuery<Account>().select { [$0.name] }.top(50))
            where row.name == context.tag {
                if let id = row.id { try await context.accounts.delete(.id(id)) }
            }
        },
    ]
}

/// What has happened so far.
private final class Tally: Sendable {
    let calls = Atomic(0)
    let failures = Atomic(0)
    let samples = Mutex<[Sample]>([])
}

/// What the process uses.
private struct Sample: CustomStringConvertible {
    var megabytes = 0.0
    var files = 0
    var threads = 0

    static var now: Sample {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        func value(_ name: String) -> Int {
            status.split(separator: "\n").first { $0.hasPrefix(name) }
                .flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        return Sample(megabytes: Double(value("VmRSS:")) / 1000, files: files, threads: value("Threads:"))
    }

    static func largest(_ samples: ArraySlice<Sample>) -> Sample {
        samples.reduce(into: Sample()) { largest, sample in
            largest.megabytes = max(largest.megabytes, sample.megabytes)
            largest.files = max(largest.files, sample.files)
            largest.threads = max(largest.threads, sample.threads)
        }
    }

    var description: String { "\(megabytes) MB, \(files) files, \(threads) threads" }
}
