import CSDL

/// A tag of a template: `{{name}}`.
struct TemplateTag {
    enum Kind {
        case variable, section, invertedSection, end, partial, comment, pragma, unfinished, unsupported
    }

    let kind: Kind
    /// What the tag names.
    let name: String
    let position: SourcePosition
    /// Where the tag is in the UTF-8 of the template.
    let range: Range<Int>

    /// The tags of a template, in order.
    static func tags(in text: String) -> [TemplateTag] {
        let bytes = Array(text.utf8)
        let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        var tags: [TemplateTag] = []
        var line = 1
        var lineStart = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") {
                line += 1
                lineStart = index + 1
            }
            guard bytes[index] == open, index + 1 < bytes.count, bytes[index + 1] == open else {
                index += 1
                continue
            }
            let position = SourcePosition(line: line, column: index - lineStart + 1)
            let isTriple = index + 2 < bytes.count && bytes[index + 2] == open
            let start = index + (isTriple ? 3 : 2)
            let length = isTriple ? 3 : 2
            var end = start
            while end + length <= bytes.count, !bytes[end..<end + length].allSatisfy({ $0 == close }) { end += 1 }
            guard end + length <= bytes.count else {
                tags.append(TemplateTag(kind: .unfinished, name: "", position: position, range: index..<bytes.count))
                return tags
            }
            tags.append(
                TemplateTag(
                    content: bytes[start..<end],
                    isTriple: isTriple,
                    position: position,
                    range: index..<end + length
                )
            )
            for place in start..<end where bytes[place] == UInt8(ascii: "\n") {
                line += 1
                lineStart = place + 1
            }
            index = end + length
        }
        return tags
    }

    private init(kind: Kind, name: String, position: SourcePosition, range: Range<Int>) {
        self.kind = kind
        self.name = name
        self.position = position
        self.range = range
    }

    private init(content: ArraySlice<UInt8>, isTriple: Bool, position: SourcePosition, range: Range<Int>) {
        let text = String(decoding: content, as: UTF8.self).trimmingWhitespace()
        self.position = position
        self.range = range
        let rest = String(text.dropFirst()).trimmingWhitespace()
        if isTriple {
            (kind, name) = (.variable, text)
            return
        }
        switch text.first {
        case "#": (kind, name) = (.section, rest)
        case "^": (kind, name) = (.invertedSection, rest)
        case "/": (kind, name) = (.end, rest)
        case ">": (kind, name) = (.partial, rest)
        case "!": (kind, name) = (.comment, rest)
        case "%": (kind, name) = (.pragma, rest)
        case "&": (kind, name) = (.variable, rest)
        case "=", "<", "$", "*": (kind, name) = (.unsupported, text)
        default: (kind, name) = text.contains("(") ? (.unsupported, text) : (.variable, text)
        }
    }
}
