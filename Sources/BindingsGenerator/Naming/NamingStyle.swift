/// Makes Swift names of the names of the metadata, in the way that the configuration asks for.
struct NamingStyle: Sendable {
    /// A name, and the one to take where that cannot be had.
    struct Spelling: Sendable {
        /// The name without its prefix.
        let name: String
        /// The name with its prefix; `nil` where nothing was stripped.
        let fullName: String?
    }

    /// The names that someone chose.
    let renames: Renames
    /// Whether names lose prefixes.
    var stripsPrefixes: Bool { !prefixes.isEmpty }
    private let prefixes: [String]
    private let words: WordDictionary
    private let isPlain: Bool

    init(_ configuration: NamingConfiguration) {
        renames = Renames(configuration)
        // Of two prefixes that fit, the longer one counts.
        prefixes = configuration.stripPrefixes.map { $0.lowercased() }.filter { !$0.isEmpty }
            .sorted { ($0.count, $1) > ($1.count, $0) }
        words = WordDictionary(configuration)
        isPlain = prefixes.isEmpty && words.isEmpty
    }

    /// The name of a member, parameter or property of a client.
    func member(_ name: String) -> Spelling {
        guard !isPlain else { return Spelling(name: IdentifierWords.member(name), fullName: nil) }
        return spelling(of: name, IdentifierWords.member)
    }

    /// The name of a type.
    func type(_ name: String) -> Spelling {
        spelling(of: name) { IdentifierWords($0).upperCamelCase }
    }

    private func spelling(of name: String, _ identifier: (String) -> String) -> Spelling {
        let spelled = words.spelled(name)
        guard let stripped = withoutPrefix(spelled) else { return Spelling(name: identifier(spelled), fullName: nil) }
        return Spelling(name: identifier(words.spelled(stripped)), fullName: identifier(spelled))
    }

    /// The name without the first prefix that fits; `nil` where none does or nothing would be left.
    private func withoutPrefix(_ name: String) -> String? {
        guard !prefixes.isEmpty else { return nil }
        let lowercased = name.lowercased()
        guard let prefix = prefixes.first(where: lowercased.hasPrefix) else { return nil }
        let rest = name.dropFirst(prefix.count)
        return rest.contains { $0.isLetter } ? String(rest) : nil
    }
}
