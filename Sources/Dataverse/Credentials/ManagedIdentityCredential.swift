/// The identity that Azure gives a virtual machine, a container or an app of App Service and Functions.
///
///     let credential = ManagedIdentityCredential()
///     let credential = ManagedIdentityCredential(.clientID("…"))
///
/// There is no secret to keep. Outside of Azure there is no such identity, and the credential says so.
public struct ManagedIdentityCredential: TokenCredential, AsyncTokenCredential {
    /// Which identity, where the resource has several.
    public enum Identity: Sendable, Hashable {
        /// The identity that the system assigned.
        case system
        /// A user-assigned identity by its client ID.
        case clientID(String)
        /// A user-assigned identity by its object ID, also called principal ID.
        case objectID(String)
        /// A user-assigned identity by its resource ID, `/subscriptions/…`.
        case resourceID(String)
    }

    private let source: TokenSource

    /// - Parameters:
    ///   - identity: which identity.
    ///   - options: how the identity's endpoint is reached; the authority is not used.
    public init(_ identity: Identity = .system, options: CredentialOptions = CredentialOptions()) {
        self.init(identity, probes: false, options: options)
    }

    /// - Parameter probes: whether to find out quickly first that there is an endpoint; what a chain does that has other
    ///   credentials to ask.
    package init(_ identity: Identity, probes: Bool, options: CredentialOptions) {
        source = TokenSource(options) { query in
            ManagedIdentityFlow(identity: identity, probes: probes, options: options).acquire(query.request)
        }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
