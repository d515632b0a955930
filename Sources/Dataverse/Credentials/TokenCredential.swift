/// Gives access tokens to the synchronous client.
public protocol TokenCredential: Sendable {
    /// Gives a token, from a cache where it has a valid one.
    ///
    /// - Parameter request: what the token is for, and a token that must not be given again.
    /// - Returns: a valid token.
    /// - Throws: `CredentialError` with what to do about it.
    func token(for request: TokenRequest) throws(CredentialError) -> AccessToken
}

/// Gives access tokens to the asynchronous client.
public protocol AsyncTokenCredential: Sendable {
    /// Gives a token, from a cache where it has a valid one.
    ///
    /// - Parameter request: what the token is for, and a token that must not be given again.
    /// - Returns: a valid token.
    /// - Throws: `CredentialError` with what to do about it.
    func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken
}
