import Dataverse

/// A person who signs in with the browser of this machine: for tools on a desktop.
///
///     let credential = try InteractiveBrowserCredential(tenant: "contoso.com", clientID: id)
///
/// The app registration needs the redirect URI `http://localhost` for mobile and desktop applications. The first token
/// opens the browser; later ones come without it, for as long as the credential lives and the tenant allows.
public struct InteractiveBrowserCredential: TokenCredential, AsyncTokenCredential {
    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain; `organizations` lets in people of any tenant.
    ///   - clientID: the application ID of the app registration.
    ///   - loginHint: the name of the person, filled in beforehand.
    ///   - timeout: how long the person may take.
    ///   - options: the identity provider and how it is reached.
    ///   - open: opens a URL in a browser; the default takes the system's.
    /// - Throws: `CredentialError` if tenant or client ID cannot be used.
    public init(
        tenant: String = "organizations",
        clientID: String,
        loginHint: String? = nil,
        timeout: Duration = .seconds(300),
        options: CredentialOptions = CredentialOptions(),
        open: @escaping @Sendable (String) throws -> Void = SystemBrowser.open
    ) throws {
        let app = try EntraApp(tenant: tenant, clientID: clientID, options: options)
        source = TokenSource(options) { query in
            query.withoutPerson(app) {
                AuthorizationCodeFlow(
                    app: app,
                    request: query.request,
                    loginHint: loginHint,
                    timeout: timeout,
                    open: open
                ).begin()
            }
        }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
