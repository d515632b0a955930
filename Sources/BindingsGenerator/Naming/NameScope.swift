import CSDL

/// The names of one scope, given out once each.
struct NameScope {
    /// A name that was given out, and the note to make where it is not the one that was asked for.
    struct Assignment {
        /// The identifier without backticks.
        let name: String
        /// Why it is not the plain name; `nil` where it is.
        let reason: String?
    }

    private var taken: Set<String>
    private let reserved: Set<String>

    /// A scope with names that are never given out.
    init(reserved: Set<String>) {
        self.reserved = reserved
        taken = []
    }

    /// Gives out a name.
    ///
    /// - Parameters:
    ///   - name: The identifier asked for.
    ///   - suffix: What to add where the name is reserved, such as `Column`.
    ///   - allowingReserved: Whether the reserved name may be taken after all.
    mutating func assign(_ name: String, suffix: String, allowingReserved: Bool = false) -> Assignment {
        var candidate = name
        var reason: String?
        if !allowingReserved, reserved.contains(name) {
            candidate += suffix
            reason = "'\(name)' has a meaning of its own"
        }
        let base = candidate
        var number = 2
        while taken.contains(candidate) || (candidate != base && reserved.contains(candidate)) {
            candidate = "\(base)\(number)"
            number += 1
            reason = "'\(base)' is already taken"
        }
        taken.insert(candidate)
        return Assignment(name: candidate, reason: reason)
    }
}

extension String {
    /// The identifier as it is written where it names a member or parameter: in backticks where it is a keyword.
    var escapedIdentifier: String { ReservedNames.keywords.contains(self) ? "`\(self)`" : self }
}
