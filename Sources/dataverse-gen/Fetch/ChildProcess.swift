import CSDL
import Foundation

/// Another program, whose lines are read while it runs.
final class ChildProcess {
    private let process = Process()
    private let output = Pipe()
    private let errorFile: URL

    /// Starts a program that is looked for in `PATH`.
    ///
    /// - Parameters:
    ///   - name: the name of the program.
    ///   - arguments: what is given to it; every user of the machine can read it.
    ///   - input: what it reads from its standard input.
    /// - Throws: `CommandFailure` where there is no such program.
    init(_ name: String, _ arguments: [String], input: String = "") throws(CommandFailure) {
        errorFile = FileManager.default.temporaryDirectory.appending(path: "dataverse-gen-\(UUID().uuidString)")
        guard let executable = ChildProcess.find(name) else {
            throw .badInput(Diagnostic(.error, "the program '\(name)' is needed and not installed"))
        }
        let standardInput = Pipe()
        process.executableURL = executable
        process.arguments = arguments
        process.standardInput = standardInput
        process.standardOutput = output
        do {
            try Data().write(to: errorFile)
            process.standardError = try FileHandle(forWritingTo: errorFile)
            try process.run()
            try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try standardInput.fileHandleForWriting.close()
        } catch {
            throw .badInput(Diagnostic(.error, "'\(executable.path)' cannot be run: \(error)"))
        }
    }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: errorFile)
    }

    /// What the program wrote to its standard error, without white space around it.
    var errors: String {
        let text = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Reads lines until the program ends.
    ///
    /// - Parameters:
    ///   - onLine: called with each line.
    ///   - onIdle: called after each pause of a quarter of a second.
    /// - Returns: the exit status.
    @discardableResult
    func readLines(onLine: (String) -> Void, onIdle: () -> Void = {}) throws(CommandFailure) -> Int32 {
        let descriptor = output.fileHandleForReading.fileDescriptor
        var pending = Data()
        while true {
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&state, 1, 250) == 0 {
                onIdle()
                continue
            }
            let bytes = output.fileHandleForReading.availableData
            if bytes.isEmpty { break }
            pending += bytes
            while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                onLine(String(decoding: pending[..<end], as: UTF8.self))
                pending.removeSubrange(...end)
            }
        }
        if !pending.isEmpty { onLine(String(decoding: pending, as: UTF8.self)) }
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Where a program is that is looked for in `PATH`; `nil` where there is none.
    static func find(_ name: String) -> URL? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = folders.map { URL(filePath: String($0)).appending(path: name) }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
