/// What an identity provider grants: a token, for how long, and what renews it.
package struct TokenGrant: Sendable, Hashable {
    package let token: Secret
    /// How long the token is valid from now on.
    package let lifetime: Duration
    /// When the identity provider wants the token to be renewed, from now on.
    package var refreshIn: Duration?
    /// Gets the next token without a person.
    package var refreshToken: Secret?

    package init(token: Secret, lifetime: Duration, refreshIn: Duration? = nil, refreshToken: Secret? = nil) {
        self.token = token
        self.lifetime = lifetime
        self.refreshIn = refreshIn
        self.refreshToken = refreshToken
    }

    /// When a token is renewed although it is still valid: five minutes before its end; tokens of hours at half of their
    /// time, as Microsoft's own libraries do, so that an identity provider that is down for a while does no harm.
    var renewal: Duration {
        if let refreshIn, refreshIn < lifetime { return refreshIn }
        if lifetime >= .seconds(7200) { return lifetime / 2 }
        return max(lifetime - .seconds(300), lifetime / 2)
    }
}

/// What a credential is to acquire.
package struct TokenQuery: Sendable {
    package let request: TokenRequest
    /// What the last grant of this tenant left for renewing it.
    package var refreshToken: Secret?
    /// Whether the old token is still valid: nobody is to be bothered then.
    package var isEarly = false

    package init(_ request: TokenRequest, refreshToken: Secret? = nil, isEarly: Bool = false) {
        self.request = request
        self.refreshToken = refreshToken
        self.isEarly = isEarly
    }
}
