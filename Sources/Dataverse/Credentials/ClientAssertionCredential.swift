/// The app itself, with assertions that somebody else signs: a federated identity, such as a CI system's, or a key vault.
///
///     let credential = try ClientAssertionCredential(tenant: tenant, clientID: id) { audience in
///         try signer.assertion(for: audience)
///     }
public struct ClientAssertionCredential: TokenCredential, AsyncTokenCredential {
    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain.
    ///   - clientID: the application ID of the app registration.
    ///   - options: the identity provider and how it is reached.
    ///   - assertion: makes an assertion, a signed JSON web token; it gets the URL of the token endpoint, which is the
    ///     audience of assertions that the app signs itself.
    /// - Throws: `CredentialError` if tenant or client ID cannot be used.
    public init(
        tenant: String,
        clientID: String,
        options: CredentialOptions = CredentialOptions(),
        assertion: @escaping @Sendable (_ audience: String) throws -> String
    ) throws {
        let app = try EntraApp(tenant: tenant, clientID: clientID, options: options)
        let authentication = ClientAuthentication.assertion { audience throws(CredentialError) in
            do {
                return Secret(try assertion(audience))
            } catch let error as CredentialError {
                throw error
            } catch {
                throw CredentialError("The assertion cannot be made: \(error)", reason: .unavailable)
            }
        }
        source = TokenSource(options) { authentication.acquire($0, for: app) }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
