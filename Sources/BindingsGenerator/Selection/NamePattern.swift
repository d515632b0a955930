/// A name, or a pattern of names in which `*` stands for any characters, none included.
struct NamePattern: Sendable {
    /// The pattern as it was given.
    let text: String
    private let parts: [Substring]

    init(_ text: String) {
        self.text = text
        parts = text.split(separator: "*", omittingEmptySubsequences: false)
    }

    /// Whether the pattern is a plain name.
    var isExact: Bool { parts.count == 1 }

    func matches(_ name: String) -> Bool {
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
