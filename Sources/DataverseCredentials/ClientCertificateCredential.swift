import Dataverse

/// The app itself, with a certificate of its registration.
///
///     let credential = try ClientCertificateCredential(tenant: "contoso.com", clientID: id, file: "app.pem")
///
/// For services: the key never leaves the machine, only assertions do that are signed with it and valid for minutes.
/// The file is PEM, with the certificate and its unencrypted RSA key (PKCS #8 or PKCS #1), in any order. It is read once.
public struct ClientCertificateCredential: TokenCredential, AsyncTokenCredential {
    /// How assertions are signed.
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        /// RSASSA-PSS, which Microsoft recommends.
        case ps256 = "PS256"
        /// RSASSA-PKCS1-v1_5, for identity providers that know nothing else, such as AD FS.
        case rs256 = "RS256"
    }

    private let source: TokenSource

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain.
    ///   - clientID: the application ID of the app registration.
    ///   - file: the path of the PEM file.
    ///   - algorithm: how assertions are signed.
    ///   - sendsChain: whether assertions carry the certificates, for apps that are registered by subject name and issuer.
    ///   - options: the identity provider and how it is reached.
    /// - Throws: `CredentialError` if the file has no usable certificate and key.
    public init(
        tenant: String,
        clientID: String,
        file: String,
        algorithm: Algorithm = .ps256,
        sendsChain: Bool = false,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        let certificate = try ClientCertificate(file: file, system: options.system)
        try self.init(tenant, clientID, certificate, algorithm, sendsChain, options)
    }

    /// - Parameters:
    ///   - tenant: the tenant's identifier or domain.
    ///   - clientID: the application ID of the app registration.
    ///   - pem: certificate and key, as a PEM file has them.
    ///   - algorithm: how assertions are signed.
    ///   - sendsChain: whether assertions carry the certificates, for apps that are registered by subject name and issuer.
    ///   - options: the identity provider and how it is reached.
    /// - Throws: `CredentialError` if there is no usable certificate and key.
    public init(
        tenant: String,
        clientID: String,
        pem: String,
        algorithm: Algorithm = .ps256,
        sendsChain: Bool = false,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        let certificate = try ClientCertificate(pem: pem, name: "The text")
        try self.init(tenant, clientID, certificate, algorithm, sendsChain, options)
    }

    private init(
        _ tenant: String,
        _ clientID: String,
        _ certificate: ClientCertificate,
        _ algorithm: Algorithm,
        _ sendsChain: Bool,
        _ options: CredentialOptions
    ) throws {
        let app = try EntraApp(tenant: tenant, clientID: clientID, options: options)
        let authentication = certificate.authentication(app, algorithm: algorithm, sendsChain: sendsChain)
        source = TokenSource(options) { authentication.acquire($0, for: app) }
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try source.token(for: request)
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await source.token(for: request)
    }
}
