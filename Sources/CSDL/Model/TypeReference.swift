/// The type of a property, parameter, result or term: a name, whether it is a collection, and facets.
public struct TypeReference: Sendable, Hashable {
    /// The name of the type as written, without `Collection(…)`: `Edm.String`, `mscrm.account`.
    public var name: String
    /// Whether it is a collection of the named type.
    public var isCollection: Bool
    /// Whether the value, or an element of the collection, may be null.
    public var isNullable: Bool
    /// The facets, such as the greatest length.
    public var facets: Facets

    /// Makes a type reference.
    public init(_ name: String, isCollection: Bool = false, isNullable: Bool = true, facets: Facets = Facets()) {
        self.name = name
        self.isCollection = isCollection
        self.isNullable = isNullable
        self.facets = facets
    }

    /// The type as it is written in a document: `Collection(Edm.String)`.
    public var spelling: String { isCollection ? "Collection(\(name))" : name }
}

/// The facets that narrow a primitive type (OData CSDL XML 4.01, section 7.2).
public struct Facets: Sendable, Hashable {
    /// The greatest length of a string or binary value.
    public enum MaxLength: Sendable, Hashable {
        /// The greatest length the service supports.
        case max
        /// So many characters or bytes.
        case limited(Int)
    }

    /// The digits right of the decimal point.
    public enum Scale: Sendable, Hashable {
        /// At most so many.
        case fixed(Int)
        /// From zero to the precision.
        case variable
        /// A floating point.
        case floating
    }

    /// The greatest length of a string or binary value.
    public var maxLength: MaxLength?
    /// The significant digits of a decimal, or the digits of a second's fraction.
    public var precision: Int?
    /// The digits right of the decimal point.
    public var scale: Scale?
    /// The spatial reference system, as written: a number or `variable`.
    public var srid: String?
    /// Whether a string may contain characters beyond ASCII.
    public var isUnicode: Bool?

    /// Makes facets that narrow nothing.
    public init() {}
}
