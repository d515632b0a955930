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

    /// A warning for every template that no other one inserts, and that no file is rendered from.
    func unused() -> [Diagnostic] {
        var reached = Set(roots.map(\.name))
        var pending = Array(reached)
        while let name = pending.popLast() {
            guard let template = templates[name] else { continue }
            for tag in TemplateTag.tags(in: template.text) where tag.kind == .partial {
                if reached.insert(tag.name).inserted { pending.append(tag.name) }
            }
        }
        // A built-in template may be left over when the one that inserts it is replaced.
        let left = templates.values.filter { !reached.contains($0.name) && !$0.isBuiltIn }
        return left.sorted { $0.name < $1.name }.map { template in
            let near = NearMatches.of(template.name, in: reached).first.map { "; did you mean '\($0)'?" } ?? ""
            return Diagnostic(.warning, "no template inserts '\(template.name)'\(near)", file: template.file)
        }
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
