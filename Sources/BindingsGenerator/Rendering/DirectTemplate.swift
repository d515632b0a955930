/// A template that is rendered without swift-mustache, to the same bytes.
///
/// All of a large schema takes swift-mustache a tenth of a second, most of it for values that could be of any type. The
/// contexts here say what each value is. A template that has something else in it than text, variables, sections and
/// partials, each where what it means is beyond doubt, is left to swift-mustache, with all that insert it.
struct DirectTemplate: Sendable {
    private indirect enum Node: Sendable {
        case text(String)
        case variable(String)
        /// `{{.}}`
        case current
        case section(String, [Node])
        case invertedSection(String, [Node])
        case position(Position, isInverted: Bool, [Node])
        case partial([Node])
    }

    /// What `{{#first()}}` and `{{#last()}}` ask for.
    private enum Position: String, Sendable {
        case first = "first()"
        case last = "last()"
    }

    private let nodes: [Node]

    /// Compiles a template and those that it inserts; `nil` where swift-mustache has to render it.
    ///
    /// - Parameters:
    ///   - name: The name of the template.
    ///   - templates: All templates by name, which `TemplateChecker` has found right.
    init?(_ name: String, in templates: [String: TemplateSource]) {
        guard let nodes = DirectTemplate.nodes(of: name, in: templates) else { return nil }
        self.nodes = nodes
    }

    /// The text that the template makes of a context.
    func render(_ context: some TemplateContext) -> String {
        var renderer = Renderer(context)
        renderer.render(nodes, at: nil)
        return renderer.text
    }

    // MARK: Compiling

    private static func nodes(of name: String, in templates: [String: TemplateSource]) -> [Node]? {
        // Without its first line, a template has HTML escaped.
        let pragma = "{{% CONTENT_TYPE:TEXT}}\n"
        guard let text = templates[name]?.text, text.hasPrefix(pragma),
            !text.contains(where: { $0.isNewline && $0 != "\n" })
        else { return nil }
        let bytes = Array(text.utf8)
        var open: [(tag: TemplateTag, nodes: [Node])] = []
        var nodes: [Node] = []
        var start = pragma.utf8.count
        for tag in TemplateTag.tags(in: text).dropFirst() {
            if start < tag.range.lowerBound {
                nodes.append(.text(String(decoding: bytes[start..<tag.range.lowerBound], as: UTF8.self)))
            }
            start = tag.range.upperBound
            if tag.kind == .variable {
                nodes.append(tag.name == "." ? .current : .variable(tag.name))
                continue
            }
            switch placement(of: tag.range, in: bytes) {
            case .inline: break
            case .ownLine: start += 1
            case .unclear: return nil
            }
            switch tag.kind {
            case .section, .invertedSection:
                open.append((tag, nodes))
                nodes = []
            case .end:
                guard let (tag, before) = open.popLast() else { return nil }
                nodes = before + [node(of: tag, nodes)]
            case .partial:
                guard let inserted = DirectTemplate.nodes(of: tag.name, in: templates) else { return nil }
                nodes.append(.partial(inserted))
            default:
                return nil
            }
        }
        if start < bytes.count { nodes.append(.text(String(decoding: bytes[start...], as: UTF8.self))) }
        return open.isEmpty ? nodes : nil
    }

    private static func node(of tag: TemplateTag, _ content: [Node]) -> Node {
        let isInverted = tag.kind == .invertedSection
        if let position = Position(rawValue: tag.name) {
            return .position(position, isInverted: isInverted, content)
        }
        return isInverted ? .invertedSection(tag.name, content) : .section(tag.name, content)
    }

    private enum Placement {
        /// Among other things.
        case inline
        /// The line has nothing else, and is not part of the output.
        case ownLine
        /// There is white space around it on the line, or the text ends.
        case unclear
    }

    private static func placement(of tag: Range<Int>, in bytes: [UInt8]) -> Placement {
        let newline = UInt8(ascii: "\n")
        func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var before = tag.lowerBound
        while before > 0, isSpace(bytes[before - 1]) { before -= 1 }
        var after = tag.upperBound
        while after < bytes.count, isSpace(bytes[after]) { after += 1 }
        guard before == 0 || bytes[before - 1] == newline, after == bytes.count || bytes[after] == newline else {
            return .inline
        }
        return before == tag.lowerBound && after == tag.upperBound && after < bytes.count ? .ownLine : .unclear
    }

    // MARK: Rendering

    /// The place of a context in a list.
    private struct Place {
        let isFirst: Bool
        let isLast: Bool

        subscript(position: Position) -> Bool { position == .first ? isFirst : isLast }
    }

    private struct Renderer {
        private enum Scope {
            case context(any TemplateContext)
            case text(String)
        }

        private(set) var text = ""
        private var scopes: [Scope]

        init(_ context: any TemplateContext) { scopes = [.context(context)] }

        mutating func render(_ nodes: [Node], at place: Place?) {
            for node in nodes {
                switch node {
                case .text(let part): text += part
                case .variable(let name): renderVariable(value(named: name))
                case .current: renderCurrent()
                case .section(let name, let content): renderSection(value(named: name), content, at: place)
                case .invertedSection(let name, let content):
                    renderInvertedSection(value(named: name), content, at: place)
                case .position(let position, let isInverted, let content):
                    if (place?[position] ?? false) != isInverted { render(content, at: place) }
                case .partial(let content): render(content, at: nil)
                }
            }
        }

        private mutating func renderVariable(_ value: TemplateValue?) {
            switch value {
            case .text(let part): text += part ?? ""
            case .flag(let flag): text += String(flag)
            case .texts, .contexts, nil: break
            }
        }

        private mutating func renderCurrent() {
            switch scopes.last {
            case .text(let part): text += part
            case .context(let context): text += String(describing: context)
            case nil: break
            }
        }

        private mutating func renderSection(_ value: TemplateValue?, _ content: [Node], at place: Place?) {
            switch value {
            case .flag(let flag):
                if flag { render(content, at: place) }
            case .text(let part):
                guard let part else { return }
                render(content, in: .text(part), at: nil)
            case .texts(let parts):
                for (index, part) in parts.enumerated() {
                    let place = Place(isFirst: index == 0, isLast: index == parts.count - 1)
                    render(content, in: .text(part), at: place)
                }
            case .contexts(let contexts):
                for (index, context) in contexts.enumerated() {
                    let place = Place(isFirst: index == 0, isLast: index == contexts.count - 1)
                    render(content, in: .context(context), at: place)
                }
            case nil:
                break
            }
        }

        private mutating func renderInvertedSection(_ value: TemplateValue?, _ content: [Node], at place: Place?) {
            switch value {
            case .flag(let flag):
                if !flag { render(content, at: place) }
            case .texts(let parts):
                if parts.isEmpty { render(content, at: nil) }
            case .contexts(let contexts):
                if contexts.isEmpty { render(content, at: nil) }
            case .text(let part):
                if part == nil { render(content, at: place) }
            case nil:
                render(content, at: place)
            }
        }

        private mutating func render(_ content: [Node], in scope: Scope, at place: Place?) {
            scopes.append(scope)
            render(content, at: place)
            scopes.removeLast()
        }

        /// The member of the innermost context that has it.
        private func value(named name: String) -> TemplateValue? {
            for scope in scopes.reversed() {
                guard case .context(let context) = scope, let value = context.value(named: name) else { continue }
                if case .text(nil) = value { continue }
                return value
            }
            return nil
        }
    }
}
