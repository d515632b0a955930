import HTTPTypes

/// An app that is registered with Microsoft Entra ID, in one of its tenants.
package struct EntraApp: Sendable {
    /// The tenant's identifier or domain, or `organizations`.
    package let tenant: String
    package let clientID: String
    package let options: CredentialOptions

    package init(tenant: String, clientID: String, options: CredentialOptions) throws(CredentialError) {
        self.tenant = try Self.checkedTenant(tenant)
        guard !clientID.isEmpty, clientID.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw CredentialError(
                "“\(clientID)” is not a client ID. Give the application ID of the app registration.",
                reason: .unavailable
            )
        }
        self.clientID = clientID
        self.options = options
    }

    /// A tenant whose name can stand in a URL.
    package static func checkedTenant(_ tenant: String) throws(CredentialError) -> String {
        let isName = tenant.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isName, !tenant.isEmpty, tenant != ".", tenant != ".." else {
            throw CredentialError(
                "“\(tenant)” is not a tenant. Give its identifier, or a domain such as contoso.onmicrosoft.com.",
                reason: .unavailable
            )
        }
        return tenant
    }

    /// The tenant of a request: the app's own, or another one that it was allowed to use.
    package func tenant(for request: TokenRequest) throws(CredentialError) -> String {
        guard let wanted = request.tenant, wanted.lowercased() != tenant.lowercased() else { return tenant }
        let allowed = options.additionalTenants
        guard allowed.contains("*") || allowed.contains(where: { $0.lowercased() == wanted.lowercased() }) else {
            throw CredentialError(
                "The credential is for the tenant \(tenant), and a token of \(wanted) was asked for. Add it to "
                    + "additionalTenants in the credential's options if that is meant."
            )
        }
        return try Self.checkedTenant(wanted)
    }

    /// The URL of an endpoint of the tenant, such as `token`.
    package func endpoint(_ name: String, for request: TokenRequest) throws(CredentialError) -> String {
        let authority = options.authority ?? AuthorityHost(scope: request.scope)
        return "\(authority.url)/\(try tenant(for: request))/oauth2/v2.0/\(name)"
    }

    /// Sends a form to an endpoint of the tenant.
    package func send(
        _ form: Form,
        to url: String,
        isIdempotent: Bool = true
    ) -> CredentialOperation<HTTPReply> {
        let exchange = HTTPExchange(
            method: .post,
            url: url,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .accept: "application/json",
                .userAgent: "swift-dataverse/\(ClientConfiguration.libraryVersion)",
                .entraRequestID: options.system.makeIdentifier().uuidString.lowercased(),
            ],
            body: .bytes(Array(form.text.utf8)),
            timeout: options.timeout
        )
        var repeated = RepeatedExchange(exchange: exchange, system: options.system, policy: options.retry)
        repeated.isIdempotent = isIdempotent
        return repeated.operation()
    }

    /// Asks the token endpoint for a token.
    ///
    /// - Parameters:
    ///   - form: the fields of the grant; the client ID, the scope and the claims are added.
    ///   - request: what the token is for.
    ///   - scope: the scope, where it is more than the request's.
    package func requestToken(
        _ form: Form,
        for request: TokenRequest,
        scope: String? = nil,
        isIdempotent: Bool = true
    ) -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            let url = try endpoint("token", for: request)
            var form = form
            form["client_id"] = clientID
            form["scope"] = scope ?? request.scope
            form["claims"] = request.claims
            return send(form, to: url, isIdempotent: isIdempotent).flatMap { [form, options] reply in
                .attempt { () throws(CredentialError) in
                    let reply = TokenReply(reply, secrets: form.secrets)
                    guard reply.isSuccess else { throw reply.error(from: url) }
                    return .done(try reply.grant(from: url, date: options.system.date()))
                }
            }
        }
    }

    /// Renews the sign-in of a person.
    package func refresh(_ token: Secret, for request: TokenRequest) -> CredentialOperation<TokenGrant> {
        var form = Form(["grant_type": "refresh_token"])
        form.set("refresh_token", token)
        return requestToken(form, for: request, scope: Self.delegatedScope(request.scope))
    }

    /// The scope of a person's sign-in: with what renews it.
    package static func delegatedScope(_ scope: String) -> String { "\(scope) offline_access openid profile" }
}

extension HTTPField.Name {
    /// Marks an exchange in the log of Microsoft Entra ID.
    fileprivate static let entraRequestID = HTTPField.Name("client-request-id") ?? .accept
}
