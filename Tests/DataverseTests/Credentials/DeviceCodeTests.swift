import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

@Suite("Signing in with a device code")
struct DeviceCodeTests {
    private var script = CredentialScript()

    private static let code = """
        {"device_code":"D1","user_code":"ABC","verification_uri":"https://microsoft.com/devicelogin","expires_in":20,\
        "interval":5,"message":"Go there."}
        """
    private static let pending = #"{"error":"authorization_pending"}"#
    private static let granted = #"{"access_token":"T1","expires_in":3600,"refresh_token":"R1"}"#
    private let prompts = Prompts()

    private final class Prompts: Sendable {
        private let list = Mutex<[DeviceCodeCredential.Prompt]>([])
        var all: [DeviceCodeCredential.Prompt] { list.withLock { $0 } }
        func add(_ prompt: DeviceCodeCredential.Prompt) { list.withLock { $0.append(prompt) } }
    }

    private func operation(refreshToken: String? = nil, isEarly: Bool = false) throws -> CredentialOperation<TokenGrant>
    {
        let app = try EntraApp(tenant: "organizations", clientID: "app", options: .scripted())
        let query = TokenQuery(.contoso, refreshToken: refreshToken.map(Secret.init), isEarly: isEarly)
        return query.withoutPerson(app) { [prompts] in
            DeviceCodeFlow(app: app, request: .contoso) { prompts.add($0) }.begin()
        }
    }

    @Test("the person is told, and the questions keep their distance")
    mutating func polling() throws {
        let grant = try script.run(
            operation(),
            .reply(200, Self.code),
            .wake,
            .reply(400, Self.pending),
            .wake,
            .reply(400, #"{"error":"slow_down"}"#),
            .wake,
            .reply(200, Self.granted)
        ).get()
        #expect(grant.refreshToken == Secret("R1"))
        #expect(prompts.all.map(\.userCode) == ["ABC"])
        #expect(prompts.all.map(\.message) == ["Go there."])
        #expect(
            script.effects.filter { $0.hasPrefix("sleep") } == [
                "sleep 5.0 seconds", "sleep 5.0 seconds", "sleep 10.0 seconds",
            ]
        )
        #expect(script.forms[0]["scope"] == "\(TokenRequest.contoso.scope) offline_access openid profile")
        #expect(script.forms[1]["device_code"] == "D1")
        #expect(script.forms[1]["grant_type"] == "urn:ietf:params:oauth:grant-type:device_code")
    }

    @Test(
        "declined, expired and unknown codes end the sign-in",
        arguments: ["authorization_declined", "expired_token", "bad_verification_code"]
    )
    mutating func endings(name: String) throws {
        let result = try script.run(
            operation(),
            .reply(200, Self.code),
            .wake,
            .reply(400, #"{"error":"\#(name)","error_description":"AADSTS1: it is so."}"#)
        )
        #expect(result.failure?.message.contains("it is so.") == true)
    }

    @Test("nobody waits longer than the code is valid, whatever the interval")
    mutating func end() throws {
        for (interval, questions) in [(5, 4), (0, 20)] {
            let code = Self.code.replacing(#""interval":5"#, with: #""interval":\#(interval)"#)
            let polls = (0..<questions).flatMap { _ in [CredentialScript.Step.wake, .reply(400, Self.pending)] }
            let error = try script.run(operation(), steps: [.reply(200, code)] + polls).failure
            #expect(error?.reason == .interactionRequired)
        }
    }

    @Test("a server that does not answer is asked half as often")
    mutating func silence() throws {
        let lost = TransportError(.timedOut, message: "", mayHaveBeenProcessed: true)
        _ = try script.run(
            operation(),
            .reply(200, Self.code),
            .wake,
            .broken(lost),
            .wake,
            .broken(lost),
            .wake,
            .broken(lost),
            .wake,
            .reply(200, Self.granted)
        ).get()
        #expect(script.effects.filter { $0.hasPrefix("sleep") }.last == "sleep 10.0 seconds")
    }

    @Test("later tokens come without the person; a revoked sign-in brings the person back")
    mutating func renewal() throws {
        let grant = try script.run(operation(refreshToken: "R0"), .reply(200, Self.granted)).get()
        #expect(grant.token == Secret("T1"))
        #expect(script.forms[0]["refresh_token"] == "R0")
        #expect(prompts.all.isEmpty)
        let revoked = #"{"error":"invalid_grant","error_description":"AADSTS50173: revoked."}"#
        _ = try script.run(
            operation(refreshToken: "R0"),
            .reply(400, revoked),
            .reply(200, Self.code),
            .wake,
            .reply(200, Self.granted)
        ).get()
        #expect(prompts.all.count == 1)
    }

    @Test("nobody is bothered while the old token is good")
    mutating func early() throws {
        let error = try script.run(operation(isEarly: true)).failure
        #expect(error?.reason == .interactionRequired)
        #expect(prompts.all.isEmpty)
    }
}
