import CSDL

/// A place in one of the two documents.
public struct Location: Sendable, Hashable, CustomStringConvertible {
    /// The name of the document as the user gave it.
    public let file: String
    /// Line and column.
    public let position: SourcePosition

    /// Makes a location.
    public init(file: String, position: SourcePosition) {
        self.file = file
        self.position = position
    }

    /// `metadata.xml:123:9`.
    public var description: String { "\(file):\(position.line):\(position.column)" }
}

/// One difference between two schemas.
public struct Change: Sendable, Hashable {
    /// The kind of change.
    public let rule: Rule
    /// How much it matters: as the rule says, as the circumstances say, or as it was configured.
    public var severity: Severity
    /// The element that has changed.
    public let element: SchemaElement
    /// Where it is: the path of the element, and what of it has changed where that has a name, such as an annotation.
    public let path: String
    /// The value before; `nil` where there was none.
    public let before: String?
    /// The value after; `nil` where there is none.
    public let after: String?
    /// What has changed, in a sentence.
    public let message: String
    /// The place in the old document: of the element, or of the one it would stand in.
    public let oldLocation: Location?
    /// The place in the new document.
    public let newLocation: Location?
    /// Whether the element came or went as a part of another one that did.
    public let isImplied: Bool
    /// The definition in the old document.
    public let oldDefinition: String?
    /// The definition in the new document.
    public let newDefinition: String?
    /// The Swift symbols of the generated bindings that it concerns.
    public var symbols: [SwiftSymbol] = []
    /// Where the user's sources use them.
    public var uses: [SourceUse] = []
    /// The rename that this change is probably a half of.
    public var rename: ProbableRename?

    /// Whether it is about an element that only the new document has.
    public var isAddition: Bool { oldDefinition == nil && rule.id.contains("-added") }

    /// The version step that it calls for.
    public var bump: VersionBump {
        severity == rule.severity
            ? rule.bump : Rule.bump(for: severity, isAddition: oldDefinition == nil && newDefinition != nil)
    }
}
