import Foundation
import TestSupport

/// Type-checks code against the modules that the tests were built with.
enum TypeChecker {
    /// Something that the compiler said.
    struct Message: Sendable {
        let line: Int
        /// `error`, `warning` or `note`.
        let severity: String
        let text: String
    }

    /// The folder with the modules of this build.
    static let modules: URL? = BuiltModules.contain("ContosoBindings") ? BuiltModules.folder : nil

    /// What imports `Dataverse` needs its module of libcurl too.
    private static let libcurl = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/CLibCurl")

    /// What the compiler says about a file with these lines.
    static func messages(about lines: [String], arguments: [String] = []) throws -> [Message] {
        guard let modules else { throw CocoaError(.fileNoSuchFile) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "dataverse-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "Checked.swift")
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)

        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["swiftc", "-typecheck", "-swift-version", "6", "-diagnostic-style", "llvm", "-I", modules.path]
            + ["-I", libcurl.path] + arguments + [file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()

        let pattern = /Checked\.swift:(\d+):\d+: (error|warning|note): (.*)/
        let messages = text.split(separator: "\n").compactMap { line -> Message? in
            guard let match = line.firstMatch(of: pattern), let number = Int(match.output.1) else { return nil }
            return Message(line: number, severity: String(match.output.2), text: String(match.output.3))
        }
        guard !messages.isEmpty || process.terminationStatus == 0 else {
            throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: text])
        }
        return messages
    }
}
