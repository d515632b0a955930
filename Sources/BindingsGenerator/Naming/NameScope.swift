import CSDL

/// The names of one scope, given out once each.
struct NameScope: Sendable {
    /// A name that was given out, and the note to make where it is not the one that was asked for.
    struct Assignment {
        /// The identifier without backticks.
        let name: String
        /// Why it is not the plain name; `nil` where it is.
        let reason: String?
    }

    private var taken: Set<String> = []
    private var held: Set<String> = []
    private let reserved: Set<String>

    /// A scope with names that are never given out.
    init(reserved: Set<String>) {
        self.reserved = reserved
    }

    /// Keeps names for those that have them already in the metadata: where `Name` and `name` meet, `name` is `name`.
    mutating func hold(_ sources: some Sequence<String>) {
        held.formUnion(sources)
    }

    /// Gives out a name.
    ///
    /// - Parameters:
    ///   - name: The identifier asked for.
    ///   - source: What it is made of, in the metadata.
    ///   - suffix: What to add where the name is reserved, such as `Column`.
    ///   - allowingReserved: Whether the reserved name may be taken after all.
    mutating func assign(
        _ name: String,
        for source: String,
        suffix: String,
        allowingReserved: Bool = false
    ) -> Assignment {
        var candidate = name
        var reason: String?
        if !allowingReserved, reserved.contains(name) {
            candidate += suffix
            reason = "'\(name)' has a meaning of its own"
        }
        let base = candidate
        var number = 2
        while isTaken(candidate, for: source) || (candidate != base && reserved.contains(candidate)) {
            candidate = "\(base)\(number)"
            number += 1
            reason = "'\(base)' is already taken"
        }
        taken.insert(candidate)
        return Assignment(name: candidate, reason: reason)
    }

    private func isTaken(_ candidate: String, for source: String) -> Bool {
        taken.contains(candidate) || (candidate != source && held.contains(candidate))
    }
}

extension String {
    /// The identifier as it is written where it names a member or parameter: in backticks where it is a keyword.
    var escapedIdentifier: String { ReservedNames.keywords.contains(self) ? "`\(self)`" : self }
}
