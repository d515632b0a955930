/// Why a text is not JSON, and where.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// What was found, or what was expected.
    public let reason: String
    /// The place in the input, in bytes from its start.
    public let offset: Int

    public var description: String { "invalid JSON at byte \(offset): \(reason)" }
}
