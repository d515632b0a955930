/// A URL that is not written as OData's grammar wants it: where, what was expected there and what was found.
public struct ODataSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part of the URL that the offset counts in: `path`, or the name of a query option such as `$filter`.
    public let part: String
    /// The place of the error in that part, in UTF-8 bytes after percent-decoding, beginning with 0.
    public let offset: Int
    /// What could have stood there.
    public let expected: String
    /// What stands there: a few characters, or `the end`.
    public let found: String

    /// Makes one from its parts.
    public init(part: String, offset: Int, expected: String, found: String) {
        self.part = part
        self.offset = offset
        self.expected = expected
        self.found = found
    }

    /// The error as a sentence.
    public var description: String {
        "Syntax error in \(part) at position \(offset): expected \(expected), found \(found)."
    }
}
