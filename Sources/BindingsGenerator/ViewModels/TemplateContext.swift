import Mustache

/// What a template gets: a value whose members the template names.
///
/// Every context says which members it has, so that a template that names another one is an error and not an empty
/// place in the output.
protocol TemplateContext: MustacheParent, Sendable {
    /// The members, by name.
    static var shape: ContextShape { get }
    /// The member with a name; `nil` where there is none.
    func value(named name: String) -> TemplateValue?
}

extension TemplateContext {
    func child(named name: String) -> Any? { value(named: name)?.mustacheValue }
}

/// A member of a context.
enum TemplateValue: Sendable {
    /// A text that may be missing. A missing one is looked for in the contexts around.
    case text(String?)
    case flag(Bool)
    case texts([String])
    case contexts([any TemplateContext])

    /// The same as swift-mustache takes it.
    fileprivate var mustacheValue: Any? {
        switch self {
        case .text(let text): text
        case .flag(let flag): flag
        case .texts(let texts): texts
        case .contexts(let contexts): contexts
        }
    }
}

/// The members of a context, and what each of them is.
struct ContextShape: Sendable {
    /// What a member is.
    enum Member: Sendable {
        /// Text, or something that is there or not: `{{name}}`, `{{#name}}`.
        case text
        /// Yes or no: `{{#isOpen}}`.
        case flag
        /// Several texts: `{{#lines}}{{.}}{{/lines}}`.
        case texts
        /// Several contexts, or one that may be missing: `{{#columns}}{{name}}{{/columns}}`.
        case contexts(@Sendable () -> ContextShape)
    }

    let members: [String: Member]

    init(_ members: [String: Member]) {
        self.members = members
    }
}

extension TemplateContext {
    /// A member that holds contexts of this type.
    static var list: ContextShape.Member { .contexts { shape } }
}
