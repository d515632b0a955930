import Foundation
import Synchronization

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
        package let status: Int32
        package let standardOutput: Secret
        package let standardError: String

        package init(status: Int32, standardOutput: Secret, standardError: String) {
            self.status = status
            self.standardOutput = standardOutput
            self.standardError = standardError
        }
    }

    /// The largest output that is read.
    static let maximumOutput = 1 << 20

    #if os(macOS) || os(Linux)
    /// Runs the program, without a shell, and blocks until it has ended.
    ///
    /// - Throws: `CredentialError` if it cannot be started, takes too long, or is interrupted.
    package func run(until interruption: Interruption) throws(CredentialError) -> Output {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        let hasEnded = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in hasEnded.signal() }
        do {
            try process.run()
        } catch {
            throw CredentialError("\(executable) cannot be started: \(error)", reason: .unavailable)
        }
        // Both pipes are read while the program runs: one that is full would stop it.
        let (outputText, errorText) = (PipeReader(output), PipeReader(errors))
        interruption.onInterruption { [pid = process.processIdentifier] in kill(pid, SIGTERM) }
        defer { interruption.onInterruption(nil) }
        let isInTime = hasEnded.wait(timeout: .now() + timeout / .seconds(1)) == .success
        if !isInTime {
            kill(process.processIdentifier, SIGKILL)
            hasEnded.wait()
        }
        if interruption.isInterrupted {
            throw CredentialError("The sign-in was cancelled.", reason: .cancelled)
        }
        guard isInTime else {
            throw CredentialError("\(executable) took longer than \(timeout).", reason: .unreachable)
        }
        return Output(
            status: process.terminationStatus,
            standardOutput: Secret(outputText.text()),
            standardError: errorText.text()
        )
    }
    #else
    package func run(until interruption: Interruption) throws(CredentialError) -> Output {
        throw CredentialError("This system lets apps start no programs.", reason: .unavailable)
    }
    #endif
}

#if os(macOS) || os(Linux)
/// Reads a pipe to its end on a thread of its own.
private final class PipeReader: Sendable {
    private let data = Mutex(Data())
    private let isDone = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread { [self] in
            while let piece = try? handle.read(upToCount: 1 << 16), !piece.isEmpty {
                data.withLock { if $0.count < LocalProcess.maximumOutput { $0.append(piece) } }
            }
            isDone.signal()
        }
    }

    /// The text, once the program has ended. A child of it that keeps the pipe open is not waited for.
    func text() -> String {
        _ = isDone.wait(timeout: .now() + 1)
        return String(decoding: data.withLock { $0 }, as: UTF8.self)
    }
}
#endif
