/// A path or rule id with `*` as a wildcard for any number of characters.
public struct PathPattern: Sendable, Hashable {
    /// The pattern as written.
    public let text: String
    private let parts: [String]

    /// Makes a pattern.
    public init(_ text: String) {
        self.text = text
        parts = text.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether a text is of the pattern.
    public func matches(_ candidate: String) -> Bool {
        guard let first = parts.first, let last = parts.last else { return false }
        if parts.count == 1 { return candidate == first }
        guard candidate.hasPrefix(first) else { return false }
        var rest = candidate.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
