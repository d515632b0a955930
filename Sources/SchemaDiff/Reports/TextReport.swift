/// The result for people, in plain text: grouped by type, counts last.
public struct TextReport: Sendable {
    private let result: DiffResult
    private let style: Style

    /// - Parameters:
    ///   - result: What was found.
    ///   - isColored: Whether escape sequences for colours are written.
    public init(_ result: DiffResult, isColored: Bool = false) {
        self.result = result
        style = Style(isColored: isColored)
    }

    /// How many uses of a symbol are listed.
    private static let mostUses = 5

    /// The text, which ends with a line break.
    public var text: String {
        var lines: [String] = []
        for group in ChangeGroup.groups(result.changes) {
            lines.append(style.bold(Self.printable(group.title)))
            for change in group.changes { lines += self.lines(change) }
            if group.impliedMembers > 0 {
                lines.append("  with \(group.membersText)")
            }
            lines.append("")
        }
        if !result.renames.isEmpty {
            lines.append(style.bold("Probable renames"))
            for rename in result.renames {
                lines.append(
                    Self.printable("  \(rename.oldPath) → \(rename.newPath)  \(rename.percent) %")
                )
            }
            lines.append("")
        }
        if !result.accepted.isEmpty {
            lines.append(style.bold("Accepted, and not counted"))
            for accepted in result.accepted {
                let until = accepted.acceptance.expires.map { " (until \($0))" } ?? ""
                lines.append(
                    Self.printable(
                        "  \(accepted.change.rule.id)  \(accepted.change.path): \(accepted.acceptance.reason)\(until)"
                    )
                )
            }
            lines.append("")
        }
        lines.append(result.changes.isEmpty ? result.countsSentence : result.countsSentence + " " + result.bumpSentence)
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ change: Change) -> [String] {
        let severity = change.severity.rawValue
        let padding = String(repeating: " ", count: Severity.breaking.rawValue.count - severity.count)
        let subject = change.pathInGroup.isEmpty ? "" : Self.printable(change.pathInGroup) + ": "
        var lines = [
            "  \(style.severity(change.severity))\(padding)  \(subject)\(Self.printable(change.fullMessage))  "
                + style.dim("[\(change.rule.id)]")
        ]
        let places = [change.oldLocation, change.newLocation].compactMap { $0?.description }
        let indentation = String(repeating: " ", count: 12)
        lines.append(indentation + style.dim(Self.printable(places.joined(separator: " → "))))
        if !change.symbols.isEmpty {
            let names = change.symbols.map(\.qualifiedName).joined(separator: ", ")
            lines.append(indentation + Self.printable("Swift: \(names)"))
        }
        for use in change.uses.prefix(Self.mostUses) {
            lines.append(indentation + Self.printable("used in \(use): \(use.symbol)"))
        }
        if change.uses.count > Self.mostUses {
            lines.append(indentation + "and in \(change.uses.count - Self.mostUses) more places")
        }
        return lines
    }

    /// Text from a document on a terminal: without control characters, which could write over what is there.
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isUnprintable($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isUnprintable(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private struct Style {
        let isColored: Bool

        func bold(_ text: String) -> String { wrapped(text, "1") }
        func dim(_ text: String) -> String { wrapped(text, "2") }

        func severity(_ severity: Severity) -> String {
            switch severity {
            case .breaking: wrapped(severity.rawValue, "1;31")
            case .risky: wrapped(severity.rawValue, "33")
            case .safe: wrapped(severity.rawValue, "32")
            }
        }

        private func wrapped(_ text: String, _ code: String) -> String {
            isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
        }
    }
}
