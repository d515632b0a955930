/// The name that someone may have meant.
enum NearNames {
    /// The closest of several names, if one is close enough.
    static func of(_ name: String, in candidates: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8)
        let tolerance = max(1, (wanted.count + 1) / 3)
        let scored = candidates.map { (distance: distance(wanted, Array($0.lowercased().utf8)), name: $0) }
        guard let best = scored.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        return best.distance <= tolerance ? best.name : nil
    }

    /// How many insertions, deletions and substitutions lie between two words.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
