import ODataCore

extension Parser {
    /// The value of `$search`. Text in single quotes is a search that is not finished yet, as a search box sends it.
    mutating func searchOption() throws(ODataSyntaxError) -> SearchExpression {
        isAt("'") ? .phrase(try quotedString()) : try searchDisjunction()
    }

    mutating func searchDisjunction() throws(ODataSyntaxError) -> SearchExpression {
        try nested { (parser) throws(ODataSyntaxError) in
            var operands = [try parser.searchConjunction()]
            while parser.takeSearchOperator("OR") { operands.append(try parser.searchConjunction()) }
            return operands.count == 1 ? operands[0] : .or(operands)
        }
    }

    private mutating func searchConjunction() throws(ODataSyntaxError) -> SearchExpression {
        var operands = [try searchTerm()]
        while true {
            if takeSearchOperator("AND") {
                operands.append(try searchTerm())
                continue
            }
            // Without a word between them, terms are joined by AND.
            let start = position
            skipWhitespace()
            guard position > start, !isSearchOperator("OR", at: position), isAtSearchTerm else {
                position = start
                break
            }
            operands.append(try searchTerm())
        }
        return operands.count == 1 ? operands[0] : .and(operands)
    }

    private mutating func searchTerm() throws(ODataSyntaxError) -> SearchExpression {
        if take("(") {
            skipWhitespace()
            let inner = try searchDisjunction()
            skipWhitespace()
            try expect(")")
            return inner
        }
        if isSearchOperator("NOT", at: position) {
            position += 3
            skipWhitespace()
            return .not(try nested { (parser) throws(ODataSyntaxError) in try parser.searchTerm() })
        }
        if take("\"") {
            let start = position
            while let byte = current, byte != UInt8(ascii: "\"") { position += 1 }
            let phrase = text(start..<position)
            guard !phrase.isEmpty else { throw error(expected: "text in the double quotes") }
            try expect("\"")
            if isAtSearchTerm { throw error(expected: "a space after the phrase") }
            return .phrase(phrase)
        }
        let start = position
        guard isAtSearchTerm, !isAt("'") else { throw error(expected: "a word or a phrase in double quotes") }
        while isAtSearchCharacter || isAt("'") { position += 1 }
        return .word(text(start..<position))
    }

    /// Takes an operator with the whitespace around it, if an operand follows.
    private mutating func takeSearchOperator(_ word: StaticString) -> Bool {
        var start = position
        while start < bytes.count, ASCII.isWhitespace(bytes[start]) { start += 1 }
        guard start > position, isSearchOperator(word, at: start) else { return false }
        position = start + word.utf8CodeUnitCount
        skipWhitespace()
        return true
    }

    /// AND, OR and NOT are operators where an operand follows them, and words everywhere else.
    private func isSearchOperator(_ word: StaticString, at start: Int) -> Bool {
        var end = start + word.utf8CodeUnitCount
        guard end < bytes.count, ASCII.isWhitespace(bytes[end]) else { return false }
        guard word.withUTF8Buffer({ $0.elementsEqual(bytes[start..<start + word.utf8CodeUnitCount]) }) else {
            return false
        }
        while end < bytes.count, ASCII.isWhitespace(bytes[end]) { end += 1 }
        return end < bytes.count && bytes[end] != UInt8(ascii: ")")
    }

    private var isAtSearchTerm: Bool { isAtSearchCharacter || isAt("(") || isAt("\"") }

    private var isAtSearchCharacter: Bool {
        guard let byte = current else { return false }
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""),
            UInt8(ascii: "'"):
            return false
        case UInt8(ascii: ";"): return wasEncoded[position]
        default: return true
        }
    }
}
