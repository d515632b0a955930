/// The rules themselves, printed.
public struct RuleListing: Sendable {
    private let rules: [Rule]

    /// A listing of all rules.
    public init() { rules = RuleCatalog.all }

    /// A line for each rule.
    public var text: String {
        let width = rules.map(\.id.count).max() ?? 0
        let lines = rules.map { rule in
            let id = rule.id + String(repeating: " ", count: width - rule.id.count)
            let severity = rule.severity.rawValue.padded(to: 8)
            return "\(id)  \(severity)  \(rule.direction.rawValue.padded(to: 8))  \(rule.title)"
        }
        return lines.joined(separator: "\n") + "\n\n\(rules.count) rules\n"
    }

    /// An array of objects.
    public var json: String {
        var json = JSONWriter()
        json.array(rules) { json, rule in
            json.raw("\n{")
            json.member("id", rule.id)
            json.raw(",")
            json.member("group", rule.group.rawValue)
            json.raw(",")
            json.member("severity", rule.severity.rawValue)
            json.raw(",")
            json.member("direction", rule.direction.rawValue)
            json.raw(",")
            json.member("bump", rule.bump.rawValue)
            json.raw(",")
            json.member("title", rule.title)
            json.raw(",")
            json.member("reason", rule.reason)
            json.raw(",")
            json.member("source", rule.source.rawValue)
            json.raw(",\"example\":{")
            json.member("old", rule.example.old)
            json.raw(",")
            json.member("new", rule.example.new)
            json.raw("}}")
        }
        return json.text + "\n"
    }

    /// The page of the documentation.
    public var markdown: String {
        var page = """
            # Rules of `dataverse-gen diff`

            Every change has a rule, and every rule a stable id, a severity that can be set in the configuration, and an
            example that the tests check. This page is printed by `dataverse-gen diff --list-rules --format markdown`.

            - **breaking**: a client that worked with the old schema fails with the new one, or does not compile any more.
            - **risky**: most clients go on working; some may meet a value or an order they do not expect.
            - **safe**: clients need not know.

            "Sends" and "receives" say where a client feels the change; "neither" is about documents and tools.

            """
        for group in Rule.Group.allCases {
            let members = rules.filter { $0.group == group }
            page += "\n## \(group.title)\n"
            for rule in members { page += section(rule) }
        }
        return page
    }

    private func section(_ rule: Rule) -> String {
        """

        ### `\(rule.id)`

        **\(rule.severity.rawValue)** · \(rule.direction.rawValue) · \(rule.bump.rawValue) version

        \(rule.title). \(rule.reason) (\(rule.source.rawValue))

        Before:

        \(code(rule.example.old, rule.example.place))

        After:

        \(code(rule.example.new, rule.example.place))

        """
    }

    private func code(_ text: String, _ place: RuleExample.Place) -> String {
        if text.isEmpty { return "(nothing)" }
        return "```\(place == .choices ? "json" : "xml")\n\(text)\n```"
    }
}

extension Rule.Group {
    /// The heading of the group.
    var title: String {
        switch self {
        case .keys: "Primary and alternate keys"
        case .facets: "Facets of properties"
        case .navigation: "Navigation properties"
        case .documents: "Documents and schemas"
        case .operations: "Actions and functions"
        case .containers: "Entity sets, singletons and bindings"
        case .imports: "Action and function imports"
        case .annotations: "Terms and annotations"
        case .choices: "Choices"
        default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
