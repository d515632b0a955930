/// An error of Microsoft Entra ID, and what to do about it.
///
/// Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error codes".
struct EntraError: Sendable {
    /// The name of OAuth 2.0, such as `invalid_client`.
    let name: String?
    let description: String?
    /// The numbers after `AADSTS`.
    let codes: [Int64]
    let correlationID: String?
    let traceID: String?
    let status: Int

    func credentialError(from source: String, without secrets: [Secret]) -> CredentialError {
        let code = number.map { "AADSTS\($0)" } ?? name
        let said = sentence.map { String($0.without(secrets).prefix(500)) }
        var message = "\(source) gave no token: "
        message += said ?? name ?? "status \(status) without a reason."
        if !message.hasSuffix(".") { message += "." }
        if let advice { message += " \(advice)" }
        var error = CredentialError(message, reason: reason)
        error.code = code.map { String($0.prefix(60)) }
        error.correlationID = correlationID.map { String($0.prefix(60)) }
        error.traceID = traceID.map { String($0.prefix(60)) }
        return error
    }

    /// The code of the error; where the list of codes is missing, the one that the text begins with.
    private var number: Int64? {
        if let first = codes.first { return first }
        guard let description, description.hasPrefix("AADSTS") else { return nil }
        return Int64(description.dropFirst(6).prefix { $0.isASCII && $0.isNumber })
    }

    /// The text without the identifiers at its end, which have fields of their own.
    private var sentence: String? {
        guard let description else { return nil }
        let end = description.firstRange(of: "Trace ID:")?.lowerBound ?? description.endIndex
        let text = description[..<end].map { $0.isNewline || $0.asciiValue.map { $0 < 0x20 } == true ? " " : $0 }
        let trimmed = String(text).trimmingSuffix(" ")
        return trimmed.isEmpty ? nil : trimmed
    }

    private var reason: CredentialError.Reason {
        switch name {
        case "invalid_grant", "interaction_required", "login_required", "consent_required", "expired_token",
            "authorization_declined", "access_denied":
            return .interactionRequired
        case "temporarily_unavailable", "server_error": return .unreachable
        default: return status >= 500 || status == 429 ? .unreachable : name == nil ? .unexpectedReply : .refused
        }
    }

    private var advice: String? { number.flatMap { Self.advice[$0] } ?? name.flatMap { Self.adviceByName[$0] } }

    private static let advice: [Int64: String] = [
        7_000_215: "Give the value of the client secret, not its identifier, and check that it is this app's.",
        7_000_222: "The client secret has expired: make a new one in the app registration.",
        7_000_218: "The app is registered as a confidential client: give it a secret or a certificate, or allow public "
            + "client flows in the app registration.",
        700_016: "Check the client ID and the tenant: the app is not registered, or has no consent, in this tenant.",
        700_027: "Upload this certificate to the app registration, and check that it has not expired.",
        700_024: "Check this machine's clock: the assertion is not valid at this time.",
        700_211: "No federated credential of the app has this issuer. Add one in the app registration.",
        700_212: "No federated credential of the app has this audience; it is api://AzureADTokenExchange as a rule.",
        700_213: "No federated credential of the app has this subject. Add one in the app registration.",
        90_002: "Check the tenant: there is none with this identifier or domain in this cloud.",
        900_023: "Check the tenant: it is neither an identifier nor a domain.",
        500_011: "Check the URL of the environment: this tenant has no such service.",
        50_011: "Add this redirect URI to the app registration, under mobile and desktop applications.",
        50_020: "Sign in with a user of this tenant, or invite the user as a guest.",
        50_034: "Check the user's name: this tenant has no such user.",
        50_057: "The user is disabled: ask an administrator.",
        50_076: "A second factor is needed: sign in interactively.",
        50_079: "The user must set up a second factor: sign in interactively.",
        50_105: "Assign the user or the app to a role of the enterprise application.",
        50_126: "The name or the password is wrong.",
        50_158: "A condition of the tenant must be met: sign in interactively.",
        50_173: "The sign-in was revoked: sign in again.",
        50_194: "The app is for one tenant only: name that tenant instead of common or organizations.",
        53_000: "Conditional access asks for a compliant device.",
        53_003: "Conditional access blocks this sign-in: ask an administrator which policy does.",
        65_001: "Consent is missing: let a user or an administrator give it for the permission Dynamics CRM, "
            + "user_impersonation.",
        70_008: "The sign-in has expired: sign in again.",
        70_011: "Check the URL of the environment: its scope is not valid.",
        70_043: "The sign-in has expired: sign in again.",
        700_082: "The sign-in has expired because it was not used: sign in again.",
        700_084: "The sign-in has expired: sign in again.",
        70_020: "The time for the sign-in was up: begin again.",
    ]

    private static let adviceByName: [String: String] = [
        "invalid_client": "Check the client ID, and the secret or certificate.",
        "unauthorized_client": "Allow this kind of sign-in in the app registration.",
        "invalid_scope": "Check the URL of the environment.",
        "invalid_grant": "Sign in again.",
        "interaction_required": "Sign in interactively.",
        "authorization_declined": "The person declined. Begin again.",
        "access_denied": "The person or the tenant declined. Begin again, or ask an administrator.",
        "expired_token": "The time for the sign-in was up: begin again.",
    ]
}

extension CredentialError {
    /// The error that the browser brought instead of a code.
    package static func signIn(named name: String?, description: String?, from source: String) -> CredentialError {
        EntraError(
            name: name ?? "access_denied",
            description: description,
            codes: [],
            correlationID: nil,
            traceID: nil,
            status: 200
        ).credentialError(from: source, without: [])
    }
}

extension String {
    /// The text without these characters at its end.
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(reversed().drop { $0 == character }.reversed())
    }
}
