import CSDL

/// What a team makes of changes: other severities than those of the rules, and changes it has accepted.
public struct DiffPolicy: Sendable, Hashable {
    /// Another severity for a rule, everywhere or for some paths.
    public struct SeverityOverride: Sendable, Hashable {
        /// The ids of the rules.
        public let rule: PathPattern
        /// The paths of the changes.
        public let path: PathPattern
        /// The severity they have.
        public let severity: Severity

        /// Makes an override.
        public init(rule: PathPattern, path: PathPattern = PathPattern("*"), severity: Severity) {
            self.rule = rule
            self.path = path
            self.severity = severity
        }
    }

    /// A change that was seen and accepted. It is listed, and does not count.
    public struct Acceptance: Sendable, Hashable {
        /// The ids of the rules.
        public let rule: PathPattern
        /// The paths of the changes.
        public let path: PathPattern
        /// Why it was accepted.
        public let reason: String
        /// The last day on which it is accepted; `nil` for ever.
        public let expires: CalendarDate?
        /// Where it is configured, for messages.
        public let file: String?
        /// The place in the file.
        public let position: SourcePosition?

        /// Makes an acceptance.
        public init(
            rule: PathPattern,
            path: PathPattern,
            reason: String,
            expires: CalendarDate? = nil,
            file: String? = nil,
            position: SourcePosition? = nil
        ) {
            self.rule = rule
            self.path = path
            self.reason = reason
            self.expires = expires
            self.file = file
            self.position = position
        }
    }

    /// Where several apply, the last one decides.
    public var severities: [SeverityOverride] = []
    /// Where several apply, the first one decides.
    public var acceptances: [Acceptance] = []

    /// The severities of the rules, and nothing accepted.
    public init() {}

    /// Changes with their final severities, and those that were accepted.
    ///
    /// - Parameters:
    ///   - changes: The changes.
    ///   - today: The day on which acceptances are valid or not.
    /// - Returns: Among the diagnostics, a warning for every acceptance that has expired and would still apply, and a
    ///   note for each that applies to nothing.
    func apply(
        to changes: [Change],
        today: CalendarDate
    ) -> (changes: [Change], accepted: [AcceptedChange], diagnostics: [Diagnostic]) {
        var remaining: [Change] = []
        var accepted: [AcceptedChange] = []
        var hits = Array(repeating: 0, count: acceptances.count)
        for var change in changes {
            if let override = severities.last(where: { $0.rule.matches(change.rule.id) && $0.path.matches(change.path) }
            ) {
                change.severity = override.severity
            }
            var isAccepted = false
            for (place, acceptance) in acceptances.enumerated()
            where acceptance.rule.matches(change.rule.id) && acceptance.path.matches(change.path) {
                hits[place] += 1
                if let expires = acceptance.expires, expires < today { continue }
                accepted.append(AcceptedChange(change: change, acceptance: acceptance))
                isAccepted = true
                break
            }
            if !isAccepted { remaining.append(change) }
        }
        var diagnostics: [Diagnostic] = []
        for (acceptance, count) in zip(acceptances, hits) {
            let subject = "\(acceptance.rule.text) at \(acceptance.path.text)"
            if let expires = acceptance.expires, expires < today, count > 0 {
                let message = "the acceptance of \(subject) expired on \(expires); its changes count again"
                diagnostics.append(
                    Diagnostic(.warning, message, file: acceptance.file, position: acceptance.position)
                )
            } else if count == 0 {
                let message = "the acceptance of \(subject) applies to no change; remove it"
                diagnostics.append(Diagnostic(.note, message, file: acceptance.file, position: acceptance.position))
            }
        }
        return (remaining, accepted, diagnostics)
    }
}

/// A change that was accepted, and why.
public struct AcceptedChange: Sendable, Hashable {
    /// The change.
    public let change: Change
    /// The acceptance.
    public let acceptance: DiffPolicy.Acceptance
}
