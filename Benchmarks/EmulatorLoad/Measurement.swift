import Foundation

/// How long requests took.
struct Measurement: Sendable {
    var latencies: [Double] = []
    var seconds = 0.0
    /// What went wrong, each kind once with its number.
    var failures: [String: Int] = [:]

    var throughput: Double { Double(latencies.count) / max(seconds, 0.001) }

    func percentile(_ share: Double) -> Double {
        let sorted = latencies.sorted()
        guard let last = sorted.indices.last else { return 0 }
        return sorted[min(last, Int(Double(sorted.count) * share))]
    }

    mutating func merge(_ other: Measurement) {
        latencies += other.latencies
        failures.merge(other.failures) { $0 + $1 }
    }

    /// Lets clients send one request after the other until the time is up.
    static func run(
        clients: Int,
        for duration: Duration,
        _ request: @escaping @Sendable () async throws -> Void
    ) async -> Measurement {
        let clock = ContinuousClock()
        let start = clock.now
        return await withTaskGroup(of: Measurement.self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var own = Measurement()
                    while clock.now - start < duration {
                        let began = clock.now
                        do {
                            try await request()
                            own.latencies.append((clock.now - began) / .milliseconds(1))
                        } catch {
                            own.failures["\(error)", default: 0] += 1
                        }
                    }
                    return own
                }
            }
            var all = Measurement()
            for await own in group { all.merge(own) }
            all.seconds = (clock.now - start) / .seconds(1)
            return all
        }
    }

    func line(_ name: String, comparedTo bare: Measurement? = nil) -> String {
        func number(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }
        var line = name.padding(toLength: 34, withPad: " ", startingAt: 0)
        line += " \(number(throughput, 0)) requests/s, p50 \(number(percentile(0.5), 2)) ms"
        line += ", p95 \(number(percentile(0.95), 2)) ms, p99 \(number(percentile(0.99), 2)) ms"
        if let bare { line += ", \(number(throughput / max(bare.throughput, 0.001) * 100, 0)) % of bare" }
        return line
    }
}
