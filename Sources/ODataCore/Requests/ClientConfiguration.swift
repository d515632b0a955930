/// How a client talks to its service.
public struct ClientConfiguration: Sendable {
    /// When failed exchanges are repeated.
    public var retry: RetryPolicy
    /// How long an exchange that reads may take.
    public var readTimeout: Duration
    /// How long an exchange that writes may take.
    public var writeTimeout: Duration
    /// Text that is added to the `User-Agent` header in parentheses, so that a service's log names the app.
    public var operationContext: String?
    /// The language of labels that do not name theirs, as Windows knows it; 1033 is English (United States).
    public var languageCode: Int
    /// Whether labels of choices in untyped rows of Dataverse tables are replaced by the values they stand for. The
    /// labels of a table are asked for once an hour, before the first row with a text in it is written.
    public var resolvesChoiceLabels: Bool
    /// The tenant that tokens are asked from, where it is not the credential's own; the credential must have been made
    /// for several tenants.
    public var tenant: String?

    /// - Parameters:
    ///   - retry: when failed exchanges are repeated.
    ///   - readTimeout: how long an exchange that reads may take.
    ///   - writeTimeout: how long an exchange that writes may take.
    ///   - operationContext: names the app in the `User-Agent` header.
    ///   - languageCode: the language of labels that do not name theirs.
    ///   - resolvesChoiceLabels: whether labels of choices are replaced by their values in untyped rows.
    ///   - tenant: the tenant that tokens are asked from, where it is not the credential's own.
    public init(
        retry: RetryPolicy = RetryPolicy(),
        readTimeout: Duration = .seconds(60),
        writeTimeout: Duration = .seconds(120),
        operationContext: String? = nil,
        languageCode: Int = 1033,
        resolvesChoiceLabels: Bool = true,
        tenant: String? = nil
    ) {
        self.retry = retry
        self.readTimeout = readTimeout
        self.writeTimeout = writeTimeout
        self.operationContext = operationContext
        self.languageCode = languageCode
        self.resolvesChoiceLabels = resolvesChoiceLabels
        self.tenant = tenant
    }

    /// The version of this library, as the `User-Agent` header names it.
    public static let libraryVersion = "0.1.0"

    var userAgent: String {
        let product = "swift-dataverse/\(Self.libraryVersion)"
        guard let operationContext else { return product }
        let printable = operationContext.unicodeScalars.filter { (0x20..<0x7F).contains($0.value) }
        return "\(product) (\(String(String.UnicodeScalarView(printable))))"
    }
}
