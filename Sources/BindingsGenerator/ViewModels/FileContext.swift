/// What every file begins with, and the words that depend on the access level.
struct FileContext: Sendable {
    /// The name of the metadata's file.
    let sourceName: String
    /// The comment that the configuration asks for, line by line.
    let headerLines: [String]
    /// The modules to import besides the runtime.
    let imports: [String]
    /// `public `, `package ` or nothing.
    let access: String
    /// `@inlinable public `, or what the access level makes of it: inlining is for public declarations only.
    let inlinableAccess: String
    /// Whether the blocking client gets what is generated.
    let isSync: Bool
    /// Whether the async client gets what is generated.
    let isAsync: Bool

    static let members: [String: ContextShape.Member] = [
        "sourceName": .text, "headerLines": .texts, "imports": .texts, "access": .text, "inlinableAccess": .text,
        "isSync": .flag, "isAsync": .flag,
    ]

    init(sourceName: String, configuration: GeneratorConfiguration) {
        self.sourceName = sourceName
        headerLines = configuration.header.map(FileContext.comment) ?? []
        imports = configuration.imports
        let accessLevel = configuration.accessLevel
        access = accessLevel == .internal ? "" : accessLevel.rawValue + " "
        inlinableAccess = (accessLevel == .public ? "@inlinable " : "") + access
        isSync = configuration.parts.contains(.sync)
        isAsync = configuration.parts.contains(.async)
    }

    func value(named name: String) -> TemplateValue? {
        switch name {
        case "access": .text(access)
        case "inlinableAccess": .text(inlinableAccess)
        case "sourceName": .text(sourceName)
        case "headerLines": .texts(headerLines)
        case "imports": .texts(imports)
        case "isSync": .flag(isSync)
        case "isAsync": .flag(isAsync)
        default: nil
        }
    }

    /// A text as lines that each are a comment; those that are one already stay as they are.
    private static func comment(_ text: String) -> [String] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        return lines.map { line in
            let content = String(line.filter { $0 != "\0" })
            if content.hasPrefix("//") { return content }
            return content.allSatisfy(\.isWhitespace) ? "//" : "// " + content
        }
    }
}
