import Foundation

/// A source file of the package, as far as the rules of the architecture look at it.
struct SourceFile: Sendable {
    /// The path below `Sources`, such as `ODataCore/URL/KeyPredicate.swift`.
    let path: String
    /// The names and marks of the code, without comments and without the contents of string literals.
    let tokens: [String]

    var target: String { String(path.prefix { $0 != "/" }) }

    /// The modules that the file imports.
    var imports: Set<String> {
        var modules: Set<String> = []
        for (index, token) in tokens.enumerated() where token == "import" && index + 1 < tokens.count {
            let kinds = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
            let isKind = kinds.contains(tokens[index + 1]) && index + 2 < tokens.count
            modules.insert(tokens[index + (isKind ? 2 : 1)])
        }
        return modules
    }

    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All Swift files of the package's sources.
    static func all() throws -> [SourceFile] { try read.get() }

    /// Read once for all tests.
    private static let read = Result { try readAll() }

    private static func readAll() throws -> [SourceFile] {
        let root = packageRoot.appending(path: "Sources").standardizedFileURL
        guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else { return [] }
        var sources: [SourceFile] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let path = String(file.standardizedFileURL.path.dropFirst(root.path.count + 1))
            sources.append(SourceFile(path: path, tokens: CodeTokens.tokens(of: [UInt8](try Data(contentsOf: file)))))
        }
        return sources
    }
}
