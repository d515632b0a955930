/// The name of a column, in the form that records find members by.
///
/// Generated code makes it of a literal; then it costs nothing to make, and the text only where it is asked for.
public struct ColumnName: Sendable, Hashable {
    @usableFromInline let literal: StaticString
    @usableFromInline let dynamic: String?
    /// What records find the member by.
    @usableFromInline let key: MemberKey

    /// The name that a literal spells.
    @inlinable
    public init(_ literal: StaticString) {
        self.literal = literal
        dynamic = nil
        key = MemberKey(literal)
    }

    /// Any name.
    public init(named name: String) {
        literal = ""
        dynamic = name
        key = MemberKey(name)
    }

    /// The name.
    public var text: String { dynamic ?? literal.description }

    public static func == (left: Self, right: Self) -> Bool {
        left.key == right.key && (left.key.isExact || left.text == right.text)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
