/// What counts as a name in Swift.
enum SwiftIdentifier {
    /// Whether a text is an identifier, without backticks ("Lexical Structure", Identifiers).
    static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.unicodeScalars.first, text != "_" else { return false }
        return IdentifierWords.isIdentifierHead(first)
            && text.unicodeScalars.allSatisfy {
                ("0"..."9").contains($0) || IdentifierWords.isIdentifierPart($0) || $0 == "_"
            }
    }

    /// Whether a text names a module or a part of one.
    static func isModulePath(_ text: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isValid($0) }
    }

    /// Whether a text names a type: identifiers with dots between them, arguments in angle brackets, `[Element]`.
    static func isTypeName(_ text: String) -> Bool {
        var rest = Substring(text)
        return skipType(&rest, depth: 0) && rest.isEmpty
    }

    /// Skips a type at the beginning of a text; whether there is one.
    private static func skipType(_ rest: inout Substring, depth: Int) -> Bool {
        guard depth < 8 else { return false }
        if skip("[", &rest) { return skipType(&rest, depth: depth + 1) && skip("]", &rest) }
        let name = rest.prefix { !"<>[], ".contains($0) }
        guard isModulePath(String(name)) else { return false }
        rest = rest[name.endIndex...]
        guard skip("<", &rest) else { return true }
        repeat {
            rest = rest.drop { $0 == " " }
            guard skipType(&rest, depth: depth + 1) else { return false }
        } while skip(",", &rest)
        return skip(">", &rest)
    }

    private static func skip(_ character: Character, _ rest: inout Substring) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }
}
