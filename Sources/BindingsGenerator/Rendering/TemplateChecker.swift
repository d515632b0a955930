import CSDL

/// Finds what templates name and do not get.
///
/// Mustache renders a variable, section or partial that does not exist as nothing, silently. Here every name is looked
/// up in the documented context before anything is rendered.
struct TemplateChecker {
    private let templates: [String: TemplateSource]
    private let roots: [(name: String, shape: ContextShape)]

    /// Checks the templates that files are rendered from.
    init(templates: [TemplateSource]) {
        self.init(templates: templates, roots: TemplateLibrary.Root.allCases.map { ($0.rawValue, $0.shape) })
    }

    init(templates: [TemplateSource], roots: [(name: String, shape: ContextShape)]) {
        self.templates = Dictionary(templates.map { ($0.name, $0) }) { $1 }
        self.roots = roots
    }

    /// The problems, in the order of the templates.
    func check() -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for (name, shape) in roots {
            guard let template = templates[name] else {
                diagnostics.append(Diagnostic(.error, "there is no template '\(name)'", file: name + ".mustache"))
                continue
            }
            check(template, scopes: [.contexts(shape)], partials: [name], diagnostics: &diagnostics)
        }
        // A partial is checked wherever it is used; one mistake in it is one message.
        var seen: Set<Diagnostic> = []
        return diagnostics.filter { seen.insert($0).inserted }
    }

    /// What a section makes of the names inside it.
    private enum Scope {
        case contexts(ContextShape)
        case texts
        case same

        var members: [String: ContextShape.Member] {
            if case .contexts(let shape) = self { shape.members } else { [:] }
        }
    }

    private func check(
        _ template: TemplateSource,
        scopes: [Scope],
        partials: [String],
        diagnostics: inout [Diagnostic]
    ) {
        var scopes = scopes
        var sections: [(name: String, position: SourcePosition)] = []

        func report(_ message: String, _ position: SourcePosition) {
            diagnostics.append(Diagnostic(.error, message, file: template.file, position: position))
        }

        func member(_ tag: TemplateTag) -> ContextShape.Member? {
            if tag.name == "." { return .text }
            if tag.name == "first()" || tag.name == "last()" { return .flag }
            for scope in scopes.reversed() {
                if let member = scope.members[tag.name] { return member }
            }
            let known = Set(scopes.flatMap(\.members.keys))
            let near = NearMatches.of(tag.name, in: known).first.map { "; did you mean '\($0)'?" }
            report(
                "unknown name '\(tag.name)'" + (near ?? "; the context of each template is in Templates/README.md"),
                tag.position
            )
            return nil
        }

        for tag in TemplateTag.tags(in: template.text) {
            switch tag.kind {
            case .comment, .pragma:
                break
            case .variable:
                switch member(tag) {
                case .contexts, .flag, .texts:
                    report("'\(tag.name)' is not a text; use it as a section: {{#\(tag.name)}}", tag.position)
                case .text, nil:
                    break
                }
            case .section:
                sections.append((tag.name, tag.position))
                switch member(tag) {
                case .contexts(let shape): scopes.append(.contexts(shape()))
                case .texts: scopes.append(.texts)
                case .text, .flag, nil: scopes.append(.same)
                }
            case .invertedSection:
                sections.append((tag.name, tag.position))
                _ = member(tag)
                scopes.append(.same)
            case .end:
                guard let open = sections.popLast(), open.name == tag.name else {
                    return report("the section '\(tag.name)' ends here but does not begin before", tag.position)
                }
                scopes.removeLast()
            case .partial:
                guard let partial = templates[tag.name] else {
                    report("there is no template '\(tag.name)'", tag.position)
                    continue
                }
                guard !partials.contains(tag.name) else {
                    report("the template '\(tag.name)' includes itself", tag.position)
                    continue
                }
                check(partial, scopes: scopes, partials: partials + [tag.name], diagnostics: &diagnostics)
            case .unfinished:
                report("'{{' without '}}'", tag.position)
            case .unsupported:
                report("the tag '{{\(tag.name)' is not supported", tag.position)
            }
        }
        if let open = sections.last { report("the section '\(open.name)' does not end", open.position) }
    }
}

/// A tag of a template: `{{name}}`.
struct TemplateTag {
    enum Kind {
        case variable, section, invertedSection, end, partial, comment, pragma, unfinished, unsupported
    }

    let kind: Kind
    /// What the tag names.
    let name: String
    let position: SourcePosition

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
                tags.append(TemplateTag(kind: .unfinished, name: "", position: position))
                return tags
            }
            tags.append(TemplateTag(content: bytes[start..<end], isTriple: isTriple, position: position))
            for place in start..<end where bytes[place] == UInt8(ascii: "\n") {
                line += 1
                lineStart = place + 1
            }
            index = end + length
        }
        return tags
    }

    private init(kind: Kind, name: String, position: SourcePosition) {
        self.kind = kind
        self.name = name
        self.position = position
    }

    private init(content: ArraySlice<UInt8>, isTriple: Bool, position: SourcePosition) {
        let text = String(decoding: content, as: UTF8.self).trimmingWhitespace()
        self.position = position
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
