import Dataverse

/// The app itself, as environment variables describe it: a secret or a certificate.
///
///     let credential = EnvironmentCredential()
///
/// | variable | |
/// |---|---|
/// | `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` | the app registration |
/// | `AZURE_CLIENT_SECRET` | its secret, or |
/// | `AZURE_CLIENT_CERTIFICATE_PATH` | a PEM file, see ``ClientCertificateCredential`` |
/// | `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN` | `true` or `1` sends the certificates with the assertion |
/// | `AZURE_AUTHORITY_HOST` | the identity provider, where it is not that of the environment's cloud |
/// | `AZURE_ADDITIONALLY_ALLOWED_TENANTS` | other tenants, separated by semicolons |
public struct EnvironmentCredential: TokenCredential, AsyncTokenCredential {
    private let source: TokenSource

    /// - Parameter options: the identity provider and how it is reached.
    public init(options: CredentialOptions = CredentialOptions()) {
        source = TokenSource(options) { query in
            .attempt { () throws(CredentialError) in
                var options = options
                try options.readAuthority()
                if let tenants = options.system.variable("AZURE_ADDITIONALLY_ALLOWED_TENANTS") {
                    options.additionalTenants.formUnion(tenants.split(separator: ";").map { String($0) })
                }
                let app = try EntraApp(
                    tenant: options.setting(nil, or: "AZURE_TENANT_ID"),
                    clientID: options.setting(nil, or: "AZURE_CLIENT_ID"),
                    options: options
                )
                return try Self.authentication(app).acquire(query, for: app)
            }
        }
    }

    private static func authentication(_ app: EntraApp) throws(CredentialError) -> ClientAuthentication {
        let system = app.options.system
        if let secret = system.variable("AZURE_CLIENT_SECRET") { return .secret(Secret(secret)) }
        guard let file = system.variable("AZURE_CLIENT_CERTIFICATE_PATH") else {
            throw CredentialError(
                "Neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set.",
                reason: .unavailable
            )
        }
        let sendsChain = ["true", "1"].contains(system.variable("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN")?.lowercased())
        do {
            return try ClientCertificate(file: file, system: system)
                .authentication(app, algorithm: .ps256, sendsChain: sendsChain)
        } catch {
            // A variable that was set is meant: another credential must not take its place.
            throw CredentialError(error.message)
        }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
