import CSDL

/// Where something stands in a file, for diagnostics.
public struct Place: Sendable, Hashable {
    /// The name of the file.
    public var file: String
    /// The place in the file.
    public var position: SourcePosition

    /// A place in a file.
    public init(file: String, position: SourcePosition) {
        self.file = file
        self.position = position
    }

    init(_ declared: SchemaIndex.Declared<some AnnotatedElement>) {
        file = declared.sourceName
        position = declared.element.position
    }
}

extension Diagnostic {
    /// A message about a place; without one, about no file.
    init(_ severity: Severity, _ message: String, at place: Place?) {
        self.init(severity, message, file: place?.file, position: place?.position)
    }
}
