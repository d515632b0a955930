/// A structural property (OData CSDL XML 4.01, section 7).
public struct Property: Sendable, Hashable, AnnotatedElement {
    /// The name.
    public var name: String
    /// The type with its facets.
    public var type: TypeReference
    /// The value a new instance has where none is given, as written.
    public var defaultValue: String?
    /// Annotations written inside the element.
    public var annotations: [Annotation]
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a property.
    public init(
        name: String,
        type: TypeReference,
        defaultValue: String? = nil,
        annotations: [Annotation] = [],
        position: SourcePosition = .start
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.annotations = annotations
        self.position = position
    }
}

/// A navigation property: the way from one entity to related ones (OData CSDL XML 4.01, section 8).
public struct NavigationProperty: Sendable, Hashable, AnnotatedElement {
    /// What happens to the entity when the related one is deleted (OData CSDL XML 4.01, section 8.6).
    public enum OnDelete: String, Sendable, Hashable {
        /// The entity is deleted too.
        case cascade = "Cascade"
        /// Nothing happens.
        case none = "None"
        /// The dependent properties become null.
        case setNull = "SetNull"
        /// The dependent properties become their default values.
        case setDefault = "SetDefault"
    }

    /// A pair of properties whose values are the same on both ends (OData CSDL XML 4.01, section 8.5).
    public struct ReferentialConstraint: Sendable, Hashable, AnnotatedElement {
        /// The property of the entity that has the navigation property.
        public var property: String
        /// The property of the related entity.
        public var referencedProperty: String
        /// Annotations written inside the element.
        public var annotations: [Annotation]
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes a constraint.
        public init(
            property: String,
            referencedProperty: String,
            annotations: [Annotation] = [],
            position: SourcePosition = .start
        ) {
            self.property = property
            self.referencedProperty = referencedProperty
            self.annotations = annotations
            self.position = position
        }
    }

    /// The name.
    public var name: String
    /// The related entity type; a collection where there may be many.
    public var type: TypeReference
    /// The navigation property that leads back.
    public var partner: String?
    /// Whether the related entities are part of this one and have no entity set of their own.
    public var containsTarget: Bool = false
    /// The pairs of properties that hold the relationship.
    public var referentialConstraints: [ReferentialConstraint] = []
    /// What happens when the related entity is deleted.
    public var onDelete: OnDelete?
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a navigation property.
    public init(name: String, type: TypeReference, position: SourcePosition = .start) {
        self.name = name
        self.type = type
        self.position = position
    }
}
