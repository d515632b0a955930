/// Finds removed and added elements that are probably the same under another name.
///
/// Members are compared within their owner, by type, definition and name; types by the names of their members. The
/// number of comparisons is bounded, so that the time stays in proportion to the number of changes.
struct RenameDetector {
    /// A guess is made from here on.
    private static let threshold = 0.6
    /// At most so many pairs are looked at within one owner.
    private static let mostPairs = 20_000
    /// A member name that so many added types have says nothing.
    private static let mostTypesOfName = 50

    /// A change that may be half of a rename.
    private struct Candidate {
        let place: Int
        let change: Change
        let similarity: NameSimilarity
        let members: Set<String>
        /// The definition without the name.
        let shape: String
        let value: String

        init(_ place: Int, _ change: Change) {
            self.place = place
            self.change = change
            let name = change.element.name
            let simpleName = name.prefix { $0 != "(" }.split(separator: ".").last.map(String.init) ?? name
            similarity = NameSimilarity(simpleName)
            let definition = change.oldDefinition ?? change.newDefinition ?? ""
            shape = definition.replacingFirst(" Name=\"\(simpleName)\"", with: "")
            members = Set(Candidate.names(in: definition))
            value = change.before ?? change.after ?? ""
        }

        /// The names of the elements inside a definition, which stand on lines of their own.
        private static func names(in definition: String) -> [String] {
            definition.split(separator: "\n").dropFirst().compactMap { line in
                guard let start = line.firstRange(of: " Name=\"")?.upperBound else { return nil }
                return String(line[start...].prefix { $0 != "\"" })
            }
        }
    }

    private struct Guess {
        let removed: Int
        let added: Int
        var score: Double
    }

    /// The groups within which renames are looked for.
    private struct Group: Hashable {
        let kind: SchemaElement.Kind
        let owner: String
    }

    /// The changes with their probable renames, and the renames in order of their old paths.
    static func detect(in changes: [Change]) -> (changes: [Change], renames: [ProbableRename]) {
        var removed: [Group: [Candidate]] = [:]
        var added: [Group: [Candidate]] = [:]
        for (place, change) in changes.enumerated() where !change.isImplied {
            guard let group = group(of: change) else { continue }
            if change.rule.id.hasSuffix("-removed") {
                removed[group, default: []].append(Candidate(place, change))
            } else if change.rule.id.hasSuffix("-added") {
                added[group, default: []].append(Candidate(place, change))
            }
        }
        var result = changes
        var renames: [ProbableRename] = []
        for (group, left) in removed {
            guard let right = added[group] else { continue }
            for guess in choose(guesses(left, right, group.kind)) {
                let rename = ProbableRename(
                    oldPath: changes[guess.removed].path,
                    newPath: changes[guess.added].path,
                    confidence: guess.score
                )
                result[guess.removed].rename = rename
                result[guess.added].rename = rename
                renames.append(rename)
            }
        }
        return (result, renames.sorted { ($0.oldPath, $0.newPath) < ($1.oldPath, $1.newPath) })
    }

    private static func group(of change: Change) -> Group? {
        switch change.element {
        case .named(let kind, _):
            switch kind {
            case .entityType, .complexType, .enumType, .typeDefinition, .action, .function:
                return Group(kind: kind, owner: "")
            default: return nil
            }
        case .member(let kind, _, let owner):
            // Container children keep together where the container was renamed.
            if owner.kind == .container {
                return change.path == change.element.path ? Group(kind: kind, owner: "") : nil
            }
            guard kind != .choice, kind != .choices, change.path == change.element.path else { return nil }
            return Group(kind: kind, owner: owner.path)
        }
    }

    private static func guesses(_ left: [Candidate], _ right: [Candidate], _ kind: SchemaElement.Kind) -> [Guess] {
        var guesses: [Guess] = []
        for (removed, added) in pairs(left, right) {
            let score = score(removed, added, kind)
            if score >= threshold {
                guesses.append(Guess(removed: removed.place, added: added.place, score: score))
            }
        }
        return guesses
    }

    /// The pairs worth comparing: all where they are few, else those that have something in common.
    private static func pairs(_ left: [Candidate], _ right: [Candidate]) -> [(Candidate, Candidate)] {
        if left.count * right.count <= mostPairs {
            return left.flatMap { removed in right.map { (removed, $0) } }
        }
        var byFeature: [String: [Int]] = [:]
        for (place, candidate) in right.enumerated() {
            byFeature["shape " + candidate.shape, default: []].append(place)
            for member in candidate.members { byFeature["member " + member, default: []].append(place) }
        }
        var pairs: [(Candidate, Candidate)] = []
        for candidate in left {
            var places: Set<Int> = []
            for feature in ["shape " + candidate.shape] + candidate.members.map({ "member " + $0 }) {
                guard let found = byFeature[feature], found.count <= mostTypesOfName else { continue }
                places.formUnion(found)
            }
            pairs += places.sorted().prefix(mostTypesOfName).map { (candidate, right[$0]) }
        }
        return pairs
    }

    private static func score(_ removed: Candidate, _ added: Candidate, _ kind: SchemaElement.Kind) -> Double {
        let names = removed.similarity.similarity(to: added.similarity)
        switch kind {
        case .entityType, .complexType, .enumType:
            let all = removed.members.union(added.members).count
            guard all > 0 else { return names * 0.8 }
            let shared = Double(removed.members.intersection(added.members).count) / Double(all)
            return 0.7 * shared + 0.3 * names
        case .enumMember:
            return removed.value == added.value ? 0.6 + 0.4 * names : 0.7 * names
        default:
            let sameValue = removed.value == added.value ? 0.25 : 0
            let sameShape = removed.shape == added.shape ? 0.15 : 0
            return 0.6 * names + sameValue + sameShape
        }
    }

    /// Each element once, the best guesses first. Where another guess is nearly as good, the confidence is lower.
    private static func choose(_ guesses: [Guess]) -> [Guess] {
        let sorted = guesses.sorted { (-$0.score, $0.removed, $0.added) < (-$1.score, $1.removed, $1.added) }
        var best: [Int: [Double]] = [:]
        for guess in sorted {
            best[guess.removed, default: []].append(guess.score)
            best[guess.added, default: []].append(guess.score)
        }
        var taken: Set<Int> = []
        var chosen: [Guess] = []
        for guess in sorted where !taken.contains(guess.removed) && !taken.contains(guess.added) {
            taken.insert(guess.removed)
            taken.insert(guess.added)
            let rivals = [guess.removed, guess.added].contains { place in
                (best[place] ?? []).count { $0 > guess.score - 0.05 } > 1
            }
            var result = guess
            if rivals { result.score *= 0.85 }
            if result.score >= threshold { chosen.append(result) }
        }
        return chosen
    }
}

extension String {
    /// The string with the first occurrence of another one replaced.
    func replacingFirst(_ part: String, with replacement: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        var copy = self
        copy.replaceSubrange(range, with: replacement)
        return copy
    }
}
