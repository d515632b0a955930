/// Which row of an entity set: the part of a URL in parentheses.
///
/// Source: OData URL Conventions 4.01, sections 4.3.1 "Canonical URL" and 4.3.6 "Alternate Keys".
public struct KeyPredicate: Sendable, Hashable {
    /// Names and literals; a single key without a name is written without one.
    private let parts: [(name: String?, literal: String)]

    /// The row with this value in its only key property.
    public init(_ value: some ColumnValue) {
        parts = [(nil, value.urlLiteral)]
    }

    /// The row with these values: of all properties of a composite key, or of an alternate key.
    ///
    /// - Parameter values: property names and values; not empty.
    public init(named values: [(name: String, value: any ColumnValue)]) {
        parts = values.map { ($0.name, $0.value.urlLiteral) }
    }

    /// The predicate as it stands in a URL, with its parentheses, percent-encoded.
    public var urlText: String {
        let list = parts.map { part in
            let literal = PercentEncoding.pathSegment(part.literal)
            return part.name.map { "\(PercentEncoding.pathSegment($0))=\(literal)" } ?? literal
        }
        return "(\(list.joined(separator: ",")))"
    }

    public static func == (left: Self, right: Self) -> Bool { left.urlText == right.urlText }

    public func hash(into hasher: inout Hasher) { hasher.combine(urlText) }
}
