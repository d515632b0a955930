/// A CSDL XML document: what `$metadata` answers (OData CSDL XML 4.01, section 3).
public struct CSDLDocument: Sendable {
    /// The name of the file or resource the document was read from, used in diagnostics.
    public var sourceName: String
    /// The OData version the document states: `4.0` or `4.01`.
    public var version: String
    /// References to further documents.
    public var references: [Reference]
    /// The schemas, in the order of the document.
    public var schemas: [Schema]
    /// How many elements of each kind the document contains.
    public var counts: ElementCounts

    /// Makes a document.
    public init(
        sourceName: String = "metadata.xml",
        version: String = "4.0",
        references: [Reference] = [],
        schemas: [Schema] = [],
        counts: ElementCounts = ElementCounts()
    ) {
        self.sourceName = sourceName
        self.version = version
        self.references = references
        self.schemas = schemas
        self.counts = counts
    }
}

/// A reference to another document, and what of it is in scope (OData CSDL XML 4.01, section 3.3).
public struct Reference: Sendable, Hashable, AnnotatedElement {
    /// A schema of the referenced document that this document may use.
    public struct Include: Sendable, Hashable {
        /// The namespace of the schema.
        public var namespace: String
        /// The alias under which this document uses it.
        public var alias: String?
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes an include.
        public init(namespace: String, alias: String? = nil, position: SourcePosition = .start) {
            self.namespace = namespace
            self.alias = alias
            self.position = position
        }
    }

    /// Annotations of the referenced document that apply to this one.
    public struct IncludeAnnotations: Sendable, Hashable {
        /// Annotations with terms of this namespace.
        public var termNamespace: String
        /// Only annotations with this qualifier.
        public var qualifier: String?
        /// Only annotations whose target is in this namespace.
        public var targetNamespace: String?
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes an inclusion of annotations.
        public init(
            termNamespace: String,
            qualifier: String? = nil,
            targetNamespace: String? = nil,
            position: SourcePosition = .start
        ) {
            self.termNamespace = termNamespace
            self.qualifier = qualifier
            self.targetNamespace = targetNamespace
            self.position = position
        }
    }

    /// The address of the referenced document.
    public var uri: String
    /// The schemas in scope.
    public var includes: [Include]
    /// The annotations in scope.
    public var includedAnnotations: [IncludeAnnotations]
    /// Annotations of the reference itself.
    public var annotations: [Annotation]
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a reference.
    public init(
        uri: String,
        includes: [Include] = [],
        includedAnnotations: [IncludeAnnotations] = [],
        annotations: [Annotation] = [],
        position: SourcePosition = .start
    ) {
        self.uri = uri
        self.includes = includes
        self.includedAnnotations = includedAnnotations
        self.annotations = annotations
        self.position = position
    }
}
