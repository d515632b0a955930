/// Finds the names that someone may have meant.
public enum NearMatches {
    /// Up to three names close to a name, the closest first.
    public static func of(_ name: String, in candidates: some Collection<String>) -> [String] {
        let wanted = Array(name.lowercased().unicodeScalars)
        let tolerance = max(1, (wanted.count + 1) / 3)
        var scored: [(distance: Int, name: String)] = []
        for candidate in Set(candidates) {
            let letters = Array(candidate.lowercased().unicodeScalars)
            if letters == wanted {
                scored.append((0, candidate))
            } else if wanted.count > 3, letters.starts(with: wanted) {
                scored.append((1, candidate))
            } else if abs(letters.count - wanted.count) <= tolerance {
                let distance = distance(wanted, letters)
                if distance <= tolerance { scored.append((distance, candidate)) }
            }
        }
        return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// How many insertions, deletions and substitutions lie between two words.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (i, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (scalar == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
