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
        guard document.schemas.contains(where: { !$0.annotationGroups.isEmpty }) else { return }
        var overloads: [String: Int] = [:]
        for schema in document.schemas {
            for operation in schema.operations { overloads[schema.qualifiedName(operation.name), default: 0] += 1 }
        }
        for schema in document.schemas {
            for group in schema.annotationGroups {
                var target = CanonicalName.resolvePath(group.target, aliases)
                // The only overload may be named with or without the types of its parameters.
                if let plain = TargetedAnnotations.withoutSignature(target) {
                    let name = String(plain.prefix { $0 != "/" })
                    if overloads[name] == 1 { target = plain }
                }
                byTarget[target, default: []] += group.annotations.map { annotation in
                    guard annotation.qualifier == nil, let qualifier = group.qualifier else { return annotation }
                    var qualified = annotation
                    qualified.qualifier = qualifier
                    return qualified
                }
            }
        }
    }

    /// The annotations of an element. What names an operation without the types of its parameters is for all overloads.
    subscript(path: String) -> [Annotation] {
        let found = byTarget[path] ?? []
        guard let plain = TargetedAnnotations.withoutSignature(path) else { return found }
        return found + (byTarget[plain] ?? [])
    }

    /// `Sales.Ship(Edm.String)/carrier` → `Sales.Ship/carrier`; `nil` where there are no types.
    private static func withoutSignature(_ path: String) -> String? {
        guard let open = path.firstIndex(of: "("), let close = path.lastIndex(of: ")"), open < close else { return nil }
        return String(path[..<open] + path[path.index(after: close)...])
    }
}
