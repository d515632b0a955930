import Crypto
import Dataverse
import Foundation

/// The authorization code grant with proof of possession, over a redirect to this machine.
///
/// Sources: RFC 6749, section 4.1; RFC 7636; RFC 8252, section 7.3; Microsoft identity platform, "OAuth 2.0 authorization
/// code flow".
struct AuthorizationCodeFlow: Sendable {
    let app: EntraApp
    let request: TokenRequest
    let loginHint: String?
    let timeout: Duration
    let open: @Sendable (String) throws -> Void

    /// What only this sign-in knows.
    private struct Proof: Sendable {
        let verifier = Secret(Self.random())
        let state = Secret(Self.random())

        var challenge: String { Data(SHA256.hash(data: Data(verifier.text.utf8))).base64URL }

        /// 256 random bits.
        private static func random() -> String {
            var random = SystemRandomNumberGenerator()
            return Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }).base64URL
        }
    }

    func begin() -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            let url = try app.endpoint("authorize", for: request)
            let proof = Proof()
            return .outside { interruption in
                .attempt { () throws(CredentialError) in
                    let listener = try LoopbackListener()
                    defer { listener.close() }
                    let redirect = "http://localhost:\(listener.port)"
                    try show("\(url)?\(form(proof, redirect).text)")
                    let answer = try listener.waitForRedirect(
                        state: proof.state.text,
                        timeout: timeout,
                        interruption
                    )
                    return try redeem(answer, proof, redirect, url)
                }
            }
        }
    }

    private func form(_ proof: Proof, _ redirect: String) -> Form {
        var form = Form([
            "client_id": app.clientID, "response_type": "code", "response_mode": "query", "redirect_uri": redirect,
            "scope": EntraApp.delegatedScope(request.scope), "state": proof.state.text,
            "code_challenge": proof.challenge, "code_challenge_method": "S256", "prompt": "select_account",
        ])
        form["login_hint"] = loginHint
        form["claims"] = request.claims
        return form
    }

    private func show(_ url: String) throws(CredentialError) {
        do {
            try open(url)
        } catch let error as CredentialError {
            throw error
        } catch {
            throw CredentialError("The browser cannot be opened: \(type(of: error)).", reason: .unavailable)
        }
    }

    private func redeem(
        _ answer: [String: String],
        _ proof: Proof,
        _ redirect: String,
        _ url: String
    ) throws(CredentialError) -> CredentialOperation<TokenGrant> {
        guard let code = answer["code"] else {
            throw CredentialError.signIn(
                named: answer["error"],
                description: answer["error_description"],
                from: url
            )
        }
        var form = Form(["grant_type": "authorization_code", "redirect_uri": redirect])
        form.set("code", Secret(code))
        form.set("code_verifier", proof.verifier)
        return app.requestToken(
            form,
            for: request,
            scope: EntraApp.delegatedScope(request.scope),
            isIdempotent: false
        )
    }
}
