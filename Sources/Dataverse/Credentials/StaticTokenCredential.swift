/// One token that somebody else acquired; for tests, scripts and the emulator.
public struct StaticTokenCredential: TokenCredential, AsyncTokenCredential {
    private let accessToken: AccessToken

    /// - Parameter token: the text of the token.
    public init(_ token: String) { accessToken = AccessToken(token) }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken { try accessToken.checked() }
}
