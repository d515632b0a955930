/// A symbol of the generated bindings.
public struct SwiftSymbol: Sendable, Hashable, Comparable {
    /// The type it is a member of; `nil` for a type.
    public let owner: String?
    /// Its own name without backticks.
    public let name: String
    /// Names one of which a file has that uses the symbol, such as `Account` or `accounts` for `Account.name`; none where
    /// it can be used without them.
    public let companions: [String]

    /// Makes a symbol.
    public init(owner: String? = nil, name: String, companions: [String] = []) {
        self.owner = owner
        self.name = name
        self.companions = companions
    }

    /// `Account.name`.
    public var qualifiedName: String { owner.map { "\($0).\(name)" } ?? name }

    /// Orders by qualified name.
    public static func < (left: SwiftSymbol, right: SwiftSymbol) -> Bool { left.qualifiedName < right.qualifiedName }
}

/// Tells the Swift names of schema elements, as a generator would give them.
///
/// The comparison knows nothing of a generator; whoever starts it hands over the names of either side.
public protocol SymbolNaming: Sendable {
    /// The symbols that are generated for an element; none where nothing is.
    func symbols(for element: SchemaElement) -> [SwiftSymbol]
}
