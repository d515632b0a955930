import ArgumentParser
import AsyncHTTPClient
import Foundation
import NIOCore

/// The whole check.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Measure the emulator beside a bare route, then write under load, kill it and count the rows."
    )

    @Option(help: "The executable dataverse-emulator; the default is the one beside this one.")
    var emulator: String?

    @Option(help: "The CSDL file with the table 'account'.")
    var metadata = "Examples/Contoso/metadata.xml"

    @Option(help: "How many clients there are at a time.")
    var clients = 64

    @Option(help: "For how many seconds clients read and write.")
    var seconds = 60

    @Flag(help: "Only some seconds, to see that nothing is lost; figures of so short a time mean little.")
    var short = false

    func run() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = clients
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let folder = FileManager.default.temporaryDirectory.appending(path: "emulator-load-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let result: Result<Bool, any Error>
        do {
            result = .success(try await check(client, folder))
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        try? FileManager.default.removeItem(atPath: folder)
        if try !result.get() { throw ExitCode.failure }
    }

    private func executable(_ name: String) -> String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name).path
    }

    private func serve(_ folder: String) async throws -> ServerProcess {
        try await ServerProcess(
            emulator ?? executable("dataverse-emulator"),
            ["serve", "--metadata", metadata, "--data", folder + "/rows.sqlite"],
            readyFile: folder + "/ready"
        )
    }

    private func check(_ client: HTTPClient, _ folder: String) async throws -> Bool {
        let server = try await serve(folder)
        defer { server.end() }
        print("ready after \(Int(server.startTime / .milliseconds(1))) ms")
        let service = Service(client: client, address: server.address)
        let keys = try await createRows(service)
        try await compare(service, keys, client, folder)
        return try await endure(server, service, client, folder, seeded: keys)
    }

    // MARK: Beside a bare route

    private func createRows(_ service: Service) async throws -> [String] {
        let keys = (0..<1000).map { _ in UUID().uuidString.lowercased() }
        let rows = keys.enumerated().map { place, key in
            """
            {"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":"\(key)","name":"Account \(place)",\
            "accountnumber":"A\(place)","revenue":\(place).25,"numberofemployees":\(place)}
            """
        }
        let body = "{\"Targets\":[\(rows.joined(separator: ","))]}"
        try await service.send(.POST, "accounts/Microsoft.Dynamics.CRM.CreateMultiple", body)
        return keys
    }

    private func compare(_ service: Service, _ keys: [String], _ client: HTTPClient, _ folder: String) async throws {
        let row = "accounts(\(keys[500]))"
        let page = "accounts?$top=50"
        let rowBody = try await service.send(.GET, row).body
        let pageBody = try await service.send(.GET, page).body
        try Data(rowBody.readableBytesView).write(to: URL(fileURLWithPath: folder + "/row"))
        try Data(pageBody.readableBytesView).write(to: URL(fileURLWithPath: folder + "/page"))
        let bare = try await ServerProcess(
            CommandLine.arguments[0].contains("/") ? CommandLine.arguments[0] : executable("emulator-load"),
            ["bare", "--row", folder + "/row", "--page", folder + "/page"],
            readyFile: folder + "/bare-ready"
        )
        defer { bare.end() }
        let duration = Duration.milliseconds(short ? 500 : 8000)
        let cases = [
            ("row by key (\(rowBody.readableBytes) bytes)", "row", row),
            ("page of 50 (\(pageBody.readableBytes) bytes)", "page", page),
        ]
        for (name, barePath, path) in cases {
            for count in [1, clients] {
                // Warm both up before they are measured.
                _ = await Measurement.run(clients: count, for: duration / 8) { try await service.send(.GET, path) }
                let bareAddress = bare.address + "/" + barePath
                let reference = await Measurement.run(clients: count, for: duration) {
                    try await service.send(.GET, bareAddress)
                }
                let measured = await Measurement.run(clients: count, for: duration) {
                    try await service.send(.GET, path)
                }
                print(reference.line("bare, \(name), \(count) clients"))
                print(measured.line("emulator, \(name), \(count) clients", comparedTo: reference))
                for (failure, count) in measured.failures { print("  \(count) failures: \(failure)") }
            }
        }
    }

    // MARK: Under load

    private func endure(
        _ server: ServerProcess,
        _ service: Service,
        _ client: HTTPClient,
        _ folder: String,
        seeded: [String]
    ) async throws -> Bool {
        let load = MixedLoad(service: service)
        async let running = load.run(clients: clients)
        try await Task.sleep(for: .seconds(short ? 3 : seconds))
        let memory = server.residentSize
        load.end()
        server.end()
        let (measurement, knowledge) = await running
        print(measurement.line("mixed load, \(clients) clients"))
        if let memory { print("memory under load: \(memory >> 20) MB") }
        for (failure, count) in measurement.failures { print("  \(count) failures: \(failure)") }

        let second = try await serve(folder)
        defer { second.end() }
        print("killed, ready again after \(Int(second.startTime / .milliseconds(1))) ms")
        let found = try await Service(client: client, address: second.address)
            .values("accounts?$select=name", "accountid", "name")
        var lost = seeded.filter { found[$0] == nil }.count
        var acknowledged = seeded.count
        for own in knowledge {
            acknowledged += own.names.count + own.deleted.count
            lost += own.names.filter { key, name in !own.unknown.contains(key) && found[key] != name }.count
            lost += own.deleted.filter { found[$0] != nil }.count
        }
        print("\(acknowledged) acknowledged rows checked, \(lost) lost")
        return lost == 0 && measurement.failures.isEmpty && !measurement.latencies.isEmpty
    }
}
