import AsyncHTTPClient
import Foundation
import Synchronization

/// Clients that read and write, and remember what the service has acknowledged.
final class MixedLoad: Sendable {
    /// What a client knows of its rows.
    struct Knowledge: Sendable {
        /// The names of rows by key, as they were acknowledged.
        var names: [String: String] = [:]
        var deleted: Set<String> = []
        /// Rows whose last change got no answer: it may have happened or not.
        var unknown: Set<String> = []
        var created = 0
    }

    private let service: Service
    private let isOver = Mutex(false)

    init(service: Service) { self.service = service }

    /// Says that failures are expected from now on: the server is about to be killed.
    func end() { isOver.withLock { $0 = true } }

    private var hasEnded: Bool { isOver.withLock { $0 } }

    func run(clients: Int) async -> (measurement: Measurement, knowledge: [Knowledge]) {
        let clock = ContinuousClock()
        let start = clock.now
        return await withTaskGroup(of: (Measurement, Knowledge).self) { group in
            for number in 0..<clients { group.addTask { await self.runClient(number) } }
            var all = Measurement()
            var knowledge: [Knowledge] = []
            for await (measurement, own) in group {
                all.merge(measurement)
                knowledge.append(own)
            }
            all.seconds = (clock.now - start) / .seconds(1)
            return (all, knowledge)
        }
    }

    private func runClient(_ number: Int) async -> (Measurement, Knowledge) {
        var measurement = Measurement()
        var knowledge = Knowledge()
        var generator = SystemRandomNumberGenerator()
        let clock = ContinuousClock()
        while true {
            let began = clock.now
            do {
                try await step(Int.random(in: 0..<100, using: &generator), number, &knowledge)
                measurement.latencies.append((clock.now - began) / .milliseconds(1))
            } catch {
                if hasEnded { break }
                measurement.failures["\(error)", default: 0] += 1
                if measurement.failures.count > 20 { break }
            }
            if hasEnded { break }
        }
        return (measurement, knowledge)
    }

    /// One request: seven of ten read.
    private func step(_ chance: Int, _ client: Int, _ knowledge: inout Knowledge) async throws {
        let known = knowledge.names.keys.randomElement()
        switch (chance, known) {
        case (0..<40, let key?): try await service.send(.GET, "accounts(\(key))")
        case (40..<55, let key?):
            try await service.send(.GET, "accounts?$select=name,revenue&$filter=accountid%20eq%20\(key)")
        case (55..<70, _): try await service.send(.GET, "accounts?$select=name,accountnumber&$top=50")
        case (70..<80, let key?):
            let name = "changed \(UUID().uuidString)"
            knowledge.unknown.insert(key)
            try await service.send(.PATCH, "accounts(\(key))", "{\"name\":\"\(name)\"}")
            knowledge.unknown.remove(key)
            knowledge.names[key] = name
        case (80..<85, let key?):
            knowledge.unknown.insert(key)
            try await service.send(.DELETE, "accounts(\(key))")
            knowledge.unknown.remove(key)
            knowledge.names[key] = nil
            knowledge.deleted.insert(key)
        default:
            let key = UUID().uuidString.lowercased()
            knowledge.created += 1
            let name = "client \(client), row \(knowledge.created)"
            let number = "\(client)-\(key)"
            knowledge.unknown.insert(key)
            try await service.send(
                .POST,
                "accounts",
                "{\"accountid\":\"\(key)\",\"name\":\"\(name)\",\"accountnumber\":\"\(number.prefix(20))\",\"revenue\":12.5}"
            )
            knowledge.unknown.remove(key)
            knowledge.names[key] = name
        }
    }
}
