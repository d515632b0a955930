/// What a change means for the clients of a service.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// A client that worked with the old schema fails with the new one, or does not compile any more.
    case breaking
    /// Most clients go on working; some may meet a value or an order they do not expect.
    case risky
    /// Clients need not know.
    case safe

    /// Orders by weight: safe, risky, breaking.
    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .breaking: 2
        case .risky: 1
        case .safe: 0
        }
    }
}

/// In which direction a change is felt, seen from a client.
public enum Direction: String, Sendable, Hashable, CaseIterable {
    /// In what the client sends: addresses, parameters, values of new and changed rows.
    case sends
    /// In what the client receives.
    case receives
    /// In both.
    case both
    /// In neither: in documentation or in what tools make of the document.
    case neither
}

/// The step of a semantic version that a change of the schema calls for in the package with its bindings.
public enum VersionBump: String, Sendable, Hashable, Comparable {
    /// Nothing has changed.
    case none
    /// Nothing that can be called has changed.
    case patch
    /// There is more than before.
    case minor
    /// Something is gone or means something else.
    case major

    /// Orders from none to major.
    public static func < (left: VersionBump, right: VersionBump) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .none: 0
        case .patch: 1
        case .minor: 2
        case .major: 3
        }
    }
}
