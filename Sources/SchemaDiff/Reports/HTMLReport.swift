/// The result as a page: one file without anything from elsewhere.
public struct HTMLReport: Sendable {
    private let result: DiffResult

    /// - Parameter result: What was found.
    public init(_ result: DiffResult) { self.result = result }

    /// The page.
    public var text: String { "" }
}
