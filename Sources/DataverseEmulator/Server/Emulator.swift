import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import ServiceLifecycle

/// A Web API server with rows in SQLite and tables from CSDL.
///
/// Tests use ``withEmulator(_:_:)``; a program that serves until it is stopped uses ``run(stopsOnSignals:onReady:)``.
public struct Emulator: Sendable {
    private let configuration: EmulatorConfiguration
    private let service: EmulatorService

    /// Makes an emulator and opens its database.
    ///
    /// - Throws: GRDB's `DatabaseError` if the file is no database or cannot be written.
    public init(_ configuration: EmulatorConfiguration) throws {
        self.configuration = configuration
        service = try EmulatorService(configuration: configuration)
    }

    /// Puts the rows of a file into the tables. Rows with a key are created or changed; others are created where their
    /// table is empty.
    ///
    /// - Throws: ``SeedError`` for a table that does not exist, or a row that the service refuses; nothing of the file is
    ///   in the tables then.
    public func seed(_ file: SeedFile) async throws { try await Seeder(service: service).seed(file) }

    /// Serves requests until SIGINT or SIGTERM comes, or the task is cancelled.
    ///
    /// - Parameters:
    ///   - stopsOnSignals: Whether SIGINT and SIGTERM stop the server.
    ///   - onReady: Called once requests are served, with the address of the environment: without `/api/data`.
    /// - Throws: NIO's `IOError` if the port is taken; ``TLSError`` if there is no place for the certificates;
    ///   ``SeedError`` if the rows to begin with are refused.
    public func run(stopsOnSignals: Bool = true, onReady: @escaping @Sendable (URL) async -> Void) async throws {
        for file in configuration.seeds { try await seed(file) }
        let host = configuration.host
        let scheme = configuration.scheme
        var logger = configuration.logger
        // Hummingbird tells of its own starting and stopping; requests are logged by the responder.
        logger.logLevel = max(logger.logLevel, .warning)
        let application = Application(
            responder: EmulatorResponder(service: service, configuration: configuration),
            server: try server(),
            configuration: ApplicationConfiguration(address: .hostname(host, port: configuration.port)),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port, let url = URL(string: "\(scheme)://\(host):\(port)") else {
                    return
                }
                await onReady(url)
            },
            logger: logger
        )
        do {
            try await run(application, stopsOnSignals: stopsOnSignals, logger: logger)
        } catch is CancellationError {
            // A request was still being answered when the time for stopping was up.
        } catch {
            try? service.close()
            throw error
        }
        try service.close()
    }

    private func server() throws -> HTTPServerBuilder {
        guard let tls = configuration.tls else { return .http1() }
        let authority = try CertificateAuthority(tls)
        return try .tls(.http1(), tlsConfiguration: try authority.serverConfiguration(host: configuration.host))
    }

    /// Runs the server, and lets it finish what it is doing when the task is cancelled: a connection that is being
    /// accepted must not be left without a handler.
    private func run(_ application: some Service, stopsOnSignals: Bool, logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: [application],
            gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(2)
        let group = ServiceGroup(configuration: configuration)
        let running = Task { try await group.run() }
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            Task { await group.triggerGracefulShutdown() }
        }
    }
}

/// Runs an emulator while a body runs, and stops it afterwards, whatever the outcome.
///
/// ```swift
/// try await withEmulator(configuration) { url in
///     let client = DataverseClient(url: url, …)
/// }
/// ```
///
/// - Parameters:
///   - configuration: What to serve. With the default port every emulator gets a free one of its own.
///   - body: Runs once requests are served, with the address of the environment: without `/api/data`.
/// - Returns: What the body returns.
/// - Throws: What the body throws, or why the emulator cannot start.
public func withEmulator<Result: Sendable>(
    _ configuration: EmulatorConfiguration,
    _ body: @Sendable (URL) async throws -> Result
) async throws -> Result {
    let emulator = try Emulator(configuration)
    let (ready, continuation) = AsyncThrowingStream.makeStream(of: URL.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            do {
                try await emulator.run(stopsOnSignals: false) { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        defer { group.cancelAll() }
        var addresses = ready.makeAsyncIterator()
        guard let url = try await addresses.next() else { throw CancellationError() }
        let result = try await body(url)
        group.cancelAll()
        try await group.waitForAll()
        return result
    }
}
