/// Names in Mermaid, whose grammar has words of its own and no escapes.
///
/// Source: Mermaid's grammar of entity relationship diagrams, and its "Entity codes to escape characters".
enum MermaidText {
    /// What the grammar takes for something else where a name is expected.
    private static let words: Set<String> = [
        "erdiagram", "title", "acctitle", "accdescr", "direction", "style", "class", "classdef", "subgraph", "end",
        "one", "only", "zero", "many", "more", "to", "or", "optionally", "u", "o",
    ]

    /// Whether a name can stand for itself.
    static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, isLetter(first), !words.contains(name.lowercased()) else {
            return false
        }
        return name.unicodeScalars.allSatisfy(isWordCharacter)
    }

    /// A text in quotes; everything but letters, digits and some harmless marks is written as a code.
    static func quoted(_ text: String) -> String {
        guard !text.isEmpty else { return "\"#32;\"" }
        var quoted = ""
        for scalar in text.unicodeScalars {
            if isWordCharacter(scalar) || scalar == "-" || scalar == "." || isForeignLetter(scalar) {
                quoted.unicodeScalars.append(scalar)
            } else {
                quoted += "#\(scalar.properties.generalCategory == .control ? 0xFFFD : scalar.value);"
            }
        }
        return "\"\(quoted)\""
    }

    /// The type or name of a column, where only a word is allowed: other characters become underscores.
    static func word(_ name: String) -> String {
        var word = ""
        for scalar in name.unicodeScalars {
            let isBracket = !word.isEmpty && (scalar == "[" || scalar == "]")
            let isKept = isWordCharacter(scalar) || isForeignLetter(scalar) || isBracket
            word.unicodeScalars.append(isKept ? scalar : "_")
        }
        let first = word.unicodeScalars.first
        let isWord = first.map { isLetter($0) || isForeignLetter($0) } == true
        return isWord && !beginsWithRole(word) ? word : "_" + word
    }

    /// The words for the roles of columns are found wherever one stands alone.
    private static func beginsWithRole(_ word: String) -> Bool {
        guard ["PK", "FK", "UK"].contains(word.prefix(2).uppercased()) else { return false }
        return word.unicodeScalars.dropFirst(2).first.map(isWordCharacter) != true
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
    }

    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        isLetter(scalar) || ("0"..."9").contains(scalar)
    }

    private static func isForeignLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0xC0...0xD7FF).contains(scalar.value) && scalar.properties.isAlphabetic
    }
}
