/// The device authorization grant.
///
/// Source: RFC 8628; Microsoft identity platform, "OAuth 2.0 device authorization grant flow".
struct DeviceCodeFlow: Sendable {
    let app: EntraApp
    let request: TokenRequest
    let show: @Sendable (DeviceCodeCredential.Prompt) -> Void

    /// Asks for a code, shows it, and waits until the person has used it.
    func begin() -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            let url = try app.endpoint("devicecode", for: request)
            var form = Form([
                "client_id": app.clientID, "scope": EntraApp.delegatedScope(request.scope),
            ])
            form["claims"] = request.claims
            return app.send(form, to: url).flatMap { reply in
                .attempt { () throws(CredentialError) in
                    let reply = TokenReply(reply, secrets: [])
                    guard reply.isSuccess else { throw reply.error(from: url) }
                    return try start(reply, from: url)
                }
            }
        }
    }

    private func start(_ reply: TokenReply, from url: String) throws(CredentialError) -> CredentialOperation<TokenGrant>
    {
        guard let code = reply.text("device_code"), let userCode = reply.text("user_code"),
            let verificationURL = reply.text("verification_uri") ?? reply.text("verification_url")
        else {
            throw reply.unexpected("\(url) answered without a code for the person.")
        }
        let validFor = Duration.seconds(min(max(reply.number("expires_in") ?? 900, 1), 3600))
        show(
            DeviceCodeCredential.Prompt(
                userCode: userCode,
                verificationURL: verificationURL,
                message: reply.text("message")
                    ?? "To sign in, open \(verificationURL) in a browser and enter the code \(userCode).",
                validFor: validFor
            )
        )
        let interval = Duration.seconds(min(max(reply.number("interval") ?? 5, 0), 60))
        return poll(Secret(code), interval: interval, remaining: validFor)
    }

    /// Waits, and asks whether the person is done.
    private func poll(_ code: Secret, interval: Duration, remaining: Duration) -> CredentialOperation<TokenGrant> {
        guard remaining > .zero else {
            return .failed(
                CredentialError(
                    "Nobody signed in while the code was valid. Begin again to get another code.",
                    reason: .interactionRequired
                )
            )
        }
        return .sleep(interval) {
            .attempt { () throws(CredentialError) in
                let url = try app.endpoint("token", for: request)
                var form = Form(["grant_type": "urn:ietf:params:oauth:grant-type:device_code"])
                form["client_id"] = app.clientID
                form["scope"] = EntraApp.delegatedScope(request.scope)
                form.set("device_code", code)
                // At least a second counts for each question, so that the questions end.
                let rest = remaining - max(interval, .seconds(1))
                return app.send(form, to: url).flatMap { reply in
                    proceed(TokenReply(reply, secrets: [code]), url, code, interval, rest)
                }
                .recover { error in
                    // A server that does not answer is asked half as often (RFC 8628, section 3.5).
                    error.reason == .unreachable ? poll(code, interval: interval * 2, remaining: rest) : .failed(error)
                }
            }
        }
    }

    private func proceed(
        _ reply: TokenReply,
        _ url: String,
        _ code: Secret,
        _ interval: Duration,
        _ remaining: Duration
    ) -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            if reply.isSuccess { return .done(try reply.grant(from: url, date: app.options.system.date())) }
            switch reply.errorName {
            case "authorization_pending": return poll(code, interval: interval, remaining: remaining)
            case "slow_down": return poll(code, interval: interval + .seconds(5), remaining: remaining)
            default: throw reply.error(from: url)
            }
        }
    }
}
