/// A place in a source document: a line and a column, both counted from 1, the column in bytes.
public struct SourcePosition: Sendable, Hashable, Comparable {
    /// The line, counted from 1.
    public var line: Int32
    /// The column in bytes, counted from 1.
    public var column: Int32

    /// Makes a position.
    public init(line: Int, column: Int) {
        self.line = Int32(clamping: line)
        self.column = Int32(clamping: column)
    }

    /// The first byte of a document.
    public static let start = SourcePosition(line: 1, column: 1)

    /// Whether one position comes before another.
    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
