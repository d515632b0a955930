import Foundation
import HTTPTypes
import ODataCore

extension SignIn {
    /// Answers a request to the sign-in service; `nil` if it is none.
    func respond(to request: SignInRequest) -> EmulatorResponse? {
        let segments = request.segments
        do throws(SignInError) {
            if request.path == "/metadata/identity/oauth2/token" { return try metadataService(request) }
            if request.path == "/msi/token" { return try appService(request) }
            guard segments.count == 4, segments[1] == "oauth2", segments[2] == "v2.0" else { return nil }
            let tenant = segments[0]
            switch (segments[3], request.method) {
            case ("token", .post):
                try check(tenant)
                return try token(request, tenant)
            case ("devicecode", .post):
                try check(tenant)
                return try deviceCode(request, tenant)
            case ("authorize", .get):
                try check(tenant)
                return try authorize(request, tenant)
            default: return nil
            }
        } catch {
            return error.response(correlationID: request.fields[.clientRequestIdentifier])
        }
    }

    private func check(_ tenant: String) throws(SignInError) {
        let isKnown = ["common", "organizations"].contains(tenant) || state.withLock { $0.tenants.contains(tenant) }
        guard isKnown else {
            throw SignInError(
                "invalid_request",
                90_002,
                "Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID and are signing into the "
                    + "correct cloud."
            )
        }
    }

    // MARK: The environment's door

    /// Why a token is refused, as the parameters of the challenge; `nil` if it is good.
    ///
    /// - Parameters:
    ///   - header: The value of `Authorization`.
    ///   - origin: The address that the request was sent to, which the token must be for.
    func challenge(to header: String?, origin: String) -> String? {
        let place = "authorization_uri=\(origin)/common/oauth2/authorize, resource_id=\(origin)/"
        guard let header, header.lowercased().hasPrefix("bearer ") else { return place }
        let text = String(header.dropFirst(7))
        let (token, required) = state.withLock { ($0.tokens[text], $0.requiredClaims) }
        guard let token, token.expiresAt > Date(), token.audience == origin else {
            return place + ", error=\"invalid_token\""
        }
        guard let required, token.claims != required else { return nil }
        let claims = Data(required.utf8).base64EncodedString()
        return place + ", error=\"insufficient_claims\", claims=\"\(claims)\""
    }

    // MARK: Issuing

    /// Issues a token.
    func issue(
        _ grant: String,
        tenant: String,
        client: String,
        audience: String,
        claims: String?,
        renewing ticket: Ticket? = nil
    ) -> Record {
        let text = Self.randomText()
        return state.withLock { state in
            state.tokens[text] = Token(
                audience: audience,
                expiresAt: Date() + state.tokenLifetime,
                claims: claims
            )
            state.issues.append(
                Issue(grant: grant, tenant: tenant, client: client, audience: audience, claims: claims)
            )
            var reply: Record = [
                "token_type": "Bearer", "access_token": .string(text),
                "expires_in": .integer(Int64(state.tokenLifetime)),
                "ext_expires_in": .integer(Int64(state.tokenLifetime)),
            ]
            if let ticket {
                let refreshToken = Self.randomText()
                state.refreshTokens[refreshToken] = ticket
                reply["refresh_token"] = .string(refreshToken)
            }
            return reply
        }
    }

    static func randomText() -> String { "\(UUID().uuidString)\(UUID().uuidString)".replacing("-", with: "") }

    // MARK: Managed identities

    private func metadataService(_ request: SignInRequest) throws(SignInError) -> EmulatorResponse {
        guard request.fields[.metadataHeader] == "true" else {
            throw SignInError("invalid_request", 0, "Required metadata header not specified.")
        }
        return try identity(request, ["client_id", "object_id", "msi_res_id"], version: "2018-02-01")
    }

    private func appService(_ request: SignInRequest) throws(SignInError) -> EmulatorResponse {
        guard request.fields[.identitySecretHeader] == identityHeader else {
            throw SignInError("unauthorized_client", 0, "The X-IDENTITY-HEADER is wrong.", status: 401)
        }
        return try identity(request, ["client_id", "principal_id", "mi_res_id"], version: "2019-08-01")
    }

    private func identity(
        _ request: SignInRequest,
        _ names: [String],
        version: String
    ) throws(SignInError) -> EmulatorResponse {
        guard request.query["api-version"] == version, let resource = request.query["resource"], !resource.isEmpty
        else {
            throw SignInError("invalid_request", 0, "api-version or resource is missing.")
        }
        let wanted = names.compactMap { request.query[$0] }.first
        guard wanted.map({ wanted in state.withLock { $0.identities.contains(wanted) } }) ?? true else {
            throw SignInError("invalid_request", 0, "Identity not found")
        }
        var reply = issue(
            "managed_identity",
            tenant: "",
            client: wanted ?? "system",
            audience: resource,
            claims: nil
        )
        // These endpoints write their numbers as texts.
        reply["expires_on"] = .string(String(Int64(Date().timeIntervalSince1970 + tokenLifetime)))
        reply["expires_in"] = nil
        reply["ext_expires_in"] = nil
        reply["resource"] = .string(resource)
        return EmulatorResponse(signIn: reply)
    }
}

extension HTTPField.Name {
    // The initialiser fails for characters that a header name must not have; these are literals of letters and dashes.
    static let clientRequestIdentifier = HTTPField.Name("client-request-id") ?? .accept
    static let metadataHeader = HTTPField.Name("Metadata") ?? .accept
    static let identitySecretHeader = HTTPField.Name("X-IDENTITY-HEADER") ?? .accept
}
