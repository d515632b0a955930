/// What entity types and complex types have in common (OData CSDL XML 4.01, sections 6 and 9).
public protocol StructuredType: AnnotatedElement, Sendable {
    /// The name without the namespace.
    var name: String { get }
    /// The type it inherits from, as written: qualified with a namespace or an alias.
    var baseType: String? { get }
    /// Whether no instance can have exactly this type.
    var isAbstract: Bool { get }
    /// Whether instances may have properties that the type does not declare.
    var isOpen: Bool { get }
    /// The properties the type declares itself, without the inherited ones.
    var properties: [Property] { get }
    /// The navigation properties the type declares itself, without the inherited ones.
    var navigationProperties: [NavigationProperty] { get }
}

/// An entity type (OData CSDL XML 4.01, section 6).
public struct EntityType: StructuredType, Hashable {
    /// A property that is part of a key.
    public struct KeyProperty: Sendable, Hashable {
        /// The name of the property, or the path to it through complex properties.
        public var name: String
        /// The name to use in key predicates, required for paths.
        public var alias: String?
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes a part of a key.
        public init(name: String, alias: String? = nil, position: SourcePosition = .start) {
            self.name = name
            self.alias = alias
            self.position = position
        }
    }

    /// The name without the namespace.
    public var name: String
    /// The type it inherits from, as written.
    public var baseType: String?
    /// Whether no instance can have exactly this type.
    public var isAbstract: Bool = false
    /// Whether instances may have properties that the type does not declare.
    public var isOpen: Bool = false
    /// Whether an instance is a media entity, with a stream of its own.
    public var hasStream: Bool = false
    /// The key the type declares itself; empty where it inherits one or has none.
    public var key: [KeyProperty] = []
    /// The properties the type declares itself.
    public var properties: [Property] = []
    /// The navigation properties the type declares itself.
    public var navigationProperties: [NavigationProperty] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an entity type without content.
    public init(name: String, baseType: String? = nil, position: SourcePosition = .start) {
        self.name = name
        self.baseType = baseType
        self.position = position
    }
}

/// A complex type (OData CSDL XML 4.01, section 9).
public struct ComplexType: StructuredType, Hashable {
    /// The name without the namespace.
    public var name: String
    /// The type it inherits from, as written.
    public var baseType: String?
    /// Whether no value can have exactly this type.
    public var isAbstract: Bool = false
    /// Whether values may have properties that the type does not declare.
    public var isOpen: Bool = false
    /// The properties the type declares itself.
    public var properties: [Property] = []
    /// The navigation properties the type declares itself.
    public var navigationProperties: [NavigationProperty] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a complex type without content.
    public init(name: String, baseType: String? = nil, position: SourcePosition = .start) {
        self.name = name
        self.baseType = baseType
        self.position = position
    }
}
