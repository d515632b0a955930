/// The path of a request after the service root.
///
/// Source: OData ABNF Construction Rules 4.01, section 1.
public struct ResourcePath: Hashable, Sendable {
    /// The segments, in their order.
    public let segments: [ResourceSegment]

    /// Makes one from its parts.
    public init(segments: [ResourceSegment]) {
        self.segments = segments
    }
}

/// One segment of a resource path.
public enum ResourceSegment: Hashable, Sendable {
    /// An entity set, a property, a type, an operation: the metadata decides. The arguments are what stands in
    /// parentheses after the name: a key, or the parameters of a function. `nil` means that there are no parentheses.
    case name(String, arguments: [Argument]?)
    /// `(…)` after the parentheses of a function: a key of its result.
    case key([Argument])
    /// A segment that is no name: a key written as a segment, decoded.
    case keyLiteral(String)
    /// `$count`
    case count
    /// `$ref`
    case ref
    /// `$value`
    case value
    /// `$each`
    case each
    /// `$query`
    case query
    /// `$filter(…)`
    case filter(Expression)
    /// `$metadata`
    case metadata
    /// `$batch`
    case batch
    /// `$entity`
    case entity
    /// `$all`
    case all
    /// `$crossjoin(A,B)`
    case crossjoin([String])
}
