import Foundation

/// What credentials take from the machine they run on. Tests hand in their own.
package struct CredentialSystem: Sendable {
    /// Tells the date.
    package var date: @Sendable () -> Date
    /// Tells the time, for what expires.
    package var now: @Sendable () -> ContinuousClock.Instant
    /// The environment variable of a name; `nil` if it is not set, or empty.
    package var variable: @Sendable (String) -> String?
    /// The bytes of a small file.
    package var readFile: @Sendable (String) throws -> [UInt8]
    /// Runs a program and waits for its end.
    package var run: @Sendable (LocalProcess, Interruption) throws(CredentialError) -> LocalProcess.Output
    /// Makes identifiers of requests.
    package var makeIdentifier: @Sendable () -> UUID
    /// Gives a number from 0 up to 1 for each wait.
    package var jitter: @Sendable () -> Double

    /// This machine.
    package static let current = CredentialSystem(
        date: { Date() },
        now: { ContinuousClock.now },
        variable: { name in ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 } },
        readFile: { path in [UInt8](try Data(contentsOf: URL(filePath: path))) },
        run: { process, interruption throws(CredentialError) in try process.run(until: interruption) },
        makeIdentifier: { UUID() },
        jitter: { .random(in: 0..<1) }
    )
}
