/// A workload in Kubernetes, or wherever else a file holds a token that Microsoft Entra ID trusts.
///
///     let credential = WorkloadIdentityCredential()
///
/// Azure Workload Identity sets `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_FEDERATED_TOKEN_FILE` and
/// `AZURE_AUTHORITY_HOST`. The file is read for each new token, because its content is replaced now and then.
public struct WorkloadIdentityCredential: TokenCredential, AsyncTokenCredential {
    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain; `nil` takes `AZURE_TENANT_ID`.
    ///   - clientID: the application ID; `nil` takes `AZURE_CLIENT_ID`.
    ///   - tokenFile: the file with the federated token; `nil` takes `AZURE_FEDERATED_TOKEN_FILE`.
    ///   - options: the identity provider and how it is reached.
    public init(
        tenant: String? = nil,
        clientID: String? = nil,
        tokenFile: String? = nil,
        options: CredentialOptions = CredentialOptions()
    ) {
        source = TokenSource(options) { query in
            .attempt { () throws(CredentialError) in
                var options = options
                try options.readAuthority()
                let file = try options.setting(tokenFile, or: "AZURE_FEDERATED_TOKEN_FILE")
                let app = try EntraApp(
                    tenant: options.setting(tenant, or: "AZURE_TENANT_ID"),
                    clientID: options.setting(clientID, or: "AZURE_CLIENT_ID"),
                    options: options
                )
                let assertion = try Self.read(file, options.system)
                return ClientAuthentication.assertion { _ in assertion }.acquire(query, for: app)
            }
        }
    }

    private static func read(_ file: String, _ system: CredentialSystem) throws(CredentialError) -> Secret {
        guard let bytes = try? system.readFile(file) else {
            throw CredentialError("The file \(file) with the federated token cannot be read.", reason: .unavailable)
        }
        let text = String(decoding: bytes.prefix(1 << 16), as: UTF8.self).filter { !$0.isWhitespace }
        guard TokenReply.isToken(text) else {
            throw CredentialError("The file \(file) holds no federated token.", reason: .unavailable)
        }
        return Secret(text)
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}

extension CredentialOptions {
    /// A setting that the app gave, or else an environment variable.
    package func setting(_ value: String?, or variable: String) throws(CredentialError) -> String {
        if let value = value ?? system.variable(variable) { return value }
        throw CredentialError("The environment variable \(variable) is not set.", reason: .unavailable)
    }

    /// Takes the identity provider from `AZURE_AUTHORITY_HOST` where the app named none.
    package mutating func readAuthority() throws(CredentialError) {
        guard authority == nil, let url = system.variable("AZURE_AUTHORITY_HOST") else { return }
        do {
            authority = try AuthorityHost(url: url.contains("://") ? url : "https://\(url)")
        } catch {
            throw CredentialError("AZURE_AUTHORITY_HOST: \(error)", reason: .unavailable)
        }
    }
}
