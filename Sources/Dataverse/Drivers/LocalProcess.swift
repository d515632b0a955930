import Foundation

/// A program on this machine that a credential asks, such as the Azure CLI.
package struct LocalProcess: Sendable {
    /// The program, as an absolute path.
    package let executable: String
    package let arguments: [String]
    /// How long it may take.
    package let timeout: Duration

    package init(executable: String, arguments: [String], timeout: Duration) {
        self.executable = executable
        self.arguments = arguments
        self.timeout = timeout
    }

    /// What came of it.
    package struct Output: Sendable {
        /// The exit status, or 128 and the number of the signal that ended the program.
        package let status: Int32
        package let standardOutput: Secret
        package let standardError: String

        package init(status: Int32, standardOutput: Secret, standardError: String) {
            self.status = status
            self.standardOutput = standardOutput
            self.standardError = standardError
        }
    }

    /// The largest output that is kept; the rest is read and dropped.
    static let maximumOutput = 1 << 20

    #if os(macOS) || os(Linux)
    /// How often a program that says nothing is looked after.
    private static let glance = Duration.milliseconds(20)
    /// How long a program's children may keep its output open after its end.
    private static let grace = Duration.seconds(1)

    /// Runs the program, without a shell, and blocks until it has ended.
    ///
    /// - Throws: `CredentialError` if it cannot be started, takes too long, or is interrupted.
    package func run(until interruption: Interruption) throws(CredentialError) -> Output {
        var child: ChildProcess
        do throws(ChildProcess.Failure) {
            child = try ChildProcess(executable, arguments)
        } catch {
            throw CredentialError("\(executable) cannot be started: \(error.reason)", reason: .unavailable)
        }
        let deadline = ContinuousClock.now + timeout
        var end: ContinuousClock.Instant?
        // Both outputs are read while the program runs: one that is full would stop it.
        while !child.hasClosedOutputs {
            child.readOutputs(waiting: Self.glance)
            if end == nil, child.hasEnded { end = .now }
            if let end, .now - end > Self.grace { break }
            if end == nil { try check(interruption, deadline, child) }
        }
        while !child.hasEnded {
            try check(interruption, deadline, child)
            child.pause(Self.glance)
        }
        return Output(
            status: child.status(),
            standardOutput: Secret(String(decoding: child.standardOutput, as: UTF8.self)),
            standardError: String(decoding: child.standardError, as: UTF8.self)
        )
    }

    private func check(
        _ interruption: Interruption,
        _ deadline: ContinuousClock.Instant,
        _ child: borrowing ChildProcess
    ) throws(CredentialError) {
        if interruption.isInterrupted {
            throw CredentialError("The sign-in was cancelled.", reason: .cancelled)
        }
        if .now > deadline {
            throw CredentialError("\(executable) took longer than \(timeout).", reason: .unreachable)
        }
    }
    #else
    package func run(until interruption: Interruption) throws(CredentialError) -> Output {
        throw CredentialError("This system lets apps start no programs.", reason: .unavailable)
    }
    #endif
}
