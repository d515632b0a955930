/// Reads literals out of the decoded bytes of a URL, one at a time.
///
/// Source: OData ABNF Construction Rules 4.01, section 7 "Literal Data Values".
package struct ODataLiteralScanner {
    let bytes: [UInt8]
    package private(set) var position: Int

    package init(_ bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    package var isAtEnd: Bool { position >= bytes.count }

    /// Takes a primitive literal if one comes next; the position stays if none does.
    package mutating func literal() throws(ODataLiteralError) -> ODataLiteral? {
        guard let first = current else { return nil }
        if first == UInt8(ascii: "'") { return .string(try quotedString()) }
        if let guid = takeGUID() { return .guid(guid) }
        if ASCII.isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            return try numberOrDate()
        }
        guard ASCII.beginsName(first) else { return nil }
        return try wordLiteral()
    }

    /// `'O''Neil'`
    package mutating func quotedString() throws(ODataLiteralError) -> String {
        let start = position
        try expect("'", "a string in single quotes")
        var content: [UInt8] = []
        while let byte = current {
            position += 1
            if byte != UInt8(ascii: "'") {
                content.append(byte)
            } else if isAt("'") {
                position += 1
                content.append(byte)
            } else {
                return String(decoding: content, as: UTF8.self)
            }
        }
        throw error(expected: "the quote that ends the string begun at position \(start)")
    }

    // MARK: Words

    private mutating func wordLiteral() throws(ODataLiteralError) -> ODataLiteral? {
        let start = position
        var end = position
        while end < bytes.count, ASCII.continuesName(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: "'") {
            return try prefixedLiteral(prefix: text(start..<end), quoteAt: end)
        }
        // A word that goes on with `(` or `/` is a name, even when it is spelled like a literal.
        if end < bytes.count, bytes[end] == UInt8(ascii: "(") || bytes[end] == UInt8(ascii: "/") { return nil }
        let value: ODataLiteral
        switch end - start {
        case 4 where text(start..<end) == "null": value = .null
        case 4 where matches("true", at: start): value = .boolean(true)
        case 5 where matches("false", at: start): value = .boolean(false)
        case 3 where text(start..<end) == "INF": value = .double(.infinity)
        case 3 where text(start..<end) == "NaN": value = .double(.nan)
        default: return nil
        }
        position = end
        return value
    }

    /// `duration'…'`, `binary'…'`, `geography'…'`, `geometry'…'` or a type's name before enumeration members.
    private mutating func prefixedLiteral(prefix: String, quoteAt quote: Int) throws(ODataLiteralError) -> ODataLiteral?
    {
        let start = position
        position = quote
        let content = try quotedString()
        switch prefix.lowercased() {
        case "duration":
            guard DurationText.isValid(content.utf8) else {
                throw error(expected: "a duration such as duration'P1DT2H30M'", at: start)
            }
            return .duration(content)
        case "binary":
            guard Base64URL.isValid(content.utf8) else {
                throw error(expected: "base64url text between the quotes", at: start)
            }
            return .binary(content)
        case "geography": return .geography(try geographicText(content, at: quote + 1))
        case "geometry": return .geometry(try geographicText(content, at: quote + 1))
        default:
            guard prefix.contains("."), !prefix.hasSuffix("."), !prefix.hasPrefix("."), !content.isEmpty else {
                throw error(expected: "an operator, or a type's qualified name before the quote", at: start)
            }
            let members = content.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard members.allSatisfy(Self.isEnumerationMember) else {
                throw error(expected: "members or numbers separated by commas", at: quote)
            }
            return .enumeration(type: prefix, members: members)
        }
    }

    package static func isEnumerationMember(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if ASCII.beginsName(first) { return text.utf8.allSatisfy(ASCII.continuesName) }
        return Int64(text) != nil
    }

    private func geographicText(_ text: String, at start: Int) throws(ODataLiteralError) -> String {
        var reader = GeographicText(text)
        if let problem = reader.problem() {
            throw ODataLiteralError(offset: start + problem.offset, expected: problem.expected)
        }
        return text
    }

    // MARK: GUIDs

    private mutating func takeGUID() -> String? {
        guard position + 36 <= bytes.count else { return nil }
        for offset in 0..<36 {
            let byte = bytes[position + offset]
            switch offset {
            case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return nil }
            default: if ASCII.hexValue(byte) == nil { return nil }
            }
        }
        if let next = byte(ahead: 36), ASCII.continuesName(next) || next == UInt8(ascii: "-") { return nil }
        defer { position += 36 }
        return text(position..<position + 36).lowercased()
    }

    // MARK: Looking and taking

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func byte(ahead distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    func isAt(_ character: Unicode.Scalar) -> Bool { current == UInt8(ascii: character) }

    /// Whether the text at `start` is `word` in any case; `word` is in small letters.
    func matches(_ word: StaticString, at start: Int) -> Bool {
        guard start + word.utf8CodeUnitCount <= bytes.count else { return false }
        return word.withUTF8Buffer { buffer in
            buffer.enumerated().allSatisfy { offset, expected in
                let byte = bytes[start + offset]
                return (ASCII.isLetter(byte) ? byte | 0x20 : byte) == expected
            }
        }
    }

    mutating func advance(_ count: Int = 1) { position += count }

    mutating func move(to place: Int) { position = place }

    mutating func expect(_ character: Unicode.Scalar, _ what: String? = nil) throws(ODataLiteralError) {
        guard isAt(character) else { throw error(expected: what ?? "'\(character)'") }
        position += 1
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func error(expected: String, at place: Int? = nil) -> ODataLiteralError {
        ODataLiteralError(offset: min(place ?? position, bytes.count), expected: expected)
    }
}
