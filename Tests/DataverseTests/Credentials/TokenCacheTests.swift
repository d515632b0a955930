import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("The cache of tokens")
struct TokenCacheTests {
    private var cache = TokenCache()
    private let start = ContinuousClock.now

    private mutating func fill(_ token: String, _ request: TokenRequest = .contoso, lifetime: Duration = .seconds(3600))
    {
        _ = cache.decide(request, now: start)
        cache.land(
            request,
            AccessToken(token),
            TokenGrant(token: Secret(token), lifetime: lifetime, refreshToken: Secret("R-\(token)")),
            now: start
        )
    }

    private mutating func decision(_ request: TokenRequest = .contoso, after time: Duration) -> String {
        switch cache.decide(request, now: start + time) {
        case .use(let token): "use \(token.secret)"
        case .acquire(let query, _, let old):
            "acquire \(query.refreshToken?.text ?? "-") \(old?.secret ?? "-")"
        case .wait: "wait"
        }
    }

    @Test("one caller acquires, the others wait")
    mutating func single() {
        #expect(decision(after: .zero) == "acquire - -")
        #expect(decision(after: .zero) == "wait")
        #expect(decision(TokenRequest(scope: "other"), after: .zero) == "acquire - -")
        #expect(decision(TokenRequest(scope: TokenRequest.contoso.scope, tenant: "t"), after: .zero) == "acquire - -")
    }

    @Test("a token is renewed five minutes early by one caller, while the others use it")
    mutating func early() {
        fill("T1")
        #expect(decision(after: .seconds(3299)) == "use T1")
        #expect(decision(after: .seconds(3301)) == "acquire R-T1 T1")
        #expect(decision(after: .seconds(3302)) == "use T1")
        #expect(decision(after: .seconds(3600)) == "wait")
    }

    @Test("an early renewal that failed is tried again later, and not by everybody")
    mutating func failedRenewal() {
        fill("T1")
        #expect(decision(after: .seconds(3301)) == "acquire R-T1 T1")
        cache.fail(.contoso, now: start + .seconds(3301))
        #expect(decision(after: .seconds(3302)) == "use T1")
        #expect(decision(after: .seconds(3332)) == "acquire R-T1 T1")
    }

    @Test("a refused token is not given again; a newer one is")
    mutating func rejected() {
        fill("T1")
        let refused = TokenRequest(scope: TokenRequest.contoso.scope, rejected: AccessToken("T1"))
        #expect(decision(refused, after: .seconds(1)) == "acquire R-T1 -")
        #expect(decision(refused, after: .seconds(1)) == "wait")
        fill("T2")
        #expect(decision(refused, after: .seconds(1)) == "use T2")
    }

    @Test("claims need a token that was asked for with them")
    mutating func claims() {
        fill("T1")
        let challenged = TokenRequest(scope: TokenRequest.contoso.scope, rejected: AccessToken("T1"), claims: "{}")
        #expect(decision(challenged, after: .zero) == "acquire R-T1 -")
        fill("T2", challenged)
        #expect(decision(challenged, after: .zero) == "use T2")
        #expect(decision(after: .zero) == "use T2")
    }

    @Test("tokens of a day are renewed at noon, and those of seconds still serve for some")
    func renewal() {
        func renewal(_ lifetime: Duration, _ refreshIn: Duration? = nil) -> Duration {
            TokenGrant(token: Secret(""), lifetime: lifetime, refreshIn: refreshIn).renewal
        }
        #expect(renewal(.seconds(86_400)) == .seconds(43_200))
        #expect(renewal(.seconds(3600)) == .seconds(3300))
        #expect(renewal(.seconds(10)) == .seconds(5))
        #expect(renewal(.seconds(3600), .seconds(60)) == .seconds(60))
        #expect(renewal(.seconds(3600), .seconds(4000)) == .seconds(3300))
    }
}
