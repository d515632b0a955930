/// Brings documents together that refer to each other.
///
/// An alias is valid inside its document only (OData CSDL XML 4.01, section 3.4). Where two documents use one alias for
/// two namespaces, the names of all documents are written out.
struct DocumentLinker {
    /// The documents, ready to be indexed together.
    private(set) var documents: [CSDLDocument]
    /// What is wrong with the documents together.
    private(set) var diagnostics: [Diagnostic] = []

    init(_ documents: [CSDLDocument]) {
        self.documents = documents
        dropRepeatedSchemas()
        guard diagnostics.isEmpty else { return }
        checkReferences()
        guard documents.count > 1, hasConflictingAliases else { return }
        self.documents = documents.map { document in
            CanonicalNames(aliases: DocumentLinker.aliases(of: document)).document(document)
        }
    }

    /// What the aliases of a document stand for.
    private static func aliases(of document: CSDLDocument) -> [String: String] {
        var aliases: [String: String] = [:]
        for include in document.references.flatMap(\.includes) {
            if let alias = include.alias { aliases[alias] = include.namespace }
        }
        for schema in document.schemas {
            if let alias = schema.alias { aliases[alias] = schema.namespace }
        }
        return aliases
    }

    private var hasConflictingAliases: Bool {
        var known: [String: String] = [:]
        let namespaces = Set(documents.flatMap(\.schemas).map(\.namespace))
        for document in documents {
            for (alias, namespace) in DocumentLinker.aliases(of: document) {
                if let other = known.updateValue(namespace, forKey: alias), other != namespace { return true }
                if namespaces.contains(alias), alias != namespace { return true }
            }
        }
        return false
    }

    private mutating func dropRepeatedSchemas() {
        var known: [String: Schema] = [:]
        for document in documents.indices {
            documents[document].schemas.removeAll { schema in
                guard let first = known[schema.namespace] else {
                    known[schema.namespace] = schema
                    return false
                }
                let place = "\(first.sourceName):\(first.position.line):\(first.position.column)"
                diagnostics.append(
                    Diagnostic(
                        .error,
                        "the schema \(schema.namespace.quoted) is declared a second time; the first is at \(place)",
                        file: schema.sourceName,
                        position: schema.position
                    )
                )
                return true
            }
        }
    }

    private mutating func checkReferences() {
        guard documents.contains(where: { !$0.references.isEmpty }) else { return }
        let known = Set(documents.flatMap(\.schemas).map(\.namespace))
        for document in documents {
            for reference in document.references {
                let included = reference.includes.map(\.namespace)
                let needed = included.isEmpty ? reference.includedAnnotations.map(\.termNamespace) : included
                let missing = needed.filter { !known.contains($0) && !StandardVocabularies.contain($0) }
                guard !missing.isEmpty, !included.isEmpty || !isGiven(reference, to: document) else { continue }
                let names = missing.map(\.quoted).joined(separator: ", ")
                diagnostics.append(
                    Diagnostic(
                        .warning,
                        "\(names) of \(reference.uri.quoted) is not among the documents; "
                            + "download it, and give its file with another --metadata",
                        file: document.sourceName,
                        position: reference.position
                    )
                )
            }
        }
    }

    /// Whether a document of the reference's name, or one with annotations of such terms, is there.
    private func isGiven(_ reference: Reference, to document: CSDLDocument) -> Bool {
        let name = reference.uri.split(separator: "/").last
        let terms = Set(reference.includedAnnotations.map(\.termNamespace))
        return documents.contains { other in
            guard other.sourceName != document.sourceName else { return false }
            if other.sourceName.split(separator: "/").last == name { return true }
            let aliases = DocumentLinker.aliases(of: other)
            return other.schemas.flatMap(\.annotationGroups).flatMap(\.annotations).contains { annotation in
                guard let dot = annotation.term.lastIndex(of: ".") else { return false }
                let prefix = String(annotation.term[..<dot])
                return terms.contains(aliases[prefix] ?? prefix)
            }
        }
    }
}

/// The vocabularies that OASIS and the OData community publish, and common vendors' own: a reader need not have their
/// documents to understand what they say.
enum StandardVocabularies {
    private static let prefixes = ["Org.OData.", "OData.Community.", "com.sap.vocabularies."]

    static func contain(_ namespace: String) -> Bool { prefixes.contains(where: namespace.hasPrefix) }
}
