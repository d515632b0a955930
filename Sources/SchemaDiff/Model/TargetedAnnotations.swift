import CSDL

/// The annotations that are written apart from their elements, by the canonical path of the element.
///
/// An annotation means the same whether it stands inside its element or names it as its target; the comparison joins
/// both.
struct TargetedAnnotations: Sendable {
    private var byTarget: [String: [Annotation]] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    var isEmpty: Bool { byTarget.isEmpty }

    init(_ document: CSDLDocument, aliases: [String: String]) {
        for schema in document.schemas {
            for group in schema.annotationGroups {
                let target = CanonicalName.resolvePath(group.target, aliases)
                byTarget[target, default: []] += group.annotations.map { annotation in
                    guard annotation.qualifier == nil, let qualifier = group.qualifier else { return annotation }
                    var qualified = annotation
                    qualified.qualifier = qualifier
                    return qualified
                }
            }
        }
    }

    subscript(path: String) -> [Annotation]? { byTarget[path] }
}
