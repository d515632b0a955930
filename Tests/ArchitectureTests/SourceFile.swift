import Foundation

/// A source file of the package, as far as the rules of the architecture look at it.
struct SourceFile: Sendable {
    /// The path below `Sources`, such as `ODataCore/URL/KeyPredicate.swift`.
    let path: String
    /// The code, without comments and without the contents of string literals.
    let code: String

    var target: String { String(path.prefix { $0 != "/" }) }

    /// The modules that the file imports.
    var imports: Set<String> {
        let pattern =
            /(?m)^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|func|protocol|typealias|var|let)\s+)?(\w+)/
        return Set(code.matches(of: pattern).map { String($0.output.1) })
    }

    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All Swift files below a folder of the package.
    static func all(in folder: String = "Sources") throws -> [SourceFile] {
        let root = packageRoot.appending(path: folder)
        guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else { return [] }
        var sources: [SourceFile] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let path = String(file.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count + 1))
            let text = try String(contentsOf: file, encoding: .utf8)
            sources.append(SourceFile(path: path, code: SwiftCode.withoutProse(text)))
        }
        return sources
    }
}

/// Swift without what people read.
enum SwiftCode {
    /// The code without comments, with empty string literals.
    static func withoutProse(_ text: String) -> String {
        var code = ""
        var rest = text[...]
        while let character = rest.first {
            if rest.hasPrefix("//") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.dropFirst(2)
                rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if let end = endOfString(rest) {
                code += "\"\""
                rest = rest[end...]
            } else {
                code.append(character)
                rest.removeFirst()
            }
        }
        return code
    }

    /// Where the string literal ends that the text begins with; `nil` if it begins with none.
    private static func endOfString(_ text: Substring) -> String.Index? {
        let pounds = text.prefix { $0 == "#" }
        let afterPounds = text[pounds.endIndex...]
        guard afterPounds.first == "\"" else { return nil }
        let quotes = afterPounds.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        let escape = "\\" + pounds
        var rest = afterPounds.dropFirst(quotes.count)
        while !rest.isEmpty {
            if rest.hasPrefix(quotes + pounds) { return rest.dropFirst(quotes.count + pounds.count).startIndex }
            rest = rest.dropFirst(rest.hasPrefix(escape) ? escape.count + 1 : 1)
        }
        return rest.endIndex
    }
}
