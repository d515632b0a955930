/// The identity provider of a cloud.
public struct AuthorityHost: Sendable, Hashable {
    /// The URL without a slash at its end.
    public let url: String

    private init(known url: String) { self.url = url }

    /// Microsoft Entra ID of the public cloud.
    public static let publicCloud = AuthorityHost(known: "https://login.microsoftonline.com")
    /// Microsoft Entra ID for the US Government: GCC High and DoD. (GCC uses the public cloud.)
    public static let usGovernment = AuthorityHost(known: "https://login.microsoftonline.us")
    /// Microsoft Entra China, operated by 21Vianet.
    public static let china = AuthorityHost(known: "https://login.partner.microsoftonline.cn")

    /// Another identity provider.
    ///
    /// - Parameter url: its URL without the tenant, with `https://`, or `http://` for one on this machine.
    /// - Throws: `CredentialError` if it is not such a URL.
    public init(url: String) throws {
        guard let root = try? ServiceRoot(url: url), root.url.hasPrefix("https://") || root.isLoopback else {
            throw CredentialError(
                "“\(url)” is not the URL of an identity provider. Give one such as \(Self.publicCloud.url); without TLS "
                    + "secrets are sent to this machine only.",
                reason: .unavailable
            )
        }
        self.url = root.url
    }

    /// The identity provider of the cloud that an environment belongs to.
    ///
    /// Source: Power Platform, "Microsoft Power Platform US Government" and "Datacenter regions".
    ///
    /// - Parameter scope: the scope of the environment's tokens, such as `https://contoso.crm.dynamics.com/.default`.
    package init(scope: String) {
        let afterScheme = scope.firstRange(of: "://").map { scope[$0.upperBound...] } ?? scope[...]
        let host = afterScheme.prefix { $0 != "/" && $0 != ":" }.lowercased()
        if host.hasSuffix(".microsoftdynamics.us") || host.hasSuffix(".appsplatform.us") {
            self = .usGovernment
        } else if host.hasSuffix(".dynamics.cn") {
            self = .china
        } else {
            self = .publicCloud
        }
    }
}

extension ServiceRoot {
    /// Whether the service is on this machine.
    package var isLoopback: Bool {
        let host = origin.drop { $0 != "/" }.dropFirst(2)
        return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix("\($0):") }
    }
}
