import Foundation
import TestSupport
import Testing

/// A module as the compiler describes it.
struct SymbolGraph {
    struct Symbol: Decodable {
        struct Comment: Decodable {}

        struct Kind: Decodable {
            let identifier: String
        }

        struct Identifier: Decodable {
            let precise: String
        }

        let identifier: Identifier
        let pathComponents: [String]
        let kind: Kind
        let docComment: Comment?

        var path: String { pathComponents.joined(separator: ".") }
    }

    private struct Graph: Decodable {
        let symbols: [Symbol]
    }

    private struct TargetInfo: Decodable {
        struct Target: Decodable {
            let triple: String
        }

        let target: Target
    }

    private let module: String
    private let folder: URL
    private var graphs: URL { folder.appending(path: "graphs") }

    /// Extracts the graph of a module that was built.
    init(of module: String) throws {
        self.module = module
        folder = FileManager.default.temporaryDirectory.appending(path: "symbols-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: graphs, withIntermediateDirectories: true)
        let modules = try #require(BuiltModules.folder)
        let target = try Self.run(["swiftc", "-print-target-info"]).output
        let triple = try JSONDecoder().decode(TargetInfo.self, from: Data(target.utf8)).target.triple
        let arguments = [
            "swift-symbolgraph-extract", "-module-name", module, "-target", triple, "-I", modules.path,
            "-minimum-access-level", "public", "-output-dir", graphs.path,
        ]
        let result = try Self.run(arguments + BuiltModules.cModuleArguments())
        guard result.status == 0 else {
            throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: result.errors])
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// The public symbols that somebody has written.
    func symbols() throws -> [Symbol] {
        var symbols: [Symbol] = []
        for file in try FileManager.default.contentsOfDirectory(at: graphs, includingPropertiesForKeys: nil) {
            symbols += try JSONDecoder().decode(Graph.self, from: Data(contentsOf: file)).symbols
        }
        // Extensions of other modules have no comment of their own, what a type gets from a protocol has the comment of the
        // protocol, and property wrappers make symbols with a $.
        return symbols.filter { symbol in
            symbol.kind.identifier != "swift.extension" && !symbol.path.contains(".$")
                && !symbol.identifier.precise.contains("::SYNTHESIZED::")
        }
    }

    /// What DocC warns of when it makes pages of the module and its catalogue.
    func documentationWarnings(with catalogue: URL) throws -> [String] {
        let result = try Self.run([
            "docc", "convert", catalogue.path, "--fallback-display-name", module, "--fallback-bundle-identifier",
            module,
            "--additional-symbol-graph-dir", graphs.path, "--output-path", folder.appending(path: "pages").path,
        ])
        let lines = (result.output + result.errors).split(separator: "\n").map(String.init)
        let warnings = lines.filter { $0.contains("warning:") || $0.contains("error:") }
        return result.status == 0 || !warnings.isEmpty ? warnings : ["docc ended with \(result.status)"]
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        let errors = FileManager.default.temporaryDirectory.appending(path: "errors-\(UUID().uuidString)")
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, try String(contentsOf: errors, encoding: .utf8))
    }
}
