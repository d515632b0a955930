/// A schema: a namespace and what it declares (OData CSDL XML 4.01, section 5).
public struct Schema: Sendable, AnnotatedElement {
    /// The namespace, as in `Microsoft.Dynamics.CRM`.
    public var namespace: String
    /// The short name for the namespace, as in `mscrm`.
    public var alias: String?
    /// The name of the document that the schema was read from, used in diagnostics.
    public var sourceName: String
    /// The entity types, in the order of the document, as all that follows.
    public var entityTypes: [EntityType] = []
    /// The complex types.
    public var complexTypes: [ComplexType] = []
    /// The enumeration types.
    public var enumTypes: [EnumType] = []
    /// The type definitions.
    public var typeDefinitions: [TypeDefinition] = []
    /// The actions and functions; overloads are separate elements of the same name.
    public var operations: [Operation] = []
    /// The entity containers; a service has one.
    public var entityContainers: [EntityContainer] = []
    /// The terms.
    public var terms: [Term] = []
    /// Annotations that name their target instead of standing inside it.
    public var annotationGroups: [AnnotationGroup] = []
    /// Annotations of the schema itself.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a schema without content.
    public init(
        namespace: String,
        alias: String? = nil,
        sourceName: String = "metadata.xml",
        position: SourcePosition = .start
    ) {
        self.namespace = namespace
        self.alias = alias
        self.sourceName = sourceName
        self.position = position
    }

    /// The name of one of the schema's elements with the namespace before it.
    public func qualifiedName(_ name: String) -> String { namespace + "." + name }
}

/// Annotations of one target, written apart from it: `<Annotations Target="…">` (OData CSDL XML 4.01, section 14.2).
public struct AnnotationGroup: Sendable, Hashable {
    /// The path of the annotated element, as in `Self.Account/name` or `mscrm.System/accounts`.
    public var target: String
    /// The qualifier of all annotations in the group.
    public var qualifier: String?
    /// The annotations.
    public var annotations: [Annotation]
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a group.
    public init(
        target: String,
        qualifier: String? = nil,
        annotations: [Annotation] = [],
        position: SourcePosition = .start
    ) {
        self.target = target
        self.qualifier = qualifier
        self.annotations = annotations
        self.position = position
    }
}
