/// The name of a column, in the form that records find members by.
///
/// Generated code makes it of a literal; then it costs nothing to make, and the text only where it is asked for.
public struct ColumnName: Sendable, Hashable {
    @usableFromInline let literal: StaticString
    @usableFromInline let dynamic: String?

    /// The name that a literal spells.
    @inlinable
    public init(_ literal: StaticString) {
        self.literal = literal
        dynamic = nil
    }

    /// Any name.
    public init(named name: String) {
        literal = ""
        dynamic = name
    }

    /// What records find the member by. It is not stored: the compiler computes that of a literal, and forgets the rest.
    @inlinable var key: MemberKey {
        @inline(__always) get { if let dynamic { MemberKey(dynamic) } else { MemberKey(literal) } }
    }

    /// The name.
    public var text: String { dynamic ?? literal.description }

    public static func == (left: Self, right: Self) -> Bool {
        left.key == right.key && (left.key.isExact || left.text == right.text)
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
