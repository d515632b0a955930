import CSDL

/// Writes documentation comments. Whatever the metadata says stays inside the comment.
enum DocumentationComment {
    /// The lines of a comment, each with its slashes.
    ///
    /// - Parameters:
    ///   - paragraphs: What the comment says. Line breaks in it begin new lines.
    ///   - indentation: How far the comment will be indented, so that lines end before column 120.
    static func lines(_ paragraphs: [String], indentation: Int) -> [String] {
        let width = 120 - indentation - 4
        if paragraphs.count == 1, let text = paragraphs.first, text.utf8.count <= width, isPlain(text) {
            return ["/// " + text]
        }
        var lines: [String] = []
        for paragraph in paragraphs {
            let wrapped = paragraph.split(whereSeparator: \.isNewline).flatMap { wrap($0, width: width) }
            guard !wrapped.isEmpty else { continue }
            if !lines.isEmpty { lines.append("///") }
            lines += wrapped.map { "/// " + $0 }
        }
        return lines
    }

    /// A name of the metadata as code inside a sentence.
    static func code(_ name: String) -> String {
        isPlain(name) && !name.utf8.contains(UInt8(ascii: "`"))
            ? "`\(name)`" : "`" + name.filter { $0 != "`" && !$0.isNewline } + "`"
    }

    /// A description as the first sentence of a comment, ending like a sentence.
    static func sentence(_ text: String) -> String {
        let trimmed = text.trimmingWhitespace()
        guard let last = trimmed.last, last.isLetter || last.isNumber || last == "`" || last == ")" || last == "\""
        else {
            return trimmed
        }
        return trimmed + "."
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private static func wrap(_ text: Substring, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            let word = String(word.filter { !$0.isControl })
            if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > width {
                lines.append(line)
                line = word
            } else {
                line += line.isEmpty ? word : " " + word
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}

extension Character {
    /// Whether the character begins with a control character, which source text should not have.
    fileprivate var isControl: Bool { unicodeScalars.first?.properties.generalCategory == .control }
}

extension String {
    func trimmingWhitespace() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
