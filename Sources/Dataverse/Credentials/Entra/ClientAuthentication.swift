/// How a confidential client proves who it is.
package enum ClientAuthentication: Sendable {
    /// With a secret that it shares with the identity provider.
    case secret(Secret)
    /// With a signed assertion, made anew for each request; the closure gets the URL that the assertion is for.
    case assertion(@Sendable (String) throws(CredentialError) -> Secret)

    /// Asks for a token of the app itself.
    ///
    /// Sources: Microsoft identity platform, "OAuth 2.0 client credentials flow"; RFC 7523, section 2.2.
    package func acquire(_ query: TokenQuery, for app: EntraApp) -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            var form = Form(["grant_type": "client_credentials"])
            switch self {
            case .secret(let secret):
                form.set("client_secret", secret)
            case .assertion(let make):
                form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                form.set("client_assertion", try make(try app.endpoint("token", for: query.request)))
            }
            return app.requestToken(form, for: query.request)
        }
    }
}
