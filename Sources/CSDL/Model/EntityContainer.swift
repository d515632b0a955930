/// The entity container: what a service exposes (OData CSDL XML 4.01, section 13).
public struct EntityContainer: Sendable, Hashable, AnnotatedElement {
    /// The name without the namespace.
    public var name: String
    /// The container that this one extends, as written.
    public var extends: String?
    /// The entity sets.
    public var entitySets: [EntitySet] = []
    /// The singletons.
    public var singletons: [Singleton] = []
    /// The imports that make unbound actions and functions callable.
    public var operationImports: [OperationImport] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an empty container.
    public init(name: String, position: SourcePosition = .start) {
        self.name = name
        self.position = position
    }
}

/// Where the related entities of a set's or singleton's navigation property live (OData CSDL XML 4.01, section 13.4).
public struct NavigationPropertyBinding: Sendable, Hashable {
    /// The path to the navigation property.
    public var path: String
    /// The entity set or singleton.
    public var target: String
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a binding.
    public init(path: String, target: String, position: SourcePosition = .start) {
        self.path = path
        self.target = target
        self.position = position
    }
}

/// An entity set (OData CSDL XML 4.01, section 13.2).
public struct EntitySet: Sendable, Hashable, AnnotatedElement {
    /// The name, which is the first segment of its URL.
    public var name: String
    /// The type of its entities, as written.
    public var entityType: String
    /// Whether the service document lists it.
    public var includeInServiceDocument: Bool = true
    /// Where related entities live.
    public var navigationPropertyBindings: [NavigationPropertyBinding] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an entity set.
    public init(name: String, entityType: String, position: SourcePosition = .start) {
        self.name = name
        self.entityType = entityType
        self.position = position
    }
}

/// A singleton: one entity with a name of its own (OData CSDL XML 4.01, section 13.3).
public struct Singleton: Sendable, Hashable, AnnotatedElement {
    /// The name, which is the first segment of its URL.
    public var name: String
    /// The type of the entity, as written.
    public var type: String
    /// Whether it may be absent (OData 4.01).
    public var isNullable: Bool = false
    /// Where related entities live.
    public var navigationPropertyBindings: [NavigationPropertyBinding] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a singleton.
    public init(name: String, type: String, position: SourcePosition = .start) {
        self.name = name
        self.type = type
        self.position = position
    }
}

/// An action import or function import (OData CSDL XML 4.01, sections 13.5 and 13.6).
public struct OperationImport: Sendable, Hashable, AnnotatedElement {
    /// Whether an action or a function is imported.
    public var kind: Operation.Kind
    /// The name of the import, which is the segment of its URL.
    public var name: String
    /// The qualified name of the action or function, as written.
    public var operation: String
    /// The entity set or the path to it that the result belongs to.
    public var entitySet: String?
    /// Whether the service document lists it.
    public var includeInServiceDocument: Bool = false
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an import.
    public init(kind: Operation.Kind, name: String, operation: String, position: SourcePosition = .start) {
        self.kind = kind
        self.name = name
        self.operation = operation
        self.position = position
    }
}
