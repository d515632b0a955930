import Foundation

/// A server in a process of its own, which tells its address in a file.
struct ServerProcess: Sendable {
    let address: String
    let startTime: Duration
    private let process: Process

    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts a server and waits until it is ready.
    init(_ executable: String, _ arguments: [String], readyFile: String) async throws {
        try? FileManager.default.removeItem(atPath: readyFile)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments + ["--ready-file", readyFile]
        process.standardOutput = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        while true {
            if let text = try? String(contentsOfFile: readyFile, encoding: .utf8),
                let line = text.split(separator: "\n").first
            {
                address = String(line)
                break
            }
            guard process.isRunning, ContinuousClock.now - start < .seconds(60) else {
                process.terminate()
                throw NotStarted(description: "\(executable) did not start")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        startTime = ContinuousClock.now - start
        self.process = process
    }

    /// The memory that the process occupies, in bytes; `nil` where the system does not tell.
    var residentSize: Int? {
        let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first.map { $0 * 1024 }
    }

    /// Ends the process at once, as a crash would.
    func end() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
