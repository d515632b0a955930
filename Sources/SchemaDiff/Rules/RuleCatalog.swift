/// All rules, in the order of the documentation.
public enum RuleCatalog {
    /// All rules, group by group.
    public static let all: [Rule] =
        Rule.documents + Rule.types + Rule.keys + Rule.properties + Rule.facets + Rule.navigation + Rule.enumerations
        + Rule.operations + Rule.parameters + Rule.results + Rule.containers + Rule.imports
        + Rule.annotations + Rule.capabilities
        + Rule.choices

    /// The rule with an id.
    public static func rule(_ id: String) -> Rule? { byID[id] }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
