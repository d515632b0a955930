/// A path to a value: where it begins and the steps from there.
public struct PathExpression: Hashable, Sendable {
    /// Where a path begins.
    public enum Root: Hashable, Sendable {
        /// The row that the expression is evaluated on; a first step that names a lambda variable means that variable.
        case implicit
        /// `$it`
        case it
        /// `$this`
        case this
        /// `$root`
        case root
        /// `@name`: a parameter alias, or, when the name has a dot or steps lead to it, an annotation.
        case alias(String)
    }

    /// Where the path begins.
    public let root: Root
    /// The steps from there.
    public let steps: [PathStep]

    /// Makes one from its parts.
    public init(root: Root = .implicit, steps: [PathStep]) {
        self.root = root
        self.steps = steps
    }
}

/// One step of a path.
public indirect enum PathStep: Hashable, Sendable {
    /// A property, a navigation property, a lambda variable, or, with a dot in its name or not, a type.
    case name(String)
    /// `Name(…)`: a key after a collection, or a bound function with its parameters; the metadata decides.
    case invocation(String, [Argument])
    /// `(…)` after `$filter(…)`: a key.
    case key([Argument])
    /// `@Core.Messages#Qualifier`
    case annotation(String, qualifier: String?)
    /// `$count` of a collection, of those of its members that match a filter and a search if given.
    case count(filter: Expression?, search: SearchExpression?)
    /// `$filter(…)`
    case filter(Expression)
    /// `any(x: …)`; `any()` asks whether the collection has a member at all.
    case any(Lambda?)
    /// `all(x: …)`
    case all(Lambda)
}

/// A variable and the condition it is bound in, inside `any` and `all`.
public struct Lambda: Hashable, Sendable {
    /// The name that the predicate knows each member by.
    public let variable: String
    /// The condition.
    public let predicate: Expression

    /// Makes one from its parts.
    public init(variable: String, predicate: Expression) {
        self.variable = variable
        self.predicate = predicate
    }
}

/// A part of a key or a parameter of a function; the name is missing in a key of one part.
public struct Argument: Hashable, Sendable {
    /// The name, missing in a key of one part.
    public let name: String?
    /// The value.
    public let value: Expression

    /// Makes one from its parts.
    public init(name: String?, value: Expression) {
        self.name = name
        self.value = value
    }
}
