import Foundation
import TestSupport
import Testing

/// Reads the symbol graphs of the modules that lie beside the tests: what DocC makes the reference of.
@Suite("The reference", .enabled(if: BuiltModules.folder != nil, "no modules beside the tests"))
struct DocumentedSymbolsTests {
    private static let targets = [
        "BindingsGenerator", "CSDL", "Dataverse", "DataverseAsyncHTTPClient", "DataverseEmulator", "ODataCore",
        "ODataQuery",
        "SchemaDiagrams", "SchemaDiff",
    ]

    @Test("every public symbol is documented", arguments: targets.filter(BuiltModules.contain))
    func comments(module: String) async throws {
        let symbols = try SymbolGraph.symbols(of: module)
        #expect(symbols.count > 5)
        let silent = symbols.filter { $0.docComment == nil }.map(\.path)
        #expect(silent.sorted() == [])
    }
}

/// A module as the compiler describes it.
enum SymbolGraph {
    struct Symbol: Decodable {
        struct Comment: Decodable {}

        struct Kind: Decodable {
            let identifier: String
        }

        let pathComponents: [String]
        let kind: Kind
        let docComment: Comment?

        var path: String { pathComponents.joined(separator: ".") }
    }

    private struct Graph: Decodable {
        let symbols: [Symbol]
    }

    /// The public symbols of a module that somebody has written.
    static func symbols(of module: String) throws -> [Symbol] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "symbols-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let modules = try #require(BuiltModules.folder)
        let target = try run(["swiftc", "-print-target-info"])
        let triple = try JSONDecoder().decode(TargetInfo.self, from: Data(target.utf8)).target.triple
        let arguments = [
            "swift-symbolgraph-extract", "-module-name", module, "-target", triple, "-I", modules.path,
            "-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", folder.path,
        ]
        _ = try run(arguments + BuiltModules.cModuleArguments())
        var symbols: [Symbol] = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            symbols += try JSONDecoder().decode(Graph.self, from: Data(contentsOf: file)).symbols
        }
        // Extensions of other modules have no comment of their own, and property wrappers make symbols with a $.
        return symbols.filter { $0.kind.identifier != "swift.extension" && !$0.path.contains(".$") }
    }

    private struct TargetInfo: Decodable {
        struct Target: Decodable {
            let triple: String
        }

        let target: Target
    }

    private static func run(_ arguments: [String]) throws -> String {
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
        guard process.terminationStatus == 0 else {
            let reason = try String(contentsOf: errors, encoding: .utf8)
            throw CocoaError(.executableLoad, userInfo: [NSLocalizedDescriptionKey: reason])
        }
        return text
    }
}
