import Foundation

/// The Markdown pages of the repository.
public enum DocumentationPages {
    /// Their paths.
    public static let paths: [String] = {
        let root = SourceFolder.root.standardizedFileURL
        let files = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: nil,
            options: [.skipsHiddenFiles]
        )
        var pages: [String] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "md" else { continue }
            pages.append(String(file.standardizedFileURL.path.dropFirst(root.path.count + 1)))
        }
        return pages.sorted()
    }()

    /// The text of a page.
    public static func text(of path: String) throws -> String {
        try String(contentsOf: SourceFolder.root.appending(path: path), encoding: .utf8)
    }

    /// The fenced blocks of a page in a language.
    public static func blocks(of path: String, language: String) -> [String] {
        guard let text = try? text(of: path) else { return [] }
        return text.components(separatedBy: "```\(language)\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
    }
}
