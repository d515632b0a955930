/// Writes documentation comments. Whatever the metadata says stays inside the comment.
enum DocumentationComment {
    /// A comment: lines that begin with slashes, the first without indentation, the others with it.
    ///
    /// - Parameters:
    ///   - paragraphs: What the comment says. Line breaks in it begin new lines; other white space is a single space.
    ///   - indentation: How far the comment is indented. Lines end before column 120.
    static func text(_ paragraphs: [String], indentation: Int) -> String {
        let width = 120 - indentation - "/// ".utf8.count
        if paragraphs.count == 1, paragraphs[0].utf8.count <= width, isPlain(paragraphs[0]) {
            return "/// " + paragraphs[0]
        }
        var wrapper = LineWrapper(width: width, indentation: indentation)
        for paragraph in paragraphs { wrapper.add(paragraph: paragraph) }
        return wrapper.text
    }

    /// The same, and below it the attribute of a declaration that must not be used any more.
    ///
    /// - Parameters:
    ///   - paragraphs: What the comment says.
    ///   - indentation: How far the comment is indented.
    ///   - deprecation: Why the declaration is deprecated, and what to use instead; `nil` where it is not.
    static func text(_ paragraphs: [String], indentation: Int, deprecation: String?) -> String {
        let comment = text(paragraphs, indentation: indentation)
        guard let deprecation else { return comment }
        let message = SwiftLiteral.string(line(deprecation))
        return comment + "\n" + String(repeating: " ", count: indentation)
            + "@available(*, deprecated, message: \(message))"
    }

    /// A text on one line, without what cannot be seen, at most 400 characters long.
    static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                let isSpace = scalar.properties.isWhitespace
                if isSpace, line.last != " ", !line.isEmpty { line.append(" ") }
            default: line.append(scalar)
            }
        }
        let text = String(line).trimmingWhitespace()
        return text.count > 400 ? text.prefix(399) + "…" : text
    }

    /// A name of the metadata as code inside a sentence.
    static func code(_ name: String) -> String {
        let name = name.utf8.count > 300 ? name.prefix(300) + "…" : name
        if name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "`") }) { return "`\(name)`" }
        return "`" + name.filter { $0 != "`" && !$0.isNewline } + "`"
    }

    /// A description as a sentence of a comment; of a very long one the beginning.
    static func sentence(_ text: String) -> String {
        let bounded = text.utf8.count > 4_000 ? text.prefix(2_000) + "…" : text
        let trimmed = bounded.trimmingWhitespace()
        guard let last = trimmed.last, last.isLetter || last.isNumber || "`)\"'".contains(last) else { return trimmed }
        return trimmed + "."
    }

    /// Whether a text has only printable characters of ASCII and no space that would be folded.
    fileprivate static func isPlain(_ text: String) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7F, byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return previous != 0x20
    }
}

/// Breaks paragraphs into the lines of a comment.
private struct LineWrapper {
    private let width: Int
    private let margin: String
    private var line = String.UnicodeScalarView()
    private var lineLength = 0
    private(set) var text = ""

    init(width: Int, indentation: Int) {
        self.width = width
        margin = "\n" + String(repeating: " ", count: indentation)
    }

    mutating func add(paragraph: String) {
        if DocumentationComment.isPlain(paragraph) { return add(plainParagraph: paragraph) }
        var isFirst = true
        var word = String.UnicodeScalarView()
        var wordLength = 0
        for scalar in paragraph.unicodeScalars {
            switch Kind(scalar) {
            case .visible:
                word.append(scalar)
                wordLength += 1
            case .space:
                add(word, wordLength, isFirst: &isFirst)
                (word, wordLength) = (String.UnicodeScalarView(), 0)
            case .newline:
                add(word, wordLength, isFirst: &isFirst)
                (word, wordLength) = (String.UnicodeScalarView(), 0)
                endLine()
            case .invisible:
                break
            }
        }
        add(word, wordLength, isFirst: &isFirst)
        endLine()
    }

    /// The same for printable ASCII with single spaces, as almost all comments are.
    private mutating func add(plainParagraph paragraph: String) {
        guard !paragraph.isEmpty else { return }
        if !text.isEmpty { text += margin + "///" }
        var rest = paragraph.utf8[...]
        while !rest.isEmpty {
            var end = rest.endIndex
            if rest.count > width {
                let limit = rest.index(rest.startIndex, offsetBy: width + 1)
                end =
                    rest[..<limit].lastIndex(of: UInt8(ascii: " "))
                    ?? rest[limit...].firstIndex(of: UInt8(ascii: " ")) ?? rest.endIndex
            }
            if !text.isEmpty { text += margin }
            text += "/// "
            text += Substring(rest[..<end])
            rest = rest[end...].dropFirst()
        }
    }

    private mutating func add(_ word: String.UnicodeScalarView, _ length: Int, isFirst: inout Bool) {
        guard length > 0 else { return }
        if isFirst, !text.isEmpty { text += margin + "///" }
        isFirst = false
        if lineLength > 0, lineLength + 1 + length > width { endLine() }
        if lineLength > 0 {
            line.append(" ")
            lineLength += 1
        }
        line.append(contentsOf: word)
        lineLength += length
    }

    private mutating func endLine() {
        guard lineLength > 0 else { return }
        if !text.isEmpty { text += margin }
        text += "/// "
        text.unicodeScalars.append(contentsOf: line)
        line.removeAll()
        lineLength = 0
    }

    private enum Kind {
        case visible, space, newline, invisible

        init(_ scalar: Unicode.Scalar) {
            switch scalar.value {
            case 0x21...0x7E: self = .visible
            case 0x20, 0x09: self = .space
            case 0x0A...0x0D, 0x85, 0x2028, 0x2029: self = .newline
            case 0x00...0x1F, 0x7F...0x9F: self = .invisible
            default:
                switch scalar.properties.generalCategory {
                case .spaceSeparator: self = .space
                case .control, .format: self = scalar.value == 0x200D ? .visible : .invisible
                default: self = .visible
                }
            }
        }
    }
}

extension String {
    func trimmingWhitespace() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
