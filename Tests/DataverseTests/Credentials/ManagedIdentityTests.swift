import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Managed identities")
struct ManagedIdentityTests {
    private var script = CredentialScript()
    private static let granted =
        #"{"access_token":"T1","expires_on":"1700003600","resource":"r","token_type":"Bearer"}"#
    private static let service =
        "GET http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
        + "&resource=https%3A%2F%2Fcontoso.crm.dynamics.com"
    private let refused = TransportError(.cannotConnect, message: "no route.", mayHaveBeenProcessed: false)

    private func operation(
        _ identity: ManagedIdentityCredential.Identity = .system,
        probes: Bool = false,
        _ variables: [String: String] = [:],
        request: TokenRequest = .contoso
    ) -> CredentialOperation<TokenGrant> {
        ManagedIdentityFlow(identity: identity, probes: probes, options: .scripted(variables: variables))
            .acquire(request)
    }

    @Test("a virtual machine asks its metadata service, with the header that shows that it means to")
    mutating func metadataService() throws {
        let grant = try script.run(operation(), .reply(200, Self.granted)).get()
        #expect(grant.lifetime == .seconds(3600))
        #expect(script.effects == [Self.service])
        #expect(script.exchanges[0].headers[.metadata] == "true")
    }

    @Test(
        "user-assigned identities are named as each endpoint wants it",
        arguments: [
            (ManagedIdentityCredential.Identity.clientID("a b"), "&client_id=a%20b", "&client_id=a%20b"),
            (.objectID("o"), "&object_id=o", "&principal_id=o"),
            (.resourceID("/s/r"), "&msi_res_id=%2Fs%2Fr", "&mi_res_id=%2Fs%2Fr"),
        ]
    )
    mutating func identities(identity: ManagedIdentityCredential.Identity, machine: String, app: String) throws {
        _ = try script.run(operation(identity), .reply(200, Self.granted)).get()
        #expect(script.effects[0] == Self.service + machine)
        let variables = ["IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi/token", "IDENTITY_HEADER": "S"]
        _ = try script.run(operation(identity, variables), .reply(200, Self.granted)).get()
        let resource = "&resource=https%3A%2F%2Fcontoso.crm.dynamics.com"
        #expect(script.effects[1] == "GET http://127.0.0.1:41/msi/token?api-version=2019-08-01\(resource)\(app)")
        #expect(script.exchanges[1].headers[.identityHeader] == "S")
        #expect(script.exchanges[1].headers[.metadata] == nil)
    }

    @Test("an identity that is not ready, an update and a busy service are waited for")
    mutating func patience() throws {
        _ = try script.run(
            operation(),
            .reply(404),
            .wake,
            .reply(429),
            .wake,
            .reply(500),
            .wake,
            .reply(200, Self.granted)
        ).get()
        #expect(
            script.effects.filter { $0.hasPrefix("sleep") } == [
                "sleep 0.8 seconds", "sleep 1.6 seconds", "sleep 3.2 seconds",
            ]
        )
        let gone = (0..<5).flatMap { _ in [CredentialScript.Step.reply(410), .wake] }
        _ = try script.run(operation(), steps: gone + [.reply(200, Self.granted)]).get()
        let waits = script.effects.compactMap { $0.hasPrefix("sleep ") ? Double($0.split(separator: " ")[1]) : nil }
        #expect(waits.suffix(5).reduce(0, +) >= 70)
    }

    @Test("outside of Azure the credential cannot be used, which a probe finds out at once")
    mutating func elsewhere() throws {
        let error = try script.run(operation(probes: true), .broken(refused)).failure
        #expect(error?.reason == .unavailable)
        #expect(script.exchanges[0].timeout == .seconds(1))
        #expect(script.exchanges[0].headers[.metadata] == nil)
        let steps = (0..<5).flatMap { _ in [CredentialScript.Step.broken(refused), .wake] } + [.broken(refused)]
        #expect(try script.run(operation(), steps: steps).failure?.reason == .unavailable)
        _ = try script.run(operation(probes: true), .reply(400), .reply(200, Self.granted)).get()
    }

    @Test("an identity that does not exist here, and endpoints of other kinds, say so")
    mutating func unusable() throws {
        let body = #"{"error":"invalid_request","error_description":"Identity not found"}"#
        let error = try script.run(operation(.clientID("x")), .reply(400, body)).failure
        #expect(error?.reason == .unavailable)
        #expect(error?.message.contains("Identity not found. Check that the identity is assigned") == true)
        for extra in [[:], ["IDENTITY_HEADER": "S", "IDENTITY_SERVER_THUMBPRINT": "1"]] {
            let variables = ["IDENTITY_ENDPOINT": "http://localhost:40342"].merging(extra) { $1 }
            #expect(try script.run(operation(.system, variables)).failure?.reason == .unavailable)
        }
        let other = TokenRequest(scope: TokenRequest.contoso.scope, tenant: "other")
        #expect(try script.run(operation(request: other)).failure?.message.contains("own tenant") == true)
    }
}
