/// Takes run-together names apart: `accountnumber` is `account`, `number`.
///
/// Dataverse's logical names are in small letters. A list of words, and the schema names of the metadata API, say where
/// the words begin.
struct WordDictionary: Sendable {
    /// Words as they are to be written, by the same in small letters.
    private var words: [String: String] = [:]
    /// Names taken apart, by the names in small letters.
    private var phrases: [String: [String]] = [:]
    private let spellings: [String: String]
    private var longestWord = 0

    init(_ configuration: NamingConfiguration) {
        spellings = configuration.spellings
        for entry in configuration.words {
            let parts = entry.split(whereSeparator: \.isWhitespace).map(String.init)
            if parts.count > 1 {
                phrases[parts.joined().lowercased()] = parts
            } else if let word = parts.first {
                words[word.lowercased()] = word
                longestWord = max(longestWord, word.count)
            }
        }
    }

    /// Whether the dictionary changes no name.
    var isEmpty: Bool { words.isEmpty && phrases.isEmpty && spellings.isEmpty }

    /// A name with its words told apart by capitals or underscores.
    func spelled(_ name: String) -> String {
        guard !isEmpty else { return name }
        let spelling = spellings[name.lowercased()] ?? name
        guard !(words.isEmpty && phrases.isEmpty) else { return spelling }
        return spelling.split(separator: "_", omittingEmptySubsequences: false).map(takenApart).joined(separator: "_")
    }

    /// A part between underscores, which has no capitals.
    private func takenApart(_ part: Substring) -> String {
        guard part.utf8.allSatisfy({ isLetter($0) || isDigit($0) }) else { return String(part) }
        if let phrase = phrases[String(part)] { return phrase.joined(separator: "_") }
        var result = ""
        var rest = part[...]
        while !rest.isEmpty {
            let letters = rest.prefix { !$0.isNumber }
            rest = rest[letters.endIndex...]
            let digits = rest.prefix { $0.isNumber }
            rest = rest[digits.endIndex...]
            if !result.isEmpty, !letters.isEmpty { result += "_" }
            result += (phrases[String(letters)] ?? segments(of: letters) ?? [String(letters)]).joined(separator: "_")
            result += digits
        }
        return result
    }

    /// The fewest words that a text is made of, long ones first; `nil` where it has something else in it.
    private func segments(of text: Substring) -> [String]? {
        guard !words.isEmpty, !text.isEmpty else { return nil }
        let letters = Array(text)
        // The best way to write what begins at each letter.
        var best: [[String]?] = Array(repeating: nil, count: letters.count + 1)
        best[letters.count] = []
        for start in letters.indices.reversed() {
            for end in stride(from: min(letters.count, start + longestWord), to: start, by: -1) {
                guard let rest = best[end], let word = words[String(letters[start..<end])] else { continue }
                if let known = best[start], known.count <= rest.count + 1 { continue }
                best[start] = [word] + rest
            }
        }
        return best[0]
    }

    private func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
