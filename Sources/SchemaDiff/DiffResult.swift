import CSDL

/// What a comparison found, ready to be reported.
public struct DiffResult: Sendable {
    /// How many changes there are of each severity.
    public struct Summary: Sendable, Hashable {
        /// The number of breaking changes, then of risky and of safe ones.
        public internal(set) var breaking = 0, risky = 0, safe = 0

        /// The number of changes.
        public var total: Int { breaking + risky + safe }

        /// The number of changes of a severity.
        public subscript(severity: Severity) -> Int {
            switch severity {
            case .breaking: breaking
            case .risky: risky
            case .safe: safe
            }
        }

        mutating func count(_ severity: Severity) {
            switch severity {
            case .breaking: breaking += 1
            case .risky: risky += 1
            case .safe: safe += 1
            }
        }
    }

    /// The name of the old document.
    public let oldName: String
    /// The name of the new document.
    public let newName: String
    /// The changes that count, sorted by path.
    public var changes: [Change]
    /// The changes that do not count, because they were accepted.
    public let accepted: [AcceptedChange]
    /// Which pairs of changes are probably renames.
    public let renames: [ProbableRename]
    /// What there is to say about the documents and the acceptances.
    public let diagnostics: [Diagnostic]

    /// Compares two versions of a schema.
    ///
    /// - Parameters:
    ///   - old: The schema that clients were made for.
    ///   - new: The schema that they are going to meet.
    ///   - policy: Severities and accepted changes.
    ///   - today: The day on which acceptances are valid or not.
    ///   - withoutMembers: Whether the members of elements that came or went as a whole are left out.
    public init(
        old: SchemaVersion,
        new: SchemaVersion,
        policy: DiffPolicy = DiffPolicy(),
        today: CalendarDate,
        withoutMembers: Bool = false
    ) {
        oldName = old.document.sourceName
        newName = new.document.sourceName
        var found = SchemaComparison(old: old, new: new).changes()
        if withoutMembers { found.removeAll(where: \.isImplied) }
        let (changes, renames) = RenameDetector.detect(in: found)
        let (remaining, accepted, diagnostics) = policy.apply(to: changes, today: today)
        self.changes = remaining
        self.accepted = accepted
        self.renames = renames
        self.diagnostics = old.diagnostics + new.diagnostics + diagnostics
    }

    /// How many changes there are of each severity; accepted ones do not count.
    public var summary: Summary {
        var summary = Summary()
        for change in changes { summary.count(change.severity) }
        return summary
    }

    /// The version step that the changes call for; accepted ones do not count.
    public var bump: VersionBump { changes.map(\.bump).max() ?? .none }

    /// Whether one of the changes has at least this severity.
    public func reaches(_ threshold: Severity) -> Bool { changes.contains { $0.severity >= threshold } }
}
