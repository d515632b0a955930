import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Starting and stopping", .serialized)
struct LifecycleTests {

    private static var hasOpenDatabase: Bool {
        let links = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return links.contains { link in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + link)
            return target?.contains("lifecycle-") == true
        }
    }

    @Test("An emulator that has stopped leaves nothing open, and its port is free")
    func leaks() async throws {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appending(path: "lifecycle-\(UUID().uuidString).sqlite").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) } }
        var port = 0
        for round in 0..<5 {
            var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
            configuration.dataFile = file
            configuration.port = port
            let used = try await withEmulator(configuration) { url -> Int in
                let service = Service(url: url)
                _ = try await service.create("accounts", ["name": "A"])
                #expect(try await service.get("accounts/$count").text == "\(round + 1)")
                return try #require(url.port)
            }
            // The same port again: it would be taken if something still listened.
            port = used
            #expect(!Self.hasOpenDatabase)
        }
    }

    @Test("An emulator stops when its body fails, and when its task is cancelled")
    func failures() async throws {
        struct Failure: Error {}
        let file = FileManager.default.temporaryDirectory.appending(path: "lifecycle-\(UUID().uuidString).sqlite").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) } }
        var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        configuration.dataFile = file
        await #expect(throws: Failure.self) {
            try await withEmulator(configuration) { _ in throw Failure() }
        }
        #expect(!Self.hasOpenDatabase)
        let started = AsyncStream.makeStream(of: Void.self)
        let task = Task { [configuration] in
            try await withEmulator(configuration) { _ in
                started.continuation.yield()
                try await Task.sleep(for: .seconds(60))
            }
        }
        for await _ in started.stream.prefix(1) { task.cancel() }
        _ = await task.result
        #expect(!Self.hasOpenDatabase)
    }

    @Test("Many emulators at a time keep their rows apart")
    func several() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...6 {
                group.addTask {
                    try await withContoso { service in
                        for _ in 0..<number { _ = try await service.create("accounts", ["name": "A"]) }
                        #expect(try await service.get("accounts/$count").text == "\(number)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
