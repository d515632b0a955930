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

    /// Whether a text names a type: identifiers with dots between them, and arguments in angle brackets.
    static func isTypeName(_ text: String) -> Bool {
        var name = Substring(text)
        if let open = name.firstIndex(of: "<") {
            guard name.last == ">" else { return false }
            let arguments = name[name.index(after: open)...].dropLast()
            guard
                arguments.split(separator: ",", omittingEmptySubsequences: false).allSatisfy({ argument in
                    isTypeName(String(argument.drop { $0 == " " }))
                })
            else { return false }
            name = name[..<open]
        }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isValid($0) }
    }
}
