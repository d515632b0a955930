/// How much two names look alike: the share of pairs of letters that they have in common (Sørensen and Dice), without
/// regard to case. Prefixes of publishers, such as `new_`, change it little.
struct NameSimilarity {
    private let pairs: [UInt16]

    init(_ name: String) {
        let letters = name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        pairs = zip(letters, letters.dropFirst()).map { UInt16($0) << 8 | UInt16($1) }.sorted()
    }

    /// From 0 to 1.
    func similarity(to other: NameSimilarity) -> Double {
        guard !pairs.isEmpty, !other.pairs.isEmpty else { return pairs == other.pairs ? 1 : 0 }
        var (left, right, shared) = (0, 0, 0)
        while left < pairs.count, right < other.pairs.count {
            if pairs[left] == other.pairs[right] {
                shared += 1
                left += 1
                right += 1
            } else if pairs[left] < other.pairs[right] {
                left += 1
            } else {
                right += 1
            }
        }
        return Double(2 * shared) / Double(pairs.count + other.pairs.count)
    }
}
