import CSDL

/// Annotation values as text that does not depend on aliases, on the order of a record's properties or on whether a
/// constant stands in an attribute or in an element.
struct AnnotationText {
    let aliases: [String: String]

    /// The value of an annotation; one without a value has the default of its term, which mostly is `true`.
    func text(of annotation: Annotation) -> String {
        let value = annotation.value.map { text($0) } ?? "true"
        return value + nested(annotation.annotations)
    }

    func text(_ expression: AnnotationExpression) -> String {
        switch expression {
        case .constant(.bool, let text): text == "1" ? "true" : text == "0" ? "false" : text
        case .constant(.string, let text): Self.quoted(text)
        case .constant(.enumMember, let text):
            text.split(separator: " ").map { CanonicalName.resolvePath(String($0), aliases) }.sorted()
                .joined(separator: " ")
        case .constant(_, let text): text
        case .path(_, let path): CanonicalName.resolvePath(path, aliases)
        case .operation(let kind, let operands): call(kind.rawValue, operands.map { text($0) })
        case .apply(let function, let arguments):
            call(CanonicalName.resolve(function, aliases), arguments.map { text($0) })
        case .cast(let type, let value): call("Cast", [spelling(type)] + (value.map { [text($0)] } ?? []))
        case .isOf(let type, let value): call("IsOf", [spelling(type)] + (value.map { [text($0)] } ?? []))
        case .collection(let elements): "[" + elements.map { text($0) }.joined(separator: ", ") + "]"
        case .conditional(let operands): call("If", operands.map { text($0) })
        case .labeledElement(let name, let value): name + ": " + (value.map { text($0) } ?? "null")
        case .labeledElementReference(let name): CanonicalName.resolve(name, aliases)
        case .null: "null"
        case .record(let record): text(record)
        case .urlReference(let value): call("UrlRef", value.map { [text($0)] } ?? [])
        }
    }

    private func text(_ record: AnnotationRecord) -> String {
        let members = record.propertyValues.map {
            $0.property + ": " + ($0.value.map { text($0) } ?? "true") + nested($0.annotations)
        }
        let type = record.type.map { CanonicalName.resolve($0, aliases) } ?? ""
        return type + "{" + members.sorted().joined(separator: ", ") + "}" + nested(record.annotations)
    }

    private func nested(_ annotations: [Annotation]) -> String {
        guard !annotations.isEmpty else { return "" }
        let texts = annotations.map {
            "@" + CanonicalName.resolve($0.term, aliases) + ($0.qualifier.map { "#" + $0 } ?? "") + "=" + text(of: $0)
        }
        return " " + texts.sorted().joined(separator: " ")
    }

    private func spelling(_ type: TypeReference) -> String {
        let name = CanonicalName.resolve(type.name, aliases)
        return type.isCollection ? "Collection(\(name))" : name
    }

    private func call(_ name: String, _ arguments: [String]) -> String {
        name + "(" + arguments.joined(separator: ", ") + ")"
    }

    static func quoted(_ text: String) -> String { "\"" + text + "\"" }
}
