/// Divides a query of the SQL endpoint into words, literals and signs.
struct SQLLexer {
    enum Token: Equatable {
        case word(String)
        /// A name in brackets or double quotes, which is no keyword.
        case quotedName(String)
        case text(String)
        case number(String)
        case sign(String)
    }

    static let maximumLength = 65_536

    private let characters: [Character]
    private var position = 0

    private init(_ text: String) { characters = Array(text) }

    static func tokens(of text: String) throws(ServiceError) -> [Token] {
        guard text.utf8.count <= maximumLength else {
            throw .badQuery("The SQL is longer than \(maximumLength) bytes.")
        }
        var lexer = SQLLexer(text)
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private var current: Character? { position < characters.count ? characters[position] : nil }
    private var following: Character? { position + 1 < characters.count ? characters[position + 1] : nil }

    private mutating func next() throws(ServiceError) -> Token? {
        try skipSpaceAndComments()
        guard let character = current else { return nil }
        switch character {
        case "'": return .text(try delimited("'"))
        case "\"": return .quotedName(try delimited("\""))
        case "[": return .quotedName(try delimited("]"))
        case "N" where following == "'", "n" where following == "'":
            position += 1
            return .text(try delimited("'"))
        case _ where character.isASCII && character.isNumber: return .number(number())
        case "." where following?.isNumber == true: return .number(number())
        case _ where Self.isWord(character):
            let start = position
            while let next = current, Self.isWord(next) || next.isNumber { position += 1 }
            return .word(String(characters[start..<position]))
        default: break
        }
        for sign in ["<>", "!=", "<=", ">="] where sign == String(characters[position...].prefix(2)) {
            position += 2
            return .sign(sign == "!=" ? "<>" : sign)
        }
        guard "=<>,().*-+".contains(character) else {
            throw .badQuery("The SQL has an unexpected '\(character)' at character \(position + 1).")
        }
        position += 1
        return .sign(String(character))
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character == "_" || character == "@" || character == "#"
    }

    private mutating func skipSpaceAndComments() throws(ServiceError) {
        while let character = current {
            if character.isWhitespace {
                position += 1
            } else if character == "-", following == "-" {
                while let next = current, !next.isNewline {
                    _ = next
                    position += 1
                }
            } else if character == "/", following == "*" {
                position += 2
                while current != nil, current != "*" || following != "/" { position += 1 }
                guard current != nil else { throw .badQuery("The SQL has a comment without an end.") }
                position += 2
            } else {
                return
            }
        }
    }

    private mutating func number() -> String {
        let start = position
        while let next = current, next.isASCII, next.isNumber || next == "." { position += 1 }
        return String(characters[start..<position])
    }

    /// Text up to a delimiter; two of them stand for one.
    private mutating func delimited(_ end: Character) throws(ServiceError) -> String {
        position += 1
        var text = ""
        while let character = current {
            position += 1
            if character == end {
                guard current == end else { return text }
                position += 1
            }
            text.append(character)
        }
        throw .badQuery("The SQL has a text or a name without an end.")
    }
}
