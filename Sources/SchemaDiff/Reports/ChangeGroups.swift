/// Changes put together for people: by the element with a name of its own, and in it the weightiest first.
struct ChangeGroup {
    /// The path of a type, an operation or a container.
    let title: String
    /// The changes to be shown.
    var changes: [Change] = []
    /// How many members came or went with the element, which are not shown one by one.
    var impliedMembers = 0

    /// "1 member", "12 members".
    var membersText: String { "\(impliedMembers) \(impliedMembers == 1 ? "member" : "members")" }

    /// Groups in order of title.
    static func groups(_ changes: [Change]) -> [ChangeGroup] {
        var places: [String: Int] = [:]
        var groups: [ChangeGroup] = []
        for change in changes {
            let title = change.element.root.path
            let place = places[title] ?? groups.count
            if place == groups.count {
                places[title] = place
                groups.append(ChangeGroup(title: title))
            }
            if change.isImplied {
                groups[place].impliedMembers += 1
            } else {
                groups[place].changes.append(change)
            }
        }
        for place in groups.indices {
            groups[place].changes = groups[place].changes.enumerated()
                .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
                .map(\.element)
        }
        return groups.sorted { $0.title < $1.title }
    }
}

extension Change {
    /// The path without that of the group; empty for the element of the group itself.
    var pathInGroup: String {
        let root = element.root.path
        guard path.hasPrefix(root) else { return path }
        let rest = path.dropFirst(root.count)
        return String(rest.first == "/" ? rest.dropFirst() : rest)
    }
}

extension DiffResult {
    /// "3 breaking, 1 risky and 12 safe changes", and how many of them came with others.
    var countsSentence: String {
        let summary = summary
        guard summary.total > 0 else { return "No changes." }
        let noun = summary.safe == 1 ? "change" : "changes"
        let implied = changes.count(where: \.isImplied)
        let note = implied == 0 ? "" : " (\(implied) of them within elements that were added or removed)"
        return "\(summary.breaking) breaking, \(summary.risky) risky and \(summary.safe) safe \(noun)\(note)."
    }

    /// What the changes mean for the version of the bindings.
    var bumpSentence: String {
        switch bump {
        case .none: "The version can stay."
        case .patch: "They call for a patch version."
        case .minor: "They call for a minor version."
        case .major: "They call for a major version."
        }
    }
}
