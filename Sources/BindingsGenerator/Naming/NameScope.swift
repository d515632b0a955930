import CSDL

/// The names of one scope, given out once each.
struct NameScope: Sendable {
    /// A name that was given out, and the note to make where it is not the one that was asked for.
    struct Assignment {
        /// The identifier without backticks.
        let name: String
        /// Why it is not the plain name; `nil` where it is.
        let reason: String?
        /// What is wrong with the name that someone chose; `nil` where nothing is.
        let conflict: Diagnostic?

        init(name: String, reason: String? = nil, conflict: Diagnostic? = nil) {
            self.name = name
            self.reason = reason
            self.conflict = conflict
        }
    }

    private var taken: Set<String> = []
    private var held: Set<String> = []
    private let reserved: Set<String>
    private let renames: [String: NamingConfiguration.Rename]
    /// The chosen names that apply here, with what they are for.
    private var chosen: [String: NamingConfiguration.Rename] = [:]

    /// A scope with names that are never given out.
    ///
    /// - Parameters:
    ///   - reserved: The names that are never given out.
    ///   - renames: Names that someone chose, by the names in the metadata.
    init(reserved: Set<String>, renames: [String: NamingConfiguration.Rename] = [:]) {
        self.reserved = reserved
        self.renames = renames
    }

    /// Keeps names for those that have them already in the metadata: where `Name` and `name` meet, `name` is `name`.
    mutating func hold(_ sources: some Sequence<String>) {
        held.formUnion(sources)
        guard !renames.isEmpty else { return }
        for source in sources {
            if let rename = renames[source], chosen[rename.name] == nil { chosen[rename.name] = rename }
        }
    }

    /// Gives out a name.
    ///
    /// - Parameters:
    ///   - spelling: The identifier asked for, and what to take where that is not free.
    ///   - source: What it is made of, in the metadata.
    ///   - otherSources: Other names by which it may have been renamed.
    ///   - suffix: What to add where the name is reserved, such as `Column`.
    ///   - allowingReserved: Whether the reserved name may be taken after all.
    ///   - isRenamable: Whether the chosen names are for things of this kind.
    mutating func assign(
        _ spelling: NamingStyle.Spelling,
        for source: String,
        orRenamed otherSources: [String] = [],
        suffix: String,
        allowingReserved: Bool = false,
        isRenamable: Bool = true
    ) -> Assignment {
        if isRenamable, !renames.isEmpty {
            for name in [source] + otherSources {
                if let rename = renames[name] { return assign(rename) }
            }
        }
        let name = spelling.name
        var candidate = name
        var reason: String?
        if let fullName = spelling.fullName,
            isTaken(name, for: source) || (!allowingReserved && reserved.contains(name))
        {
            candidate = fullName
            reason = "'\(name)' is already taken"
        }
        if !allowingReserved, reserved.contains(candidate) {
            reason = "'\(candidate)' has a meaning of its own"
            candidate += suffix
        }
        let conflict = chosen[candidate].map {
            Diagnostic(
                .error,
                "the new name of '\($0.source)' is that of '\(source)'; "
                    + (isRenamable ? "rename that one too" : "choose another one"),
                at: $0.place
            )
        }
        let base = candidate
        var number = 2
        while isTaken(candidate, for: source) || (candidate != base && reserved.contains(candidate)) {
            candidate = "\(base)\(number)"
            number += 1
            reason = "'\(base)' is already taken"
        }
        if conflict == nil { taken.insert(candidate) }
        return Assignment(name: candidate, reason: reason, conflict: conflict)
    }

    /// Gives out a name that has no other spelling.
    mutating func assign(
        _ name: String,
        for source: String,
        suffix: String,
        allowingReserved: Bool = false
    ) -> Assignment {
        let spelling = NamingStyle.Spelling(name: name, fullName: nil)
        return assign(spelling, for: source, suffix: suffix, allowingReserved: allowingReserved)
    }

    private mutating func assign(_ rename: NamingConfiguration.Rename) -> Assignment {
        var problem: String?
        if reserved.contains(rename.name) { problem = "it has a meaning of its own" }
        if !taken.insert(rename.name).inserted { problem = "something else has that name" }
        let conflict = problem.map {
            Diagnostic(.error, "'\(rename.source)' cannot be named '\(rename.name)': \($0)", at: rename.place)
        }
        return Assignment(name: rename.name, reason: nil, conflict: conflict)
    }

    private func isTaken(_ candidate: String, for source: String) -> Bool {
        taken.contains(candidate) || (candidate != source && held.contains(candidate))
    }
}

extension String {
    /// The identifier as it is written where it names a member or parameter: in backticks where it is a keyword.
    var escapedIdentifier: String { ReservedNames.keywords.contains(self) ? "`\(self)`" : self }
}
