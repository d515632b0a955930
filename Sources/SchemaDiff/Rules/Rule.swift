/// A kind of change, with what it means and why.
///
/// The id is stable: configurations, scripts and accepted changes refer to it.
public struct Rule: Sendable, Hashable {
    /// What a rule is about; each group has a file of its own.
    public enum Group: String, Sendable, Hashable, CaseIterable {
        /// The document and its schemas, and so on for each part of the specification.
        case documents, types, keys, properties, facets, navigation, enumerations, operations, parameters, results
        /// Containers and what is in them, annotations, and the options of choice columns.
        case containers, imports, annotations, capabilities, choices
    }

    /// Where the severity of a rule comes from.
    public enum Source: String, Sendable, Hashable {
        /// OData 4.01 Part 1: Protocol, section 5.2 "Model Versioning": the list of changes a client has to expect.
        case versioning = "OData protocol 4.01, section 5.2"
        /// Another rule of the protocol or of CSDL.
        case specification = "OData 4.01"
        /// How Dataverse behaves.
        case dataverse = "Dataverse"
        /// What the change does to generated Swift.
        case swift = "generated Swift"
    }

    /// The name of the rule, such as `property-removed`.
    public let id: String
    /// What it is about.
    public let group: Group
    /// How much it matters where nothing else is configured.
    public let severity: Severity
    /// Where it is felt.
    public let direction: Direction
    /// The change in a few words.
    public let title: String
    /// Why it has that severity.
    public let reason: String
    /// What the reason rests on.
    public let source: Source
    /// The smallest pair of documents that shows it.
    public let example: RuleExample
    /// The version step it calls for at its own severity.
    public let bump: VersionBump

    init(
        _ id: String,
        _ severity: Severity,
        _ direction: Direction,
        _ title: String,
        because reason: String,
        from source: Source,
        in group: Group,
        bump: VersionBump? = nil,
        _ example: RuleExample
    ) {
        self.id = id
        self.group = group
        self.severity = severity
        self.direction = direction
        self.title = title
        self.reason = reason
        self.source = source
        self.example = example
        self.bump = bump ?? Rule.bump(for: severity, isAddition: id.contains("-added"))
    }

    /// The version step for a severity: what breaks is major, what is added or may surprise is minor.
    static func bump(for severity: Severity, isAddition: Bool) -> VersionBump {
        switch severity {
        case .breaking: .major
        case .risky: .minor
        case .safe: isAddition ? .minor : .patch
        }
    }

    /// Two rules are the same where their ids are.
    public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }

    /// Hashes the id.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
