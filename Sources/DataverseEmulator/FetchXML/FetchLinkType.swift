/// How the rows of a linked table take part in a query.
///
/// Source: Microsoft Dataverse, "link-entity element", link-type options.
enum FetchLinkType: String, CaseIterable {
    case inner
    case outer
    case exists
    case isIn = "in"
    /// At most one of the related rows is in the result.
    case firstMatch = "matchfirstrowusingcrossapply"
    case any
    case notAny = "not any"
    /// Rows that have related rows, none of which fulfil the filter of the link.
    case all
    /// The same as ``any``.
    case notAll = "not all"

    /// Whether the link is a condition of a filter.
    var isCondition: Bool { [.any, .notAny, .all, .notAll].contains(self) }

    /// Whether columns of the linked table can be in the result.
    var hasColumns: Bool { [.inner, .outer, .firstMatch].contains(self) }

    /// - Throws: ``ServiceError`` if there is no such type, or if it does not belong where it stands.
    init(_ text: String, isInFilter: Bool) throws {
        guard let type = Self(rawValue: text) else {
            if text == "natural" { throw ServiceError.unsupported("the link type 'natural'") }
            throw ServiceError.badQuery("There is no link type '\(text)'. There are: \(Self.list(Self.allCases)).")
        }
        guard type.isCondition == isInFilter else {
            let others = Self.list(Self.allCases.filter { $0.isCondition == isInFilter })
            throw ServiceError.badQuery(
                isInFilter
                    ? "A link of the type '\(text)' cannot stand in a filter. Links in filters are: \(others)."
                    : "A link of the type '\(text)' has to stand in a filter. Elsewhere there are: \(others)."
            )
        }
        self = type
    }

    private static func list(_ types: [FetchLinkType]) -> String {
        types.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    }
}
