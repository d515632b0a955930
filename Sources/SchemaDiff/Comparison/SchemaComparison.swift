import CSDL

/// Compares two versions of a schema.
///
/// ```swift
/// let changes = SchemaComparison(old: SchemaVersion(before), new: SchemaVersion(after)).changes()
/// ```
///
/// Elements are found by their qualified names, so that neither their order nor the aliases of namespaces matter. The
/// time it takes grows with the size of the documents.
public struct SchemaComparison: Sendable {
    let old: SchemaVersion
    let new: SchemaVersion

    /// - Parameters:
    ///   - old: The schema that clients were made for.
    ///   - new: The schema that they are going to meet.
    public init(old: SchemaVersion, new: SchemaVersion) {
        self.old = old
        self.new = new
    }

    /// The changes, sorted by path, those of one path in the order of the rules.
    public func changes() -> [Change] {
        var run = ComparisonRun(old: old, new: new)
        run.compareDocuments()
        run.compareTypes()
        run.compareOperations()
        run.compareTerms()
        run.compareContainers()
        run.compareChoices()
        return run.sortedChanges()
    }
}

/// A comparison that is under way. What compares a kind of element is in an extension of its own.
struct ComparisonRun {
    let old: SchemaVersion
    let new: SchemaVersion
    private(set) var changes: [Change] = []
    private let haveSameAliases: Bool

    init(old: SchemaVersion, new: SchemaVersion) {
        self.old = old
        self.new = new
        haveSameAliases = old.aliases == new.aliases
    }

    /// An element and where it is on either side. On the side that lacks it, the place is that of the element it would
    /// be part of.
    struct Site {
        let element: SchemaElement
        let old: SourcePosition
        let new: SourcePosition

        func member(_ kind: SchemaElement.Kind, _ name: String, old: SourcePosition?, new: SourcePosition?) -> Site {
            Site(element: .member(kind, name, of: element), old: old ?? self.old, new: new ?? self.new)
        }
    }

    /// What was there before and what is there now: as a value, and as a definition where there is one.
    struct Values {
        var before: String?
        var after: String?
        var oldDefinition: String?
        var newDefinition: String?
    }

    mutating func add(
        _ rule: Rule,
        _ site: Site,
        _ values: Values,
        _ message: String,
        detail: String = "",
        severity: Severity? = nil,
        isImplied: Bool = false
    ) {
        changes.append(
            Change(
                rule: rule,
                severity: severity ?? rule.severity,
                element: site.element,
                path: site.element.path + detail,
                before: values.before,
                after: values.after,
                message: message,
                oldLocation: old.location(site.old),
                newLocation: new.location(site.new),
                isImplied: isImplied,
                oldDefinition: values.oldDefinition,
                newDefinition: values.newDefinition
            )
        )
    }

    func sortedChanges() -> [Change] {
        let order = Dictionary(
            RuleCatalog.all.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        func key(_ change: Change) -> (String, Int, String, String) {
            (change.path, order[change.rule.id] ?? 0, change.before ?? "", change.after ?? "")
        }
        return changes.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    // MARK: Names

    /// Whether a name means the same on both sides.
    func areSame(_ left: String?, _ right: String?) -> Bool {
        if haveSameAliases { return left == right }
        return left.map(old.canonical) == right.map(new.canonical)
    }

    /// Whether two references name the same type, once or as a collection.
    func areSame(_ left: TypeReference, _ right: TypeReference) -> Bool {
        left.isCollection == right.isCollection && areSame(left.name, right.name)
    }

    var oldDefinition: Definition { Definition(version: old) }
    var newDefinition: Definition { Definition(version: new) }
}
