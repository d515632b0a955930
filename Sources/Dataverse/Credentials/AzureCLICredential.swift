/// Whoever has signed in with `az login`: for development.
///
///     let credential = try AzureCLICredential()
///
/// It runs `az account get-access-token`, without a shell.
public struct AzureCLICredential: TokenCredential, AsyncTokenCredential {
    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant; `nil` takes the one that the Azure CLI uses.
    ///   - timeout: how long the program may take.
    ///   - options: what holds for other tenants; the authority is the Azure CLI's own.
    /// - Throws: `CredentialError` if the tenant cannot be used.
    public init(
        tenant: String? = nil,
        timeout: Duration = .seconds(20),
        options: CredentialOptions = CredentialOptions()
    ) throws {
        let tenant = try tenant.map { try EntraApp.checkedTenant($0) }
        source = TokenSource(options) { query in
            AzureCLI(tenant: tenant, timeout: timeout, options: options).acquire(query.request)
        }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
