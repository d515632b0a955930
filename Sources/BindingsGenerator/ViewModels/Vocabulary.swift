import CSDL

/// Reads the annotations that matter for bindings.
struct Vocabulary: Sendable {
    /// An alternate key: the names in a URL, and the properties they stand for.
    struct AlternateKey {
        /// One column of the key.
        struct Part {
            let alias: String
            let path: String
        }

        let parts: [Part]
        let position: SourcePosition
    }

    let index: SchemaIndex

    /// The description and the long description of an element.
    func descriptions(of element: some AnnotatedElement, target: @autoclosure () -> String) -> [String] {
        let annotations = index.annotations(of: element, target: target())
        guard !annotations.isEmpty else { return [] }
        return ["Org.OData.Core.V1.Description", "Org.OData.Core.V1.LongDescription"].compactMap { term in
            let matching = annotations.filter { index.annotation($0, hasTerm: term) }
            // A qualifier tells apart texts for different readers; the one without is for all.
            return (matching.first { $0.qualifier == nil } ?? matching.first)?.value?.text
        }
    }

    /// Who sets a property.
    enum Access: Sendable, Hashable {
        /// Clients, whenever they like.
        case writable
        /// Clients, when they create a row; after that it stays (Core.Immutable).
        case onCreation
        /// Only the service: Core.Computed, or Core.Permissions without Write.
        case readOnly
    }

    /// Who sets a property.
    func access(to property: Property, target: @autoclosure () -> String) -> Access {
        var access = Access.writable
        for annotation in index.annotations(of: property, target: target()) where annotation.qualifier == nil {
            if index.annotation(annotation, hasTerm: "Org.OData.Core.V1.Computed"), annotation.value?.boolValue ?? true
            {
                return .readOnly
            }
            if index.annotation(annotation, hasTerm: "Org.OData.Core.V1.Permissions"), forbidsWriting(annotation) {
                return .readOnly
            }
            if index.annotation(annotation, hasTerm: "Org.OData.Core.V1.Immutable"), annotation.value?.boolValue ?? true
            {
                access = .onCreation
            }
        }
        return access
    }

    private func forbidsWriting(_ annotation: Annotation) -> Bool {
        guard case .constant(.enumMember, let members)? = annotation.value else { return false }
        return !members.split(whereSeparator: \.isWhitespace).contains {
            $0.hasSuffix("/Write") || $0.hasSuffix("/ReadWrite")
        }
    }

    /// Whether a caller may leave a parameter out.
    func isOptional(_ parameter: Operation.Parameter) -> Bool {
        parameter.annotations.contains { index.annotation($0, hasTerm: "Org.OData.Core.V1.OptionalParameter") }
    }

    /// The alternate keys of an entity type, by OData.Core or by OData.Community.Keys.
    func alternateKeys(of type: SchemaIndex.Declared<EntityType>) -> [AlternateKey] {
        let annotations = index.annotations(of: type.element, target: type.qualifiedName)
        return annotations.flatMap { annotation -> [AlternateKey] in
            guard
                index.annotation(annotation, hasTerm: "OData.Community.Keys.V1.AlternateKeys")
                    || index.annotation(annotation, hasTerm: "Org.OData.Core.V1.AlternateKeys")
            else { return [] }
            return (annotation.value?.elements ?? []).compactMap { key in
                guard let parts = key.record?["Key"]?.elements.map(part), !parts.isEmpty,
                    parts.allSatisfy({ $0 != nil })
                else { return nil }
                return AlternateKey(parts: parts.compactMap { $0 }, position: annotation.position)
            }
        }
    }

    private func part(_ expression: AnnotationExpression) -> AlternateKey.Part? {
        guard let record = expression.record, let path = record["Name"]?.pathValue else { return nil }
        let alias = record["Alias"]?.stringValue ?? ""
        return AlternateKey.Part(alias: alias.isEmpty ? path : alias, path: path)
    }
}
