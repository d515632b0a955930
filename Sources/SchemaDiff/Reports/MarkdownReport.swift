/// The result as a comment on a pull request: counts first, details folded, never longer than a comment may be.
public struct MarkdownReport: Sendable {
    /// The greatest length in characters. GitHub takes 65,536.
    public static let defaultLimit = 60_000

    private let result: DiffResult
    private let limit: Int

    /// - Parameters:
    ///   - result: What was found.
    ///   - limit: The greatest length in characters; what does not fit is counted.
    public init(_ result: DiffResult, limit: Int = MarkdownReport.defaultLimit) {
        self.result = result
        self.limit = limit
    }

    /// The text, which ends with a line break.
    public var text: String {
        let summary = result.summary
        var page = """
            ## Schema changes

            \(Self.code(result.oldName)) → \(Self.code(result.newName))

            | | Changes |
            |---|---:|
            | 🔴 breaking | \(summary.breaking) |
            | 🟡 risky | \(summary.risky) |
            | 🟢 safe | \(summary.safe) |

            \(result.changes.isEmpty ? "No changes." : result.bumpSentence)

            """
        var room = limit - page.count - 200
        append(renames, to: &page, &room)
        for severity in Severity.allCases.sorted(by: >) { append(severity, to: &page, &room) }
        append(accepted, to: &page, &room)
        return page
    }

    /// A heading with lines below, of which as many are kept as there is room for.
    private struct Section {
        let title: String
        let isOpen: Bool
        let lines: [String]
    }

    private func append(_ section: Section?, to page: inout String, _ room: inout Int) {
        guard let section, !section.lines.isEmpty else { return }
        let head = "\n<details\(section.isOpen ? " open" : "")>\n<summary>\(section.title)</summary>\n\n"
        let tail = "\n</details>\n"
        var left = room - head.count - tail.count - 60
        var kept = 0
        for line in section.lines {
            guard line.count + 1 <= left else { break }
            left -= line.count + 1
            kept += 1
        }
        page += head + section.lines.prefix(kept).joined(separator: "\n") + "\n"
        if kept < section.lines.count { page += "\n… and \(section.lines.count - kept) more lines\n" }
        page += tail
        room = left
    }

    private func append(_ severity: Severity, to page: inout String, _ room: inout Int) {
        let changes = result.changes.filter { $0.severity == severity }
        guard !changes.isEmpty else { return }
        var lines: [String] = []
        for group in ChangeGroup.groups(changes) {
            if !lines.isEmpty { lines.append("") }
            lines.append("**\(Self.escaped(group.title))**")
            lines.append("")
            lines += group.changes.map { line($0) }
            if group.impliedMembers > 0 { lines.append("- with \(group.membersText)") }
        }
        let title = "\(changes.count) \(severity.rawValue)"
        append(Section(title: title, isOpen: severity == .breaking, lines: lines), to: &page, &room)
    }

    private func line(_ change: Change) -> String {
        let subject = change.pathInGroup.isEmpty ? "" : Self.code(change.pathInGroup) + ": "
        var line = "- \(subject)\(Self.escaped(change.fullMessage)) (`\(change.rule.id)`)"
        if !change.symbols.isEmpty {
            line += " · Swift: " + change.symbols.map { Self.code($0.qualifiedName) }.joined(separator: ", ")
        }
        if let first = change.uses.first {
            let more = change.uses.count > 1 ? " and \(change.uses.count - 1) more" : ""
            line += " · used in \(Self.code(first.description))\(more)"
        }
        return line
    }

    private var renames: Section {
        Section(
            title: "Probable renames: \(result.renames.count)",
            isOpen: true,
            lines: result.renames.map { "- \(Self.code($0.oldPath)) → \(Self.code($0.newPath)) (\($0.percent) %)" }
        )
    }

    private var accepted: Section {
        Section(
            title: "\(result.accepted.count) accepted, and not counted",
            isOpen: false,
            lines: result.accepted.map { accepted in
                let until = accepted.acceptance.expires.map { " (until \($0))" } ?? ""
                let path = Self.code(accepted.change.path)
                return "- \(path): `\(accepted.change.rule.id)`: \(Self.escaped(accepted.acceptance.reason))\(until)"
            }
        )
    }

    // MARK: Escaping

    /// Text that Markdown and HTML take for nothing else: no links, no mentions, no tags.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "(", ")", "#", "+", "-", "!", "|", "~", "{", "}":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "@": result += "&#64;"
            case "\n", "\r", "\t": result += " "
            default: if scalar.value >= 0x20 { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    /// Code on a line, with a fence longer than any in the text.
    static func code(_ text: String) -> String {
        let line = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
        var longest = 0
        var run = 0
        for character in line.unicodeScalars {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        guard longest > 0 else { return "`\(line)`" }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence) \(line) \(fence)"
    }
}
