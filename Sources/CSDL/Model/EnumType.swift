/// An enumeration type (OData CSDL XML 4.01, section 10).
public struct EnumType: Sendable, Hashable, AnnotatedElement {
    /// A member of an enumeration.
    public struct Member: Sendable, Hashable, AnnotatedElement {
        /// The name.
        public var name: String
        /// The value; where the document gives none, the one that follows from the member's place.
        public var value: Int64
        /// Annotations written inside the element.
        public var annotations: [Annotation]
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes a member.
        public init(name: String, value: Int64, annotations: [Annotation] = [], position: SourcePosition = .start) {
            self.name = name
            self.value = value
            self.annotations = annotations
            self.position = position
        }
    }

    /// The name without the namespace.
    public var name: String
    /// The integer type of the values: `Edm.Int32` where the document does not say.
    public var underlyingType: String = "Edm.Int32"
    /// Whether several members can be selected at once.
    public var isFlags: Bool = false
    /// The members in the order of the document.
    public var members: [Member] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an enumeration without members.
    public init(name: String, position: SourcePosition = .start) {
        self.name = name
        self.position = position
    }
}

/// A type definition: a name for a primitive type with facets (OData CSDL XML 4.01, section 11).
public struct TypeDefinition: Sendable, Hashable, AnnotatedElement {
    /// The name without the namespace.
    public var name: String
    /// The primitive type, with facets.
    public var underlyingType: TypeReference
    /// Annotations written inside the element.
    public var annotations: [Annotation]
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a type definition.
    public init(
        name: String,
        underlyingType: TypeReference,
        annotations: [Annotation] = [],
        position: SourcePosition = .start
    ) {
        self.name = name
        self.underlyingType = underlyingType
        self.annotations = annotations
        self.position = position
    }
}
