/// A line of the user's sources that uses a symbol of the generated bindings.
public struct SourceUse: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The symbol's qualified name.
    public let symbol: String

    /// Makes a use.
    public init(file: String, line: Int, symbol: String) {
        self.file = file
        self.line = line
        self.symbol = symbol
    }

    /// `Sources/App/Main.swift:12`.
    public var description: String { "\(file):\(line)" }

    /// Orders by file, line and symbol.
    public static func < (left: SourceUse, right: SourceUse) -> Bool {
        (left.file, left.line, left.symbol) < (right.file, right.line, right.symbol)
    }
}
