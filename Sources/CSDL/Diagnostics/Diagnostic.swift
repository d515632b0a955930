/// One message about an input, with its place, printed the way compilers print theirs:
/// `metadata.xml:123:9: error: the entity type has no Name`.
public struct Diagnostic: Error, Sendable, Hashable, CustomStringConvertible {
    /// How much a message matters.
    public enum Severity: String, Sendable, Hashable, Comparable {
        /// Something worth knowing; the result is what was asked for.
        case note
        /// Something was left out or changed; the work goes on.
        case warning
        /// The work cannot be done.
        case error

        /// Orders by weight: note, warning, error.
        public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

        private var weight: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// How much the message matters.
    public var severity: Severity
    /// What is the case and, where it helps, what to do next.
    public var message: String
    /// The name of the file as the user gave it; `nil` where no file is concerned.
    public var file: String?
    /// The place in the file.
    public var position: SourcePosition?

    /// Makes a diagnostic.
    public init(_ severity: Severity, _ message: String, file: String? = nil, position: SourcePosition? = nil) {
        self.severity = severity
        self.message = message
        self.file = file
        self.position = position
    }

    /// The message on one line: place, severity, text.
    public var description: String {
        var place = ""
        if let file { place += file + ":" }
        if let position { place += "\(position.line):\(position.column):" }
        if !place.isEmpty { place += " " }
        return "\(place)\(severity.rawValue): \(message)"
    }
}

extension Sequence<Diagnostic> {
    /// Whether one of the diagnostics is an error.
    public var containsErrors: Bool { contains { $0.severity == .error } }
}
