import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

@Suite("Chains and closures")
struct ChainTests {
    /// Says what it was made to say, and counts how often it was asked.
    private final class Member: TokenCredential, AsyncTokenCredential {
        private let result: Result<AccessToken, CredentialError>
        private let count = Mutex(0)
        var asked: Int { count.withLock { $0 } }

        init(_ reason: CredentialError.Reason) { result = .failure(CredentialError("Not \(reason).", reason: reason)) }
        init(_ token: String) { result = .success(AccessToken(token)) }

        func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
            count.withLock { $0 += 1 }
            return try result.get()
        }
    }

    @Test("the first credential that can be used is used from then on, by both clients")
    func order() async throws {
        let (first, second, third) = (Member(.unavailable), Member("T2"), Member("T3"))
        let chain = ChainedCredential(first, second, third)
        #expect(try chain.token(for: .contoso).secret == "T2")
        #expect(try await chain.token(for: .contoso).secret == "T2")
        #expect([first.asked, second.asked, third.asked] == [1, 2, 0])
    }

    @Test("a credential that is refused ends the search")
    func refused() async throws {
        for reason in [CredentialError.Reason.refused, .interactionRequired, .unreachable, .cancelled] {
            let last = Member("T")
            let chain = ChainedCredential(Member(.unavailable), Member(reason), last)
            #expect { try chain.token(for: .contoso) } throws: { ($0 as? CredentialError)?.reason == reason }
            await #expect { try await chain.token(for: .contoso) } throws: {
                ($0 as? CredentialError)?.reason == reason
            }
            #expect(last.asked == 0)
        }
    }

    @Test("if none can be used, the error says why of each")
    func none() {
        let chain = ChainedCredential(Member(.unavailable), ManagedIdentityCredential(options: .scripted()))
        #expect { try chain.token(for: TokenRequest(scope: "s", tenant: "t")) } throws: { error in
            let text = "\(error)"
            return text.contains("Member: Not unavailable.") && text.contains("ManagedIdentityCredential: A managed")
        }
        #expect(throws: CredentialError.self) { try ChainedCredential().token(for: .contoso) }
    }

    @Test("a closure gets the request; what else it throws is not repeated")
    func closures() async throws {
        struct Leak: Error, CustomStringConvertible { let description = "hunter2" }
        let good = ClosureCredential { AccessToken($0.scope) }
        #expect(try good.token(for: .contoso).secret == TokenRequest.contoso.scope)
        #expect(try await good.token(for: .contoso).secret == TokenRequest.contoso.scope)
        let bad = ClosureCredential { _ in throw Leak() }
        #expect { try bad.token(for: .contoso) } throws: { !"\($0)".contains("hunter2") && "\($0)".contains("Leak") }
        let asynchronous = AsyncClosureCredential { AccessToken($0.scope) }
        #expect(try await asynchronous.token(for: .contoso).secret == TokenRequest.contoso.scope)
        for text in ["", "a b", "a\r\nX-Evil: 1", "a\u{0}", "ä"] {
            #expect(throws: CredentialError.self) {
                try ClosureCredential { _ in AccessToken(text) }.token(for: .contoso)
            }
            #expect(throws: CredentialError.self) { try StaticTokenCredential(text).token(for: .contoso) }
            await #expect(throws: CredentialError.self) {
                try await AsyncClosureCredential { _ in AccessToken(text) }.token(for: .contoso)
            }
        }
    }
}
