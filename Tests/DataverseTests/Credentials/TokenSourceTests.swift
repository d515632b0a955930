import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Grants tokens `T1`, `T2`, … after a time or when it is told to, and counts.
private final class SlowAuthority: BlockingTransport, AsyncTransport {
    private let count = Mutex(0)
    private let isHeld: Mutex<Bool>
    private let isAsked = Mutex(false)
    private let fails: Bool

    /// - Parameter isHeld: grants nothing until ``release()`` is called.
    init(isHeld: Bool = false, fails: Bool = false) {
        self.isHeld = Mutex(isHeld)
        self.fails = fails
    }

    func release() { isHeld.withLock { $0 = false } }

    func waitUntilAsked() async throws {
        while !isAsked.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
    }

    var exchanges: Int { count.withLock { $0 } }

    private func answer() -> HTTPReply {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if fails { return HTTPReply(status: .badRequest, body: Array(#"{"error":"invalid_client"}"#.utf8)) }
        return HTTPReply(status: .ok, body: Array(#"{"access_token":"T\#(number)","expires_in":3600}"#.utf8))
    }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        Thread.sleep(forTimeInterval: 0.1)
        return answer()
    }

    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        isAsked.withLock { $0 = true }
        do {
            try await Task.sleep(for: .milliseconds(100))
            while isHeld.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
        } catch {
            throw TransportError(.cancelled, message: "", mayHaveBeenProcessed: true)
        }
        return answer()
    }
}

@Suite("Many callers, one refresh", .timeLimit(.minutes(5)))
struct TokenSourceTests {
    private func credential(_ authority: SlowAuthority) throws -> ClientSecretCredential {
        try ClientSecretCredential(
            tenant: "t",
            clientID: "c",
            secret: "secret",
            options: .scripted(transport: authority)
        )
    }

    @Test("threads and tasks that ask together get the token of one exchange")
    func together() async throws {
        let authority = SlowAuthority()
        let credential = try credential(authority)
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<60 {
                group.addTask {
                    if number.isMultiple(of: 2) { return try await credential.token(for: .contoso).secret }
                    return try await AsyncCredentialDriver.onThread { _ in
                        Result { try credential.token(for: .contoso).secret }
                    }.get()
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["T1"])
        #expect(authority.exchanges == 1)
    }

    @Test("all who hold a refused token get one new token")
    func refused() async throws {
        let authority = SlowAuthority()
        let credential = try credential(authority)
        let old = try await credential.token(for: .contoso)
        let request = TokenRequest(scope: TokenRequest.contoso.scope, rejected: old)
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<40 { group.addTask { try await credential.token(for: request).secret } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["T2"])
        #expect(authority.exchanges == 2)
    }

    @Test("a failure is everybody's, and the next caller tries again")
    func failure() async throws {
        let authority = SlowAuthority(fails: true)
        let credential = try credential(authority)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { (try? await credential.token(for: .contoso)) == nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 20)
        #expect(authority.exchanges == 1)
        _ = try? await credential.token(for: .contoso)
        #expect(authority.exchanges == 2)
    }

    @Test("whoever waits for a caller that is cancelled gets a token all the same")
    func abandoned() async throws {
        let authority = SlowAuthority(isHeld: true)
        let credential = try credential(authority)
        let first = Task { try await credential.token(for: .contoso) }
        try await authority.waitUntilAsked()
        let second = Task { try await credential.token(for: .contoso) }
        let third = Task { try await credential.token(for: .contoso) }
        try await Task.sleep(for: .milliseconds(50))
        first.cancel()
        third.cancel()
        await #expect(throws: CredentialError.self) { try await first.value }
        await #expect(throws: CredentialError.self) { try await third.value }
        authority.release()
        #expect(try await second.value.secret == "T1")
    }

    @Test("a renewal that fails leaves the old token, which is still good")
    func failedRenewal() throws {
        let clock = ManualClock()
        let granted = HTTPReply(status: .ok, body: Array(#"{"access_token":"T1","expires_in":3600}"#.utf8))
        let refused = HTTPReply(status: .badRequest, body: Array(#"{"error":"invalid_client"}"#.utf8))
        let transport = ListTransport([granted, refused])
        let options = CredentialOptions.scripted(clock: clock, transport: transport)
        let credential = try ClientSecretCredential(tenant: "t", clientID: "c", secret: "secret", options: options)
        #expect(try credential.token(for: .contoso).secret == "T1")
        clock.advance(by: .seconds(3400))
        #expect(try credential.token(for: .contoso).secret == "T1")
        #expect(transport.exchanges.count == 2)
        #expect(try credential.token(for: .contoso).expiresAt == Date(timeIntervalSince1970: 1_700_003_600))
        clock.advance(by: .seconds(200))
        #expect(throws: CredentialError.self) { try credential.token(for: .contoso) }
    }
}
