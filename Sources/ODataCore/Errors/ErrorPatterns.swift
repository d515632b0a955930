/// What a `catch` clause can match an error with: `catch DataverseError.notFound { … }`.
public struct ErrorPattern: Sendable {
    let kind: DataverseError.Kind

    /// Whether an error is a ``DataverseError`` of the pattern's kind.
    public static func ~= (pattern: ErrorPattern, error: any Error) -> Bool {
        (error as? DataverseError)?.kind == pattern.kind
    }
}

extension DataverseError {
    /// Matches ``Kind/invalidRequest``.
    public static var invalidRequest: ErrorPattern { ErrorPattern(kind: .invalidRequest) }
    /// Matches ``Kind/unauthorized``.
    public static var unauthorized: ErrorPattern { ErrorPattern(kind: .unauthorized) }
    /// Matches ``Kind/forbidden``.
    public static var forbidden: ErrorPattern { ErrorPattern(kind: .forbidden) }
    /// Matches ``Kind/notFound``.
    public static var notFound: ErrorPattern { ErrorPattern(kind: .notFound) }
    /// Matches ``Kind/preconditionFailed``.
    public static var preconditionFailed: ErrorPattern { ErrorPattern(kind: .preconditionFailed) }
    /// Matches ``Kind/duplicate``.
    public static var duplicate: ErrorPattern { ErrorPattern(kind: .duplicate) }
    /// Matches ``Kind/throttled``.
    public static var throttled: ErrorPattern { ErrorPattern(kind: .throttled) }
    /// Matches ``Kind/service``.
    public static var service: ErrorPattern { ErrorPattern(kind: .service) }
    /// Matches ``Kind/transport``.
    public static var transport: ErrorPattern { ErrorPattern(kind: .transport) }
    /// Matches ``Kind/timedOut``.
    public static var timedOut: ErrorPattern { ErrorPattern(kind: .timedOut) }
    /// Matches ``Kind/cancelled``.
    public static var cancelled: ErrorPattern { ErrorPattern(kind: .cancelled) }
    /// Matches ``Kind/credential``.
    public static var credential: ErrorPattern { ErrorPattern(kind: .credential) }
    /// Matches ``Kind/unexpectedReply``.
    public static var unexpectedReply: ErrorPattern { ErrorPattern(kind: .unexpectedReply) }
    /// Matches ``Kind/metadata``.
    public static var metadata: ErrorPattern { ErrorPattern(kind: .metadata) }
    /// Matches ``Kind/closed``.
    public static var closed: ErrorPattern { ErrorPattern(kind: .closed) }
    /// Matches ``Kind/notRun``.
    public static var notRun: ErrorPattern { ErrorPattern(kind: .notRun) }
}
