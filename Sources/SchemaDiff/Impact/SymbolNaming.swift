/// A symbol of the generated bindings.
public struct SwiftSymbol: Sendable, Hashable, Comparable {
    /// The type it is a member of; `nil` for a type.
    public let owner: String?
    /// Its own name without backticks.
    public let name: String
    /// Other names that show that a file deals with the owner, such as `accounts` for `Account`.
    public let ownerAliases: [String]

    /// Makes a symbol.
    public init(owner: String? = nil, name: String, ownerAliases: [String] = []) {
        self.owner = owner
        self.name = name
        self.ownerAliases = ownerAliases
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
