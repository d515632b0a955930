/// A bearer token. Its text never shows in descriptions or logs.
public struct AccessToken: Sendable, Hashable {
    /// The text for the `Authorization` header.
    public let secret: String
    /// When the token ceases to be valid, if that is known.
    public let expiresAt: Date?

    /// - Parameters:
    ///   - secret: the token as the identity provider issued it.
    ///   - expiresAt: when it ceases to be valid; `nil` where that is not known.
    public init(_ secret: String, expiresAt: Date? = nil) {
        self.secret = secret
        self.expiresAt = expiresAt
    }
}

extension AccessToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AccessToken(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What an operation wants a token for.
public struct TokenRequest: Sendable, Hashable {
    /// The scope, such as `https://contoso.crm.dynamics.com/.default`.
    public let scope: String
    /// A token that the service has just refused: a cache must not hand it out again.
    public let rejected: AccessToken?

    /// - Parameters:
    ///   - scope: what the token is for.
    ///   - rejected: a token the service refused with 401.
    public init(scope: String, rejected: AccessToken? = nil) {
        self.scope = scope
        self.rejected = rejected
    }
}

/// Why there is no access token.
public struct CredentialError: Error, Hashable, CustomStringConvertible {
    /// What went wrong and what to do about it, without secrets.
    public let message: String

    /// - Parameter message: what went wrong and what to do about it, without secrets.
    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
