import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("The token endpoint")
struct TokenEndpointTests {
    private var script = CredentialScript()
    private let lost = TransportError(.connectionLost, message: "gone.", mayHaveBeenProcessed: true)

    private static let url = "POST https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token"
    private static let granted = #"{"token_type":"Bearer","access_token":"T1","expires_in":3600}"#

    private func operation(
        _ request: TokenRequest = .contoso,
        _ change: (inout CredentialOptions) -> Void = { _ in }
    ) throws -> CredentialOperation<TokenGrant> {
        var options = CredentialOptions.scripted()
        change(&options)
        let app = try EntraApp(tenant: "contoso.com", clientID: "app", options: options)
        return ClientAuthentication.secret(Secret("p&w=d ä")).acquire(TokenQuery(request), for: app)
    }

    @Test("a secret is sent as a form, with the scope of the environment")
    mutating func form() throws {
        let grant = try script.run(operation(), .reply(200, Self.granted)).get()
        #expect(grant == TokenGrant(token: Secret("T1"), lifetime: .seconds(3600)))
        #expect(script.effects == [Self.url])
        #expect(script.exchanges[0].headers[.contentType] == "application/x-www-form-urlencoded")
        #expect(
            script.forms == [
                [
                    "grant_type": "client_credentials", "client_id": "app", "client_secret": "p&w=d ä",
                    "scope": "https://contoso.crm.dynamics.com/.default",
                ]
            ]
        )
    }

    @Test("claims that the service asked for are sent")
    mutating func claims() throws {
        let request = TokenRequest(scope: TokenRequest.contoso.scope, claims: #"{"access_token":{}}"#)
        _ = try script.run(operation(request), .reply(200, Self.granted)).get()
        #expect(script.forms[0]["claims"] == #"{"access_token":{}}"#)
    }

    @Test(
        "the cloud is that of the environment, unless the app names another",
        arguments: [
            ("https://contoso.crm.dynamics.com/.default", "https://login.microsoftonline.com/"),
            ("https://contoso.crm9.dynamics.com/.default", "https://login.microsoftonline.com/"),
            ("https://contoso.crm.microsoftdynamics.us/.default", "https://login.microsoftonline.us/"),
            ("https://contoso.crm.appsplatform.us/.default", "https://login.microsoftonline.us/"),
            ("https://contoso.crm.dynamics.cn/.default", "https://login.partner.microsoftonline.cn/"),
            ("https://dynamics.cn.evil.example/.default", "https://login.microsoftonline.com/"),
        ]
    )
    mutating func clouds(scope: String, authority: String) throws {
        _ = try script.run(operation(TokenRequest(scope: scope)), .reply(200, Self.granted)).get()
        #expect(script.exchanges[0].url.hasPrefix(authority))
        let own = try AuthorityHost(url: "https://adfs.contoso.com/")
        _ = try script.run(operation(TokenRequest(scope: scope)) { $0.authority = own }, .reply(200, Self.granted))
            .get()
        #expect(script.exchanges[1].url == "https://adfs.contoso.com/contoso.com/oauth2/v2.0/token")
    }

    @Test(
        "an identity provider has TLS, or is on this machine",
        arguments: ["http://login.example.com", "ftp://x", "login.example.com", "http://localhost.evil.example", ""]
    )
    func authority(url: String) {
        #expect(throws: CredentialError.self) { try AuthorityHost(url: url) }
        #expect(throws: Never.self) { try AuthorityHost(url: "http://127.0.0.1:8080") }
    }

    @Test(
        "a tenant that could change the URL is refused",
        arguments: ["", "a/b", "..", "a?b", "a#b", "a b", "a\r\nHost: b", "a%2fb", "ä"]
    )
    func tenant(name: String) {
        #expect(throws: CredentialError.self) { try ClientSecretCredential(tenant: name, clientID: "a", secret: "b") }
    }

    @Test("other tenants are refused unless the app allowed them")
    mutating func tenants() throws {
        let request = TokenRequest(scope: TokenRequest.contoso.scope, tenant: "fabrikam.com")
        let refused = try script.run(operation(request)).failure
        #expect(refused?.message.contains("additionalTenants") == true)
        for allowed in ["*", "Fabrikam.com"] {
            _ = try script.run(operation(request) { $0.additionalTenants = [allowed] }, .reply(200, Self.granted)).get()
        }
        #expect(script.exchanges.allSatisfy { $0.url.contains("/fabrikam.com/oauth2/") })
        let own = TokenRequest(scope: TokenRequest.contoso.scope, tenant: "CONTOSO.com")
        _ = try script.run(operation(own), .reply(200, Self.granted)).get()
    }

    @Test("errors say what to do next, and name what support asks for")
    mutating func errors() throws {
        let body = """
            {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: t-1\\r\\n\
            Correlation ID: c-1\\r\\nTimestamp: now","error_codes":[7000215],"trace_id":"t-1","correlation_id":"c-1"}
            """
        let error = try #require(try script.run(operation(), .reply(401, body)).failure)
        #expect(error.code == "AADSTS7000215")
        #expect(error.correlationID == "c-1")
        #expect(error.traceID == "t-1")
        #expect(error.reason == .refused)
        #expect(error.message.hasSuffix("of the client secret, not its identifier, and check that it is this app's."))
        #expect(!error.message.contains("Trace ID"))
        #expect(error.description.contains("correlation c-1"))
    }

    @Test("an identity provider that repeats a secret does not get it into an error")
    mutating func echo() throws {
        let body = #"{"error":"invalid_client","error_description":"p&w=d ä is wrong"}"#
        let error = try #require(try script.run(operation(), .reply(400, body)).failure)
        #expect(error.message.contains("redacted is wrong"))
        #expect(!"\(error)".contains("p&w=d"))
    }

    @Test("a service that is busy is asked again, as it wishes and not for ever")
    mutating func repetition() throws {
        let grant = try script.run(
            operation(),
            .reply(429, headers: [.retryAfter: "7"]),
            .wake,
            .broken(lost),
            .wake,
            .reply(200, Self.granted)
        ).get()
        #expect(grant.token == Secret("T1"))
        #expect(script.effects == [Self.url, "sleep 7.0 seconds", Self.url, "sleep 1.6 seconds", Self.url])
        let steps: [CredentialScript.Step] = [.broken(lost), .wake, .broken(lost), .wake, .broken(lost)]
        let error = try script.run(operation(), steps: steps).failure
        #expect(error?.reason == .unreachable)
        #expect(error?.message.contains("login.microsoftonline.com") == true)
    }

    @Test(
        "what is no grant is an error",
        arguments: [
            "", "<html>proxy</html>", "[]", "{}", #"{"access_token":""}"#, #"{"access_token":"a\r\nX: b"}"#,
            #"{"access_token":1}"#, #"{"access_token":"a","token_type":"mac"}"#,
        ]
    )
    mutating func nonsense(body: String) throws {
        let error = try script.run(operation(), .reply(200, body)).failure
        #expect(error?.reason == .unexpectedReply)
    }

    @Test("lifetimes come as numbers, texts and dates, and absurd ones do no harm")
    mutating func lifetimes() throws {
        let lifetimes: [(String, Duration)] = [
            (#""expires_in":"60""#, .seconds(60)), (#""expires_on":"1700000090""#, .seconds(90)),
            (#""expires_on":1700000091"#, .seconds(91)), (#""expires_in":-5"#, .zero),
            (#""expires_in":9223372036854775807"#, .seconds(30 * 86_400)), (#""x":1"#, .seconds(300)),
        ]
        for (member, lifetime) in lifetimes {
            let grant = try script.run(operation(), .reply(200, #"{"access_token":"T",\#(member)}"#)).get()
            #expect(grant.lifetime == lifetime)
        }
    }

    @Test("a federated token is read anew for each token")
    mutating func workload() throws {
        let variables = ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_FEDERATED_TOKEN_FILE": "/token"]
        let transport = ListTransport([HTTPReply(status: .ok, body: Array(Self.granted.utf8))])
        let credential = WorkloadIdentityCredential(
            options: .scripted(variables: variables, files: ["/token": "jwt\n"], transport: transport)
        )
        #expect(try credential.token(for: .contoso).secret == "T1")
        let body = String(decoding: transport.exchanges[0].body?.inMemory ?? [], as: UTF8.self)
        #expect(body.contains("client_assertion=jwt&"))
        #expect(body.contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"))
        for missing in variables.keys {
            var fewer = variables
            fewer[missing] = nil
            let options = CredentialOptions.scripted(variables: fewer, files: ["/token": "jwt"])
            #expect { try WorkloadIdentityCredential(options: options).token(for: .contoso) } throws: { error in
                (error as? CredentialError)?.reason == .unavailable && "\(error)".contains(missing)
            }
        }
    }
}
