/// An action or a function, or one overload of it (OData CSDL XML 4.01, section 12).
public struct Operation: Sendable, Hashable, AnnotatedElement {
    /// Which of the two an operation is.
    public enum Kind: String, Sendable, Hashable {
        /// May have side effects; called with POST.
        case action = "Action"
        /// Has no side effects and a result; called with GET.
        case function = "Function"
    }

    /// A parameter.
    public struct Parameter: Sendable, Hashable, AnnotatedElement {
        /// The name.
        public var name: String
        /// The type with its facets.
        public var type: TypeReference
        /// Annotations written inside the element.
        public var annotations: [Annotation]
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes a parameter.
        public init(
            name: String,
            type: TypeReference,
            annotations: [Annotation] = [],
            position: SourcePosition = .start
        ) {
            self.name = name
            self.type = type
            self.annotations = annotations
            self.position = position
        }
    }

    /// Action or function.
    public var kind: Kind
    /// The name without the namespace.
    public var name: String
    /// Whether it is called on a resource, given as the first parameter.
    public var isBound: Bool = false
    /// Whether further path segments and query options may follow a call.
    public var isComposable: Bool = false
    /// The path from the first parameter to the entity set of the result.
    public var entitySetPath: String?
    /// The parameters; of a bound operation the first is the binding parameter.
    public var parameters: [Parameter] = []
    /// The type of the result; `nil` where there is none.
    public var returnType: TypeReference?
    /// Annotations of the result.
    public var returnTypeAnnotations: [Annotation] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an operation without parameters.
    public init(kind: Kind, name: String, position: SourcePosition = .start) {
        self.kind = kind
        self.name = name
        self.position = position
    }

    /// The parameter that names the resource the operation is called on.
    public var bindingParameter: Parameter? { isBound ? parameters.first : nil }
    /// The parameters that a caller passes: all but the binding parameter.
    public var callParameters: ArraySlice<Parameter> { isBound ? parameters.dropFirst() : parameters[...] }
}
