/// A person who signs in on another device: for terminals without a browser.
///
///     let credential = try DeviceCodeCredential(tenant: "contoso.com", clientID: id) { prompt in
///         print(prompt.message)
///     }
///
/// The app registration must allow public client flows. Later tokens come without the person, for as long as the
/// credential lives and the tenant allows.
public struct DeviceCodeCredential: TokenCredential, AsyncTokenCredential {
    /// What the person has to do.
    public struct Prompt: Sendable, Hashable {
        /// What to type in.
        public let userCode: String
        /// Where.
        public let verificationURL: String
        /// Both in a sentence, in the identity provider's words.
        public let message: String
        /// How long the code is valid.
        public let validFor: Duration
    }

    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain; `organizations` lets in people of any tenant.
    ///   - clientID: the application ID of the app registration.
    ///   - options: the identity provider and how it is reached.
    ///   - show: tells the person what to do.
    /// - Throws: `CredentialError` if tenant or client ID cannot be used.
    public init(
        tenant: String = "organizations",
        clientID: String,
        options: CredentialOptions = CredentialOptions(),
        show: @escaping @Sendable (Prompt) -> Void
    ) throws {
        let app = try EntraApp(tenant: tenant, clientID: clientID, options: options)
        source = TokenSource(options) { query in
            query.withoutPerson(app) { DeviceCodeFlow(app: app, request: query.request, show: show).begin() }
        }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}

extension TokenQuery {
    /// Renews the last sign-in where that is possible, and bothers the person only where it is not.
    package func withoutPerson(
        _ app: EntraApp,
        _ signIn: @escaping @Sendable () -> CredentialOperation<TokenGrant>
    ) -> CredentialOperation<TokenGrant> {
        let interactive: @Sendable (CredentialError) -> CredentialOperation<TokenGrant> = { [isEarly] error in
            isEarly || error.reason != .interactionRequired ? .failed(error) : signIn()
        }
        let needed = CredentialError("A person has to sign in.", reason: .interactionRequired)
        guard let refreshToken else { return interactive(needed) }
        return app.refresh(refreshToken, for: request).recover(interactive)
    }
}
