import ODataCore

/// A recursive-descent parser over the decoded bytes of one part of a URL.
///
/// Every byte is looked at a bounded number of times, so that parsing takes linear time, and nesting is bounded, so
/// that no input can exhaust the stack. The rules of the grammar are in the extensions of this type.
struct Parser {
    /// How deep parentheses, functions, paths and unary operators may nest.
    static let maximumDepth = 100

    let part: String
    let bytes: [UInt8]
    let wasEncoded: [Bool]
    var position = 0
    var depth = 0

    init(_ text: DecodedText, part: String) {
        self.part = part
        self.bytes = text.bytes
        self.wasEncoded = text.wasEncoded
    }

    // MARK: Looking

    var isAtEnd: Bool { position >= bytes.count }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func byte(ahead distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    func isAt(_ character: Unicode.Scalar) -> Bool { current == UInt8(ascii: character) }

    /// Whether the text goes on with a word that ends there, whatever its case.
    func isAtWord(_ word: StaticString, at start: Int) -> Bool {
        let end = start + word.utf8CodeUnitCount
        guard end <= bytes.count, matches(word, at: start) else { return false }
        return end == bytes.count || !ASCII.continuesName(bytes[end])
    }

    /// Whether the text at `start` is `word` in any case.
    func matches(_ word: StaticString, at start: Int) -> Bool {
        guard start + word.utf8CodeUnitCount <= bytes.count else { return false }
        return word.withUTF8Buffer { buffer in
            for (offset, expected) in buffer.enumerated() {
                let byte = bytes[start + offset]
                let folded = ASCII.isLetter(byte) ? byte | 0x20 : byte
                if folded != (ASCII.isLetter(expected) ? expected | 0x20 : expected) { return false }
            }
            return true
        }
    }

    // MARK: Taking

    /// Takes a character if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar, _ what: String? = nil) throws(ODataSyntaxError) {
        guard take(character) else { throw error(expected: what ?? "'\(character)'") }
    }

    /// Takes a word if it comes next exactly as it is written here.
    mutating func takeExact(_ word: StaticString) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        let isSame = word.withUTF8Buffer { $0.elementsEqual(bytes[position..<end]) }
        guard isSame else { return false }
        position = end
        return true
    }

    mutating func skipWhitespace() {
        while let byte = current, ASCII.isWhitespace(byte) { position += 1 }
    }

    /// Takes `word` with the whitespace that the grammar demands on both sides of it.
    mutating func takeSpacedWord(_ word: StaticString) -> Bool {
        var start = position
        while start < bytes.count, ASCII.isWhitespace(bytes[start]) { start += 1 }
        let end = start + word.utf8CodeUnitCount
        guard start > position, matches(word, at: start), end < bytes.count, ASCII.isWhitespace(bytes[end]) else {
            return false
        }
        position = end
        skipWhitespace()
        return true
    }

    /// Takes an identifier: at most 128 characters, the first no digit.
    mutating func identifier(_ what: String = "a name") throws(ODataSyntaxError) -> String {
        guard let first = current, ASCII.beginsName(first) else { throw error(expected: what) }
        let start = position
        while let byte = current, ASCII.continuesName(byte) { position += 1 }
        guard position - start <= 512 else {
            position = start
            throw error(expected: "a name of at most 128 characters")
        }
        return text(start..<position)
    }

    /// Takes an identifier with dots in it, such as `Microsoft.Dynamics.CRM.account`.
    mutating func qualifiedName(_ what: String = "a name") throws(ODataSyntaxError) -> String {
        let start = position
        _ = try identifier(what)
        while isAt("."), let next = byte(ahead: 1), ASCII.beginsName(next) {
            position += 1
            _ = try identifier()
        }
        return text(start..<position)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    // MARK: Errors and bounds

    func error(expected: String, at place: Int? = nil) -> ODataSyntaxError {
        let offset = place ?? position
        guard offset < bytes.count else {
            return ODataSyntaxError(part: part, offset: bytes.count, expected: expected, found: "the end")
        }
        let excerpt = String(decoding: bytes[offset..<min(offset + 20, bytes.count)], as: UTF8.self)
        return ODataSyntaxError(part: part, offset: offset, expected: expected, found: "'\(excerpt)'")
    }

    /// Runs a rule one level deeper.
    mutating func nested<Result>(
        _ rule: (inout Parser) throws(ODataSyntaxError) -> Result
    ) throws(ODataSyntaxError) -> Result {
        guard depth < Self.maximumDepth else {
            throw error(expected: "no more than \(Self.maximumDepth) levels of nesting")
        }
        depth += 1
        defer { depth -= 1 }
        return try rule(&self)
    }

    func requireEnd(_ what: String) throws(ODataSyntaxError) {
        if !isAtEnd { throw error(expected: what) }
    }
}
