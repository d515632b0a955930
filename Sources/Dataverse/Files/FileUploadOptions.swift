/// How a file is uploaded.
public struct FileUploadOptions: Sendable, Hashable {
    /// In how many requests a file is sent.
    public enum Strategy: Sendable, Hashable, CaseIterable {
        /// In one if it has less than 128 MB, otherwise in chunks.
        case automatic
        /// In one; the service takes up to 128 MB.
        case singleRequest
        /// In chunks of the size that the service recommends.
        case chunked
    }

    /// In how many requests the file is sent.
    public var strategy: Strategy
    /// What kind of file it is, such as `application/pdf`. The service has no use for it in uploads in chunks.
    public var mimeType: String?
    /// Whether a file that is in the column is replaced; otherwise the upload is refused.
    public var replacesExisting: Bool
    /// Whether the column is created if the table has none with its name, as the Python SDK does. `false` saves the
    /// two requests that ask for it.
    public var createsMissingColumn: Bool

    /// - Parameters:
    ///   - strategy: in how many requests the file is sent.
    ///   - mimeType: what kind of file it is.
    ///   - replacesExisting: whether a file that is in the column is replaced.
    ///   - createsMissingColumn: whether the column is created if the table has none with its name.
    public init(
        strategy: Strategy = .automatic,
        mimeType: String? = nil,
        replacesExisting: Bool = false,
        createsMissingColumn: Bool = true
    ) {
        self.strategy = strategy
        self.mimeType = mimeType
        self.replacesExisting = replacesExisting
        self.createsMissingColumn = createsMissingColumn
    }
}
