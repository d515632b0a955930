import Foundation

/// Runs the built command.
enum Command {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The command that was built with the tests: beside the test bundle.
    static let executable: URL? = {
        for candidate in ["/proc/self/exe", CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath) {
            var folder = URL(filePath: candidate).resolvingSymlinksInPath().deletingLastPathComponent()
            for _ in 0..<4 {
                let executable = folder.appending(path: "dataverse-gen")
                if FileManager.default.isExecutableFile(atPath: executable.path) { return executable }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }()

    /// Runs the command with variables of the environment besides those of the tests.
    static func run(
        _ arguments: [String],
        in folder: URL? = nil,
        environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = folder }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        let errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: text, as: UTF8.self),
            errors: try String(contentsOf: errors, encoding: .utf8)
        )
    }
}
