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
    /// The tenant to ask, where it is not the credential's own. A credential gives tokens of other tenants only if it
    /// was made to.
    public let tenant: String?
    /// A token that the service has just refused: a cache must not hand it out again.
    public let rejected: AccessToken?
    /// What the service wants to see in the new token, as JSON: its answer to the refused token named them.
    ///
    /// Source: OpenID Connect Core 1.0, section 5.5; Microsoft identity platform, "Claims challenges".
    public let claims: String?

    /// - Parameters:
    ///   - scope: what the token is for.
    ///   - tenant: the tenant to ask, where it is not the credential's own.
    ///   - rejected: a token the service refused with 401.
    ///   - claims: the claims that the service asked for, as JSON.
    public init(scope: String, tenant: String? = nil, rejected: AccessToken? = nil, claims: String? = nil) {
        self.scope = scope
        self.tenant = tenant
        self.rejected = rejected
        self.claims = claims
    }
}
