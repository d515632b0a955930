import Mustache

/// The template of one declaration: a column, lookup or collection.
///
/// All of a large schema has more than ten thousand of them. A template of text and variables alone, as the built-in one
/// is, is therefore put together here directly; with sections or partials in it, it is rendered like all other templates.
struct ColumnTemplate: Sendable {
    private enum Segment {
        case text(String)
        case member(ColumnContext.Member)
    }

    /// Writes no more of a declaration than its name and its getter, for those who ask what it is called.
    static let names = ColumnTemplate(
        TemplateSource(name: "names", text: "{{name}} {{body}}\n"),
        library: MustacheLibrary()
    )

    private let segments: [Segment]?
    private let direct: DirectTemplate?
    private let library: MustacheLibrary
    /// Whether comments are written; they take most of the time where they are.
    let hasDocumentation: Bool

    init(_ source: TemplateSource?, direct: DirectTemplate? = nil, library: MustacheLibrary) {
        let segments = source.flatMap { ColumnTemplate.segments(of: $0.text) }
        self.segments = segments
        self.direct = direct
        self.library = library
        hasDocumentation =
            segments?.contains { if case .member(.documentation) = $0 { true } else { false } } ?? true
    }

    /// Whether the template is put together directly.
    var isPlain: Bool { segments != nil }

    /// The declarations, without a line break at the end; `nil` where there are none.
    func declarations(_ contexts: [ColumnContext]) -> String? {
        guard !contexts.isEmpty else { return nil }
        var text = ""
        for context in contexts {
            if let segments {
                ColumnTemplate.append(segments, context, to: &text)
            } else {
                text += rendered(context)
            }
        }
        if text.utf8.last == UInt8(ascii: "\n") { text.removeLast() }
        return text
    }

    /// A declaration as any template renders it.
    func rendered(_ context: ColumnContext) -> String {
        direct?.render(context) ?? library.render(context, withTemplate: TemplateLibrary.Root.column.rawValue) ?? ""
    }

    private static func append(_ segments: [Segment], _ context: ColumnContext, to text: inout String) {
        for segment in segments {
            switch segment {
            case .text(let part): text += part
            case .member(let member): text += context[member]
            }
        }
    }

    /// The parts of a template; `nil` where it has more than text and variables.
    private static func segments(of text: String) -> [Segment]? {
        let bytes = Array(text.utf8)
        var segments: [Segment] = []
        var start = 0
        for tag in TemplateTag.tags(in: text) {
            let part = String(decoding: bytes[start..<tag.range.lowerBound], as: UTF8.self)
            if !part.isEmpty { segments.append(.text(part)) }
            start = tag.range.upperBound
            switch tag.kind {
            case .variable:
                guard let member = ColumnContext.Member(rawValue: tag.name) else { return nil }
                segments.append(.member(member))
            case .pragma, .comment:
                // A line that has nothing else is not part of the output.
                let isFirst = tag.range.lowerBound == 0 || bytes[tag.range.lowerBound - 1] == UInt8(ascii: "\n")
                guard isFirst, start < bytes.count, bytes[start] == UInt8(ascii: "\n") else { return nil }
                start += 1
            default:
                return nil
            }
        }
        let part = String(decoding: bytes[start...], as: UTF8.self)
        if !part.isEmpty { segments.append(.text(part)) }
        return segments
    }
}
