import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Runs the built examples.
enum Example {
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    private static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent()

    static var areBuilt: Bool {
        ["contacts", "account-list", "account-server"]
            .allSatisfy { FileManager.default.isExecutableFile(atPath: folder.appending(path: $0).path) }
    }

    /// Starts an example, and reads nothing.
    static func start(
        _ name: String,
        _ arguments: [String]
    ) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let (process, output, errors) = prepare(name, arguments)
        try process.run()
        return (process, output, errors)
    }

    /// Runs an example to its end.
    static func run(_ name: String, _ arguments: [String]) async throws -> Outcome {
        let (process, output, errors) = prepare(name, arguments)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self),
            errors: String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        )
    }

    private static func prepare(_ name: String, _ arguments: [String]) -> (Process, Pipe, Pipe) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = folder.appending(path: name)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        return (process, output, errors)
    }
}

/// Talks to the example server as any HTTP client would.
struct HTTPTool {
    struct Reply {
        let status: Int
        let body: Data
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    let root: URL

    func send(_ method: String, _ path: String, body: String? = nil, version: String? = nil) async throws -> Reply {
        guard let url = URL(string: "\(root.absoluteString)/\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(version, forHTTPHeaderField: "If-Match")
        let (data, response) = try await URLSession.shared.data(for: request)
        return Reply(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: data)
    }
}
