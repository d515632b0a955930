import CSDL

/// Generation could not be done.
public struct GeneratorError: Error, Sendable, CustomStringConvertible {
    /// Where the fault lies.
    public enum Kind: Sendable, Hashable {
        /// In what was asked for: an unknown name, a wrong option.
        case badInput
        /// In the metadata, a template or the output folder.
        case failed
    }

    /// Where the fault lies.
    public let kind: Kind
    /// What is wrong, one message for each problem.
    public let diagnostics: [Diagnostic]

    /// An error with its messages.
    public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
        self.kind = kind
        self.diagnostics = diagnostics
    }

    /// The messages, a line each.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
