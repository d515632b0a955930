/// A query in the subset of SQL that Dataverse's Web API reads: one `SELECT`, which changes nothing.
///
/// What the service would refuse is refused here, with what to do instead. Text in quotes and comments is not looked at.
///
/// Source: Dataverse Web API, the query option `sql`.
public struct SQLQuery: Sendable, Hashable {
    /// The query as it is sent.
    public let text: String
    /// The logical name of the table after `FROM`.
    public let table: String

    /// A query.
    ///
    /// - Parameter text: a `SELECT` with named columns.
    /// - Throws: ``DataverseError`` of kind ``DataverseError/Kind/invalidRequest`` that says what to change.
    public init(_ text: String) throws {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        let trimmed = String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        guard !trimmed.isEmpty else { throw Self.refusal("The SQL query is empty.") }
        let tokens = SQLTokens(trimmed).tokens
        try Self.check(tokens)
        guard let table = Self.table(in: tokens) else {
            throw Self.refusal("The SQL query does not say which table it reads: FROM and a table's name are missing.")
        }
        self.text = trimmed
        self.table = table
    }

    private static func refusal(_ message: String) -> DataverseError { DataverseError(.invalidRequest, message) }

    private static func table(in tokens: [String]) -> String? {
        guard let from = tokens.firstIndex(of: "FROM"), from + 1 < tokens.count else { return nil }
        let name = tokens[from + 1]
        let isName = name.utf8.allSatisfy { byte in
            let lower = byte | 0x20
            return byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower)
        }
        return isName ? name.lowercased() : nil
    }

    private static let changingWords: Set<String> = [
        "INSERT", "UPDATE", "DELETE", "DROP", "TRUNCATE", "ALTER", "CREATE", "EXEC", "GRANT", "REVOKE", "BULK",
    ]

    private static func check(_ tokens: [String]) throws {
        if tokens.contains(";") {
            throw refusal("A SQL query is one SELECT. Remove the “;”, and send each query by itself.")
        }
        if let word = tokens.first(where: changingWords.contains) {
            throw refusal("SQL only reads, and \(word) does not. Use the client's create, update and delete.")
        }
        if tokens.first == "WITH" {
            throw refusal("The service reads no WITH. Send separate queries, and combine their rows.")
        }
        guard tokens.first == "SELECT" else { throw refusal("A SQL query begins with SELECT.") }
        if tokens.contains("UNION") {
            throw refusal("The service reads no UNION. Send separate queries, and combine their rows.")
        }
        if tokens.contains("HAVING") {
            throw refusal("The service reads no HAVING. Filter with WHERE before GROUP BY.")
        }
        if tokens.dropFirst().contains("SELECT") {
            throw refusal("The service reads no query inside a query. Send the inner one first.")
        }
        for (index, word) in tokens.enumerated() where ["CROSS", "RIGHT", "FULL"].contains(word) {
            if tokens.dropFirst(index + 1).prefix(2).contains("JOIN") {
                throw refusal("The service reads no \(word) JOIN. Use INNER JOIN or LEFT JOIN.")
            }
        }
        if let star = tokens.firstIndex(of: "*"), isSelectedStar(star, in: tokens) {
            throw refusal("SELECT * reads hundreds of columns. Name the columns that you need.")
        }
    }

    /// Whether a star stands for all columns, and not for a product or the rows that COUNT counts.
    private static func isSelectedStar(_ star: Int, in tokens: [String]) -> Bool {
        let words = tokens[1..<star].filter { $0 != "DISTINCT" && $0 != "TOP" && $0 != "PERCENT" && Int($0) == nil }
        return words.isEmpty
    }
}

/// The words and signs of a SQL text, words in upper case; quoted text is one token, comments are none.
private struct SQLTokens {
    private(set) var tokens: [String] = []

    init(_ text: String) {
        var rest = text[...]
        while let character = rest.first {
            if character.isWhitespace {
                rest.removeFirst()
            } else if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.firstRange(of: "*/").map { rest[$0.upperBound...] } ?? ""
            } else if character == "'" {
                rest = Self.afterQuotes(rest.dropFirst())
                tokens.append("'…'")
            } else if character.isLetter || character.isNumber || character == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(word.uppercased())
                rest = rest[word.endIndex...]
            } else {
                tokens.append(String(character))
                rest.removeFirst()
            }
        }
    }

    /// What follows the closing quote; two quotes are one inside the text.
    private static func afterQuotes(_ text: Substring) -> Substring {
        var rest = text
        while let quote = rest.firstIndex(of: "'") {
            rest = rest[rest.index(after: quote)...]
            guard rest.first == "'" else { return rest }
            rest.removeFirst()
        }
        return ""
    }
}
