import CSDL

extension ComparisonRun {
    /// The place of a document as a whole.
    private var documentSite: Site { Site(element: .named(.document, "$metadata"), old: .start, new: .start) }

    mutating func compareDocuments() {
        if old.document.version != new.document.version {
            add(
                .odataVersionChanged,
                documentSite,
                Values(before: old.document.version, after: new.document.version),
                "the OData version was \(old.document.version) and is \(new.document.version)"
            )
        }
        compareReferences()
        let (before, after) = (old.document.schemas, new.document.schemas)
        let matching = NameMatching(before, after, name: \.namespace)
        for place in matching.removed {
            let schema = before[place]
            add(
                .schemaRemoved,
                Site(element: .named(.schema, schema.namespace), old: schema.position, new: .start),
                Values(before: schema.namespace),
                "the schema \(schema.namespace.inQuotes) was removed"
            )
        }
        for place in matching.added {
            let schema = after[place]
            add(
                .schemaAdded,
                Site(element: .named(.schema, schema.namespace), old: .start, new: schema.position),
                Values(after: schema.namespace),
                "the schema \(schema.namespace.inQuotes) was added"
            )
        }
        for (oldPlace, newPlace) in matching.common {
            let (oldSchema, newSchema) = (before[oldPlace], after[newPlace])
            compareAnnotations(
                oldSchema.annotations,
                newSchema.annotations,
                Site(
                    element: .named(.schema, oldSchema.namespace),
                    old: oldSchema.position,
                    new: newSchema.position
                )
            )
        }
    }

    private mutating func compareReferences() {
        let before = ComparisonRun.includes(old.document)
        let after = ComparisonRun.includes(new.document)
        let matching = NameMatching(before, after, name: \.namespace)
        for place in matching.removed {
            let include = before[place]
            add(
                .referenceRemoved,
                Site(element: .named(.reference, include.namespace), old: include.position, new: .start),
                Values(before: include.uri),
                "\(include.namespace.inQuotes) is not referenced any more"
            )
        }
        for place in matching.added {
            let include = after[place]
            add(
                .referenceAdded,
                Site(element: .named(.reference, include.namespace), old: .start, new: include.position),
                Values(after: include.uri),
                "\(include.namespace.inQuotes) is referenced"
            )
        }
    }

    private struct IncludedNamespace {
        let namespace: String
        let uri: String
        let position: SourcePosition
    }

    /// The namespaces in scope; the address they are fetched from may change without consequences.
    private static func includes(_ document: CSDLDocument) -> [IncludedNamespace] {
        document.references.flatMap { reference in
            reference.includes.map {
                IncludedNamespace(namespace: $0.namespace, uri: reference.uri, position: $0.position)
            }
        }
    }

    /// The place of the schema that declares a type or an operation, or would.
    func schemaPosition(_ namespace: String, in version: SchemaVersion) -> SourcePosition {
        version.document.schemas.first { $0.namespace == namespace }?.position ?? .start
    }
}

extension String {
    var inQuotes: String { "'\(self)'" }
}
