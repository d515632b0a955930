/// The app itself, with a client secret of its registration.
///
///     let credential = try ClientSecretCredential(tenant: "contoso.com", clientID: id, secret: secret)
///     let client = try DataverseClient(environment: url, credential: credential)
///
/// For services and scripts. The environment needs an application user for the app. A certificate
/// (`ClientCertificateCredential`) or a managed identity (``ManagedIdentityCredential``) is safer where it is possible.
public struct ClientSecretCredential: TokenCredential, AsyncTokenCredential {
    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain.
    ///   - clientID: the application ID of the app registration.
    ///   - secret: the value of the client secret.
    ///   - options: the identity provider and how it is reached.
    /// - Throws: `CredentialError` if one of them cannot be used.
    public init(
        tenant: String,
        clientID: String,
        secret: String,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        guard !secret.isEmpty else {
            throw CredentialError("The client secret is empty. Give the value of the secret.", reason: .unavailable)
        }
        let app = try EntraApp(tenant: tenant, clientID: clientID, options: options)
        let authentication = ClientAuthentication.secret(Secret(secret))
        source = TokenSource(options) { authentication.acquire($0, for: app) }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
