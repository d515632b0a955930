/// The tokens of one credential, and who is fetching new ones: decisions only, no waiting and no clock.
struct TokenCache {
    /// What to do about a request for a token.
    enum Decision {
        /// The cached token is good.
        case use(AccessToken)
        /// The caller acquires a token for all who wait at the flight. In the meantime the old token, if there is one,
        /// is good for the others, and for this caller if it gets none.
        case acquire(TokenQuery, TokenFlight, old: AccessToken?)
        /// Another caller is acquiring the token.
        case wait(TokenFlight)
    }

    private struct Key: Hashable {
        let scope: String
        let tenant: String?

        init(_ request: TokenRequest) {
            scope = request.scope
            tenant = request.tenant
        }
    }

    private struct FlightKey: Hashable {
        let key: Key
        let claims: String?
    }

    private struct Entry {
        let token: AccessToken
        let claims: String?
        var renewsAt: ContinuousClock.Instant
        let expiresAt: ContinuousClock.Instant
    }

    /// How long a failed early renewal is not tried again.
    static let pauseAfterFailure: Duration = .seconds(30)

    private var entries: [Key: Entry] = [:]
    private var flights: [FlightKey: TokenFlight] = [:]
    private var refreshTokens: [String?: Secret] = [:]

    /// Decides about a request.
    mutating func decide(_ request: TokenRequest, now: ContinuousClock.Instant) -> Decision {
        let key = Key(request)
        let flightKey = FlightKey(key: key, claims: request.claims)
        let good = entries[key].flatMap { isGood($0, for: request, now: now) ? $0 : nil }
        if let good, now < good.renewsAt { return .use(good.token) }
        if let flight = flights[flightKey] { return good.map { .use($0.token) } ?? .wait(flight) }
        let flight = TokenFlight()
        flights[flightKey] = flight
        let query = TokenQuery(request, refreshToken: refreshTokens[request.tenant], isEarly: good != nil)
        return .acquire(query, flight, old: good?.token)
    }

    private func isGood(_ entry: Entry, for request: TokenRequest, now: ContinuousClock.Instant) -> Bool {
        guard now < entry.expiresAt, entry.token != request.rejected else { return false }
        return request.claims == nil || entry.claims == request.claims
    }

    /// Keeps what was granted.
    mutating func land(_ request: TokenRequest, _ token: AccessToken, _ grant: TokenGrant, now: ContinuousClock.Instant)
    {
        let key = Key(request)
        flights[FlightKey(key: key, claims: request.claims)] = nil
        // The last tenth of a short life is not used: a request takes its time too.
        entries[key] = Entry(
            token: token,
            claims: request.claims,
            renewsAt: now + grant.renewal,
            expiresAt: now + grant.lifetime - min(.seconds(60), grant.lifetime / 10)
        )
        if let refreshToken = grant.refreshToken { refreshTokens[request.tenant] = refreshToken }
    }

    /// Forgets a flight that brought nothing.
    mutating func fail(_ request: TokenRequest, now: ContinuousClock.Instant) {
        let key = Key(request)
        flights[FlightKey(key: key, claims: request.claims)] = nil
        guard var entry = entries[key] else { return }
        if entry.token == request.rejected || now >= entry.expiresAt {
            entries[key] = nil
        } else if now >= entry.renewsAt {
            entry.renewsAt = now + Self.pauseAfterFailure
            entries[key] = entry
        }
    }
}
