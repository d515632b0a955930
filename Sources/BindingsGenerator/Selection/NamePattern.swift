/// A name, or a pattern of names in which `*` stands for any characters, none included.
public struct NamePattern: Sendable {
    /// The pattern as it was given.
    public let text: String
    private let parts: [Substring]

    /// - Parameter text: the name or pattern.
    public init(_ text: String) {
        self.text = text
        parts = text.split(separator: "*", omittingEmptySubsequences: false)
    }

    /// Whether the pattern is a plain name.
    var isExact: Bool { parts.count == 1 }

    /// Whether a name is the pattern's, or matches it.
    public func matches(_ name: String) -> Bool {
        guard let first = parts.first, let last = parts.last, !isExact else { return name == text }
        guard name.hasPrefix(first) else { return false }
        var rest = name.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
