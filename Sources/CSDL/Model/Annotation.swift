/// A term: the definition of an annotation (OData CSDL XML 4.01, section 14.1).
public struct Term: Sendable, Hashable, AnnotatedElement {
    /// The name without the namespace.
    public var name: String
    /// The type of the annotation's value.
    public var type: TypeReference
    /// The term that applies wherever this one does.
    public var baseTerm: String?
    /// The value an annotation has that gives none.
    public var defaultValue: String?
    /// The kinds of elements it may annotate; empty where any.
    public var appliesTo: [String] = []
    /// Annotations written inside the element.
    public var annotations: [Annotation] = []
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a term.
    public init(name: String, type: TypeReference, position: SourcePosition = .start) {
        self.name = name
        self.type = type
        self.position = position
    }
}

/// An annotation: a term applied to an element, with a value (OData CSDL XML 4.01, section 14.2).
public struct Annotation: Sendable, Hashable, AnnotatedElement {
    /// The term as written: qualified with a namespace or an alias.
    public var term: String
    /// What tells several annotations with the same term apart.
    public var qualifier: String?
    /// The value; `nil` where the term's default applies.
    public var value: AnnotationExpression?
    /// Annotations of the annotation.
    public var annotations: [Annotation]
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes an annotation.
    public init(
        term: String,
        qualifier: String? = nil,
        value: AnnotationExpression? = nil,
        annotations: [Annotation] = [],
        position: SourcePosition = .start
    ) {
        self.term = term
        self.qualifier = qualifier
        self.value = value
        self.annotations = annotations
        self.position = position
    }
}

/// The value of an annotation (OData CSDL XML 4.01, sections 14.3 and 14.4).
public indirect enum AnnotationExpression: Sendable, Hashable {
    /// The kinds of constants; the raw value is the name of the element and attribute.
    public enum ConstantKind: String, Sendable, Hashable, CaseIterable {
        /// A constant of the primitive type of that name, as written.
        case binary = "Binary"
        /// `<Bool>`
        case bool = "Bool"
        /// `<Date>`
        case date = "Date"
        /// `<DateTimeOffset>`
        case dateTimeOffset = "DateTimeOffset"
        /// `<Decimal>`
        case decimal = "Decimal"
        /// `<Duration>`
        case duration = "Duration"
        /// `<EnumMember>`
        case enumMember = "EnumMember"
        /// `<Float>`
        case float = "Float"
        /// `<Guid>`
        case guid = "Guid"
        /// `<Int>`
        case int = "Int"
        /// `<String>`
        case string = "String"
        /// `<TimeOfDay>`
        case timeOfDay = "TimeOfDay"
    }

    /// The kinds of paths; the raw value is the name of the element and attribute.
    public enum PathKind: String, Sendable, Hashable, CaseIterable {
        /// A path to a model element or a value, by the name of its element.
        case annotationPath = "AnnotationPath"
        /// `<ModelElementPath>`
        case modelElementPath = "ModelElementPath"
        /// `<NavigationPropertyPath>`
        case navigationPropertyPath = "NavigationPropertyPath"
        /// `<PropertyPath>`
        case propertyPath = "PropertyPath"
        /// `<AnyPropertyPath>`
        case anyPropertyPath = "AnyPropertyPath"
        /// `<Path>`
        case value = "Path"
    }

    /// The operators with operands; the raw value is the name of the element.
    public enum Operator: String, Sendable, Hashable, CaseIterable {
        /// A comparison, a logical or an arithmetic operator, by the name of its element.
        case and = "And"
        /// `<Or>`
        case or = "Or"
        /// `<Not>`
        case not = "Not"
        /// `<Eq>`
        case equal = "Eq"
        /// `<Ne>`
        case notEqual = "Ne"
        /// `<Gt>`
        case greater = "Gt"
        /// `<Ge>`
        case greaterOrEqual = "Ge"
        /// `<Lt>`
        case less = "Lt"
        /// `<Le>`
        case lessOrEqual = "Le"
        /// `<Has>`
        case has = "Has"
        /// `<In>`
        case isIn = "In"
        /// `<Neg>`
        case negate = "Neg"
        /// `<Add>`
        case add = "Add"
        /// `<Sub>`
        case subtract = "Sub"
        /// `<Mul>`
        case multiply = "Mul"
        /// `<Div>`
        case divide = "Div"
        /// `<DivBy>`
        case divideBy = "DivBy"
        /// `<Mod>`
        case modulo = "Mod"
    }

    /// A constant, as written.
    case constant(ConstantKind, String)
    /// A path, as written.
    case path(PathKind, String)
    /// An operator with its operands.
    case operation(Operator, [AnnotationExpression])
    /// A call of a client-side function such as `odata.concat`.
    case apply(function: String, arguments: [AnnotationExpression])
    /// A value converted to a type.
    case cast(TypeReference, AnnotationExpression?)
    /// Whether a value is of a type.
    case isOf(TypeReference, AnnotationExpression?)
    /// Several values.
    case collection([AnnotationExpression])
    /// A condition, the value where it holds and the value where it does not.
    case conditional([AnnotationExpression])
    /// A value with a name.
    case labeledElement(name: String, AnnotationExpression?)
    /// The value with the name.
    case labeledElementReference(String)
    /// No value.
    case null
    /// A record.
    case record(AnnotationRecord)
    /// The address of a resource whose value is meant.
    case urlReference(AnnotationExpression?)
}

/// A record inside an annotation (OData CSDL XML 4.01, section 14.4.10).
public struct AnnotationRecord: Sendable, Hashable, AnnotatedElement {
    /// A property of a record.
    public struct PropertyValue: Sendable, Hashable, AnnotatedElement {
        /// The name of the property.
        public var property: String
        /// The value.
        public var value: AnnotationExpression?
        /// Annotations written inside the element.
        public var annotations: [Annotation]
        /// Where the element begins.
        public var position: SourcePosition

        /// Makes a property of a record.
        public init(
            property: String,
            value: AnnotationExpression?,
            annotations: [Annotation] = [],
            position: SourcePosition = .start
        ) {
            self.property = property
            self.value = value
            self.annotations = annotations
            self.position = position
        }
    }

    /// The complex type of the record, where the document says.
    public var type: String?
    /// The properties.
    public var propertyValues: [PropertyValue]
    /// Annotations written inside the element.
    public var annotations: [Annotation]
    /// Where the element begins.
    public var position: SourcePosition

    /// Makes a record.
    public init(
        type: String? = nil,
        propertyValues: [PropertyValue] = [],
        annotations: [Annotation] = [],
        position: SourcePosition = .start
    ) {
        self.type = type
        self.propertyValues = propertyValues
        self.annotations = annotations
        self.position = position
    }

    /// The value of the property with a name.
    public subscript(property: String) -> AnnotationExpression? {
        propertyValues.first { $0.property == property }?.value
    }
}

extension AnnotationExpression {
    /// The text of a string constant.
    public var stringValue: String? {
        if case .constant(.string, let text) = self { text } else { nil }
    }

    /// The value of a Boolean constant.
    public var boolValue: Bool? {
        guard case .constant(.bool, let text) = self else { return nil }
        return switch text {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    /// The path, of whichever kind; a string constant counts as one, as several services write paths so.
    public var pathValue: String? {
        switch self {
        case .path(_, let path): path
        case .constant(.string, let text): text
        default: nil
        }
    }

    /// The elements of a collection; any other value is a collection of itself.
    public var elements: [AnnotationExpression] {
        if case .collection(let elements) = self { elements } else { [self] }
    }

    /// The record.
    public var record: AnnotationRecord? {
        if case .record(let record) = self { record } else { nil }
    }
}
