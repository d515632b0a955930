/// Reads what token endpoints answer with.
///
/// Sources: RFC 6749, sections 5.1 and 5.2; Microsoft identity platform, "Authentication and authorization error codes";
/// managed identities, "Get a token using HTTP". Numbers come as numbers from some endpoints and as texts from others.
struct TokenReply: Sendable {
    private let reply: HTTPReply
    private let object: Record?
    /// What must not show in errors.
    private let secrets: [Secret]

    /// The largest reply that is read.
    static let maximumSize = 1 << 20

    init(_ reply: HTTPReply, secrets: [Secret]) {
        self.reply = reply
        self.secrets = secrets
        object =
            reply.body.count <= Self.maximumSize ? (try? JSONReader.value(from: reply.body))?.objectValue : nil
    }

    var isSuccess: Bool { reply.status.code == 200 }

    /// The identity provider's name for the error, such as `authorization_pending`.
    var errorName: String? { text("error") }

    func text(_ name: String) -> String? { object?[name]?.stringValue }

    func number(_ name: String) -> Int64? {
        switch object?[name] {
        case .integer(let number)?: number
        case .string(let text)?: Int64(text)
        default: nil
        }
    }

    /// The token of a successful reply.
    ///
    /// - Parameters:
    ///   - source: who answered, for errors.
    ///   - date: the time now, for ends that are given as dates.
    func grant(from source: String, date: Date) throws(CredentialError) -> TokenGrant {
        guard let token = text("access_token"), Self.isToken(token) else {
            throw unexpected(
                "\(source) answered with status \(reply.status.code), but without an access token. Check the URL: "
                    + "something else may have answered in its place."
            )
        }
        if let kind = text("token_type"), kind.lowercased() != "bearer" {
            throw unexpected("\(source) gave a token of type \(kind); Bearer is needed.")
        }
        return TokenGrant(
            token: Secret(token),
            lifetime: lifetime(at: date),
            refreshIn: number("refresh_in").map { .seconds(clamped($0)) },
            refreshToken: text("refresh_token").map(Secret.init)
        )
    }

    /// The error of a reply that is not what it should be.
    func unexpected(_ message: String) -> CredentialError {
        var error = CredentialError(message, reason: .unexpectedReply)
        error.traceID = traceID
        return error
    }

    /// The identity provider's name for the exchange; replies without a JSON body name it in their headers.
    private var traceID: String? { text("trace_id") ?? reply.headers.serviceRequestIdentifier }

    private func lifetime(at date: Date) -> Duration {
        if let seconds = number("expires_in") { return .seconds(clamped(seconds)) }
        if let moment = number("expires_on") {
            return .seconds(clamped(moment - Int64(date.timeIntervalSince1970)))
        }
        return .seconds(300)
    }

    /// No identity provider means more than some days; absurd numbers must not overflow anything.
    private func clamped(_ seconds: Int64) -> Int64 { min(max(seconds, 0), 30 * 86_400) }

    /// A header must be able to carry it.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// The error of a reply that is not a success.
    ///
    /// - Parameter source: who answered.
    func error(from source: String) -> CredentialError {
        EntraError(
            name: errorName,
            description: text("error_description") ?? text("message"),
            codes: object?["error_codes"]?.arrayValue?.compactMap(\.integerValue) ?? [],
            correlationID: text("correlation_id"),
            traceID: traceID,
            status: reply.status.code
        ).credentialError(from: source, without: secrets)
    }
}
