/// Finds where sources use symbols of the generated bindings.
///
/// Words are compared, not meanings. A type counts wherever its name stands; a member counts behind a dot, in a file that
/// also has one of its companions: its type, or what leads to it. So a use may be reported that is none, rarely one missed.
public struct SourceScanner: Sendable {
    private let types: [String: [SwiftSymbol]]
    private let members: [String: [SwiftSymbol]]

    /// - Parameter symbols: The symbols to look for.
    public init(_ symbols: some Sequence<SwiftSymbol>) {
        var types: [String: [SwiftSymbol]] = [:]
        var members: [String: [SwiftSymbol]] = [:]
        for symbol in Set(symbols) {
            if symbol.owner == nil {
                types[symbol.name, default: []].append(symbol)
            } else {
                members[symbol.name, default: []].append(symbol)
            }
        }
        self.types = types
        self.members = members
    }

    /// The uses in a file, in the order of lines, each symbol once a line.
    ///
    /// - Parameters:
    ///   - source: The text of the file.
    ///   - file: The path of the file.
    public func uses(in source: String, file: String) -> [SourceUse] {
        var names: Set<Substring> = []
        var found: [(symbol: SwiftSymbol, line: Int)] = []
        for token in SwiftTokens(source) {
            names.insert(token.name)
            let name = String(token.name)
            for symbol in types[name] ?? [] { found.append((symbol, token.line)) }
            if token.isMember { for symbol in members[name] ?? [] { found.append((symbol, token.line)) } }
        }
        var uses: Set<SourceUse> = []
        for (symbol, line) in found {
            let companions = symbol.companions
            guard companions.isEmpty || companions.contains(where: { names.contains(Substring($0)) }) else { continue }
            uses.insert(SourceUse(file: file, line: line, symbol: symbol.qualifiedName))
        }
        return uses.sorted()
    }
}

extension DiffResult {
    /// Adds the Swift symbols that each change concerns.
    ///
    /// - Parameters:
    ///   - old: The names for the old schema.
    ///   - new: The names for the new schema, which what is added has.
    public mutating func addSymbols(old: some SymbolNaming, new: some SymbolNaming) {
        for place in changes.indices {
            let symbols =
                changes[place].isAddition
                ? new.symbols(for: changes[place].element) : old.symbols(for: changes[place].element)
            changes[place].symbols = symbols
        }
    }

    /// The symbols whose uses matter: those of changes that are not safe.
    public var affectedSymbols: Set<SwiftSymbol> {
        Set(changes.lazy.filter { $0.severity != .safe }.flatMap(\.symbols))
    }

    /// Adds where the symbols of changes are used.
    public mutating func addUses(_ uses: [SourceUse]) {
        let bySymbol = Dictionary(grouping: uses, by: \.symbol)
        for place in changes.indices where changes[place].severity != .safe {
            let names = Set(changes[place].symbols.map(\.qualifiedName))
            changes[place].uses = names.flatMap { bySymbol[$0] ?? [] }.sorted()
        }
    }
}
