import Dataverse

/// Whatever identity there is where the app runs: in production and on a developer's machine, without a change.
///
///     let client = try DataverseClient(environment: url, credential: DefaultCredential())
///
/// It tries, in the order of Microsoft's own libraries, ``EnvironmentCredential``, `WorkloadIdentityCredential`,
/// `ManagedIdentityCredential` (the user-assigned one that `AZURE_CLIENT_ID` names, if it is set) and
/// `AzureCLICredential`, and stays with the first one that can be used.
public struct DefaultCredential: TokenCredential, AsyncTokenCredential {
    private let chain: ChainedCredential

    /// - Parameter options: the identity provider and how it is reached.
    /// - Throws: `CredentialError` if the options cannot be used.
    public init(options: CredentialOptions = CredentialOptions()) throws {
        let identity = options.system.variable("AZURE_CLIENT_ID").map {
            ManagedIdentityCredential.Identity.clientID($0)
        }
        chain = ChainedCredential(
            EnvironmentCredential(options: options),
            WorkloadIdentityCredential(options: options),
            ManagedIdentityCredential(identity ?? .system, probes: true, options: options),
            try AzureCLICredential(options: options)
        )
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try chain.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await chain.token(for: request)
    }
}
