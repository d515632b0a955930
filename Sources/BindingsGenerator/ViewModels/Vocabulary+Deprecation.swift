import CSDL

extension Vocabulary {
    /// Why an element is deprecated and what to use instead; `nil` where it is not.
    ///
    /// Services say it with `Org.OData.Core.V1.Revisions`, in a record of the kind `Deprecated`, or with a term of their
    /// own that is named `Deprecated` or `IsDeprecated` and whose value is a text or a Boolean.
    func deprecation(of element: some AnnotatedElement, target: @autoclosure () -> String) -> String? {
        let annotations = index.annotations(of: element, target: target())
        guard !annotations.isEmpty else { return nil }
        for annotation in annotations {
            if index.annotation(annotation, hasTerm: "Org.OData.Core.V1.Revisions") {
                for revision in annotation.value?.elements ?? [] {
                    if let record = revision.record, let message = deprecation(record) { return message }
                }
            } else if annotation.term.hasSuffix(".Deprecated") || annotation.term.hasSuffix(".IsDeprecated") {
                if let text = annotation.value?.text { return text.isEmpty ? "deprecated by the service" : text }
                if annotation.value == nil || annotation.value?.boolValue == true { return "deprecated by the service" }
                if let record = annotation.value?.record { return message(record) }
            }
        }
        return nil
    }

    private func deprecation(_ record: AnnotationRecord) -> String? {
        let kind: String? =
            switch record["Kind"] {
            case .constant(_, let kind)?: kind
            default: nil
            }
        guard let kind, kind.split(separator: "/").last == "Deprecated" else { return nil }
        return message(record)
    }

    private func message(_ record: AnnotationRecord) -> String {
        var message = record["Description"]?.text ?? "deprecated by the service"
        if let version = record["Version"]?.text, !version.isEmpty { message += " (since \(version))" }
        if case .constant(_, let date)? = record["RemovalDate"], !date.isEmpty {
            message += " (to be removed on \(date))"
        }
        return message
    }
}

extension AnnotationExpression {
    /// The text of a string constant, or of several that are put together.
    var text: String? {
        switch self {
        case .constant(.string, let text): return text
        case .apply(let function, let arguments) where function == "odata.concat":
            let texts = arguments.compactMap(\.text)
            return texts.count == arguments.count ? texts.joined() : nil
        case .labeledElement(_, let value): return value?.text
        case .cast(_, let value): return value?.text
        default: return nil
        }
    }
}
