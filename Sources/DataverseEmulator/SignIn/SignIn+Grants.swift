import Crypto
import Foundation
import HTTPTypes
import ODataCore

extension SignIn {
    /// The longest body of a request to the sign-in service.
    static let maximumBodySize = 1 << 20

    // MARK: Token

    func token(_ request: SignInRequest, _ tenant: String) throws(SignInError) -> EmulatorResponse {
        let grant = try request.required("grant_type")
        let client = try client(request.required("client_id"), tenant)
        switch grant {
        case "client_credentials":
            try authenticate(client, request)
            return try issue(request, grant, tenant, client.id, ticket: nil)
        case "urn:ietf:params:oauth:grant-type:device_code": return try pollDeviceCode(request, tenant, client)
        case "authorization_code": return try redeemCode(request, tenant, client)
        case "refresh_token": return try refresh(request, tenant, client)
        default:
            throw SignInError(
                "unsupported_grant_type",
                70_003,
                "The app requested an unsupported grant type '\(grant)'."
            )
        }
    }

    private func client(_ id: String, _ tenant: String) throws(SignInError) -> Client {
        if let client = state.withLock({ $0.clients[id] }) { return client }
        throw SignInError(
            "unauthorized_client",
            700_016,
            "Application with identifier '\(id)' was not found in the directory '\(tenant)'."
        )
    }

    private func authenticate(_ client: Client, _ request: SignInRequest) throws(SignInError) {
        if let secret = request.form["client_secret"] {
            guard client.secrets.contains(secret) else {
                throw SignInError(
                    "invalid_client",
                    7_000_215,
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                        + "value, not the client secret ID, for a secret added to app '\(client.id)'.",
                    status: 401
                )
            }
            return
        }
        guard let assertion = request.form["client_assertion"],
            request.form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        else {
            throw SignInError(
                "invalid_client",
                7_000_218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
                status: 401
            )
        }
        if client.federatedTokens.contains(assertion) { return }
        let verifier = AssertionVerifier(client: client, audience: request.origin + request.path)
        let identifier = try verifier.verify(assertion)
        guard state.withLock({ $0.assertionsSeen.insert(identifier).inserted }) else {
            throw SignInError("invalid_client", 700_027, "The client assertion was used before.", status: 401)
        }
    }

    /// What a token is for: the resource of the scope.
    private func audience(_ request: SignInRequest) throws(SignInError) -> String {
        let scopes = try request.required("scope").split(separator: " ")
        guard let scope = scopes.first(where: { $0.hasSuffix("/.default") }) else {
            throw SignInError(
                "invalid_scope",
                70_011,
                "The provided request must include a 'scope' input parameter whose value ends with /.default."
            )
        }
        return String(scope.dropLast("/.default".count))
    }

    private func issue(
        _ request: SignInRequest,
        _ grant: String,
        _ tenant: String,
        _ client: String,
        ticket: Ticket?
    ) throws(SignInError) -> EmulatorResponse {
        EmulatorResponse(
            signIn: issue(
                grant,
                tenant: tenant,
                client: client,
                audience: try audience(request),
                claims: request.form["claims"],
                renewing: ticket
            )
        )
    }

    // MARK: People

    func deviceCode(_ request: SignInRequest, _ tenant: String) throws(SignInError) -> EmulatorResponse {
        let client = try publicClient(request.required("client_id"), tenant)
        _ = try audience(request)
        let code = Self.randomText()
        let interval = state.withLock { state in
            state.deviceCodes[code] = Ticket(client: client.id, tenant: tenant)
            return state.deviceInterval
        }
        return EmulatorResponse(
            signIn: [
                "device_code": .string(code), "user_code": "EMU-LATOR",
                "verification_uri": .string("\(request.origin)/devicelogin"), "expires_in": 900,
                "interval": .integer(Int64(interval)),
                "message": .string(
                    "To sign in, use a web browser to open the page \(request.origin)/devicelogin and enter the code "
                        + "EMU-LATOR to authenticate."
                ),
            ]
        )
    }

    private func publicClient(_ id: String, _ tenant: String) throws(SignInError) -> Client {
        let client = try client(id, tenant)
        if client.isPublic { return client }
        throw SignInError(
            "invalid_client",
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
            status: 401
        )
    }

    private func pollDeviceCode(
        _ request: SignInRequest,
        _ tenant: String,
        _ client: Client
    ) throws(SignInError) -> EmulatorResponse {
        let code = try request.required("device_code")
        let result = state.withLock { state -> Result<Ticket, SignInError> in
            guard let ticket = state.deviceCodes[code], ticket.client == client.id else {
                return .failure(SignInError("bad_verification_code", 70_000, "The device code is not valid."))
            }
            if state.slowDowns > 0 {
                state.slowDowns -= 1
                return .failure(SignInError("slow_down", 70_016, "The app asks too often."))
            }
            if state.pendingPolls > 0 {
                state.pendingPolls -= 1
                return .failure(
                    SignInError(
                        "authorization_pending",
                        70_016,
                        "OAuth 2.0 device flow error. Authorization is pending."
                    )
                )
            }
            state.deviceCodes[code] = nil
            switch state.deviceOutcome {
            case .approved: return .success(ticket)
            case .declined:
                return .failure(SignInError("authorization_declined", 65_004, "User declined to consent to the app."))
            case .expired: return .failure(SignInError("expired_token", 70_020, "The device code has expired."))
            }
        }
        let ticket = try result.get()
        return try issue(request, "device_code", tenant, client.id, ticket: ticket)
    }

    /// Redirects at once, as if the person had signed in.
    func authorize(_ request: SignInRequest, _ tenant: String) throws(SignInError) -> EmulatorResponse {
        let client = try publicClient(request.query["client_id"] ?? "", tenant)
        guard let redirect = request.query["redirect_uri"], redirect.hasPrefix("http://localhost:"),
            !redirect.contains(where: { $0.isWhitespace || $0.isNewline })
        else {
            throw SignInError(
                "invalid_request",
                50_011,
                "The redirect URI specified in the request does not match the redirect URIs configured for the app."
            )
        }
        guard request.query["response_type"] == "code", request.query["code_challenge_method"] == "S256",
            let challenge = request.query["code_challenge"], challenge.count == 43, let state = request.query["state"]
        else {
            throw SignInError("invalid_request", 900_144, "response_type, state or code_challenge is missing.")
        }
        let code = Self.randomText()
        self.state.withLock {
            $0.codes[code] = Ticket(client: client.id, tenant: tenant, challenge: challenge, redirect: redirect)
        }
        let allowed = CharacterSet.alphanumerics
        let echoed = state.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        var response = EmulatorResponse(.found)
        response.fields[.location] = "\(redirect)/?code=\(code)&state=\(echoed)&session_state=emulator"
        return response
    }

    private func redeemCode(
        _ request: SignInRequest,
        _ tenant: String,
        _ client: Client
    ) throws(SignInError) -> EmulatorResponse {
        let code = try request.required("code")
        let verifier = try request.required("code_verifier")
        guard var ticket = state.withLock({ $0.codes.removeValue(forKey: code) }), ticket.client == client.id else {
            throw SignInError(
                "invalid_grant",
                70_008,
                "The provided authorization code has expired or was used before."
            )
        }
        let hash = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        guard hash == ticket.challenge else {
            throw SignInError(
                "invalid_grant",
                501_481,
                "The Code_Verifier does not match the code_challenge supplied in the authorization request."
            )
        }
        guard request.form["redirect_uri"] == ticket.redirect else {
            throw SignInError("invalid_grant", 500_112, "The redirect URI is not the one of the authorization request.")
        }
        ticket.challenge = nil
        return try issue(request, "authorization_code", tenant, client.id, ticket: ticket)
    }

    private func refresh(
        _ request: SignInRequest,
        _ tenant: String,
        _ client: Client
    ) throws(SignInError) -> EmulatorResponse {
        let token = try request.required("refresh_token")
        guard let ticket = state.withLock({ $0.refreshTokens[token] }), ticket.client == client.id else {
            throw SignInError(
                "invalid_grant",
                50_173,
                "The provided grant has expired due to it being revoked, a fresh auth token is needed."
            )
        }
        return try issue(request, "refresh_token", tenant, client.id, ticket: ticket)
    }
}
