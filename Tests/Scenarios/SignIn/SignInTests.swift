import ContosoBindings
import DataverseCredentials
import DataverseEmulator
import Foundation
import HTTPTypes
import Testing

@testable import Dataverse

@Suite("Signing in over HTTP", .timeLimit(.minutes(5)))
struct SignInTests {
    @Test(
        "every credential gets a token with which both clients write and read a row",
        arguments: CredentialKind.allCases
    )
    func everyCredential(kind: CredentialKind) async throws {
        try await SignInService.run { service in
            for client in ClientKind.allCases {
                service.signIn.expectDeviceCode(.approved, pendingPolls: 1)
                let credential = try await kind.make(service)
                let accounts = try client.client(service.url, credential: credential).rows(of: Account.self)
                let id = try await accounts.create(Account { $0.name = "Contoso" })
                #expect(try await accounts.retrieve(id)?.name == "Contoso")
            }
            #expect(service.signIn.issues.count == ClientKind.allCases.count, "one token for each credential")
            #expect(Set(service.signIn.issues.map(\.audience)) == [service.url.absoluteString])
        }
    }

    @Test("a token that has ended is replaced; what a person began goes on without the person")
    func expiry() async throws {
        try await SignInService.run { service in
            for (kind, grants) in [
                (CredentialKind.secret, ["client_credentials", "client_credentials"]),
                (.deviceCode, ["device_code", "refresh_token"]), (.browser, ["authorization_code", "refresh_token"]),
            ] {
                service.signIn.expectDeviceCode(.approved, pendingPolls: 0)
                let before = service.signIn.issues.count
                let client = try await ClientKind.asyncAsyncHTTPClient.client(
                    service.url,
                    credential: kind.make(service)
                )
                _ = try await client.rows(of: Account.self).count(RowQuery())
                service.signIn.expireTokens()
                _ = try await client.rows(of: Account.self).count(RowQuery())
                #expect(service.signIn.issues.dropFirst(before).map(\.grant) == grants)
            }
        }
    }

    @Test("a token expires between two pages, and no row is lost", arguments: ClientKind.allCases)
    func paging(kind: ClientKind) async throws {
        try await SignInService.run { service in
            let client = try await kind.client(service.url, credential: CredentialKind.secret.make(service))
            let accounts = client.rows(of: Account.self)
            for number in 1...5 { _ = try await accounts.create(Account { $0.name = "\(number)" }) }
            service.faults.add(Fault(.tokenRejected, pathContains: "skiptoken"))
            service.faults.add(Fault(.tokenRejected, pathContains: "skiptoken", skipping: 1))
            #expect(try await accounts.all(RowQuery<Account>().pageSize(2)).count == 5)
            #expect(service.signIn.issues.count == 3)
        }
    }

    @Test("a claims challenge is answered once, with the claims", arguments: ClientKind.allCases)
    func claims(kind: ClientKind) async throws {
        let claims = #"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#
        try await SignInService.run { service in
            let client = try await kind.client(service.url, credential: CredentialKind.secret.make(service))
            _ = try await client.rows(of: Account.self).count(RowQuery())
            service.signIn.requireClaims(claims)
            _ = try await client.rows(of: Account.self).count(RowQuery())
            _ = try await client.rows(of: Account.self).count(RowQuery())
            #expect(service.signIn.issues.map(\.claims) == [nil, claims])
        }
        // A managed identity cannot ask for claims: the service's answer is the caller's to know.
        try await SignInService.run { service in
            service.signIn.requireClaims(claims)
            let client = try await kind.client(service.url, credential: CredentialKind.metadataService.make(service))
            await expectFailure(.unauthorized) { _ = try await client.rows(of: Account.self).count(RowQuery()) }
            #expect(service.signIn.issues.count == 2)
        }
    }

    @Test("many calls at once sign in once", arguments: [ClientKind.asyncURLSession, .asyncAsyncHTTPClient])
    func together(kind: ClientKind) async throws {
        try await SignInService.run { service in
            let client = try await kind.client(service.url, credential: CredentialKind.secret.make(service))
            for round in 1...2 {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<20 { group.addTask { try await client.rows(of: Account.self).count(RowQuery()) } }
                    for try await count in group { #expect(count == 0) }
                }
                #expect(service.signIn.issues.count == round)
                service.signIn.expireTokens()
            }
        }
    }

    @Test("a device code is waited for, and declined or expired ones end the sign-in")
    func deviceCode() async throws {
        try await SignInService.run { service in
            service.signIn.expectDeviceCode(.approved, pendingPolls: 3)
            let credential = try await CredentialKind.deviceCode.make(service)
            _ = try await credential.token(for: service.request)
            for outcome in [SignIn.DeviceOutcome.declined, .expired] {
                service.signIn.expectDeviceCode(outcome, pendingPolls: 1)
                let credential = try await CredentialKind.deviceCode.make(service)
                await #expect { try await credential.token(for: service.request) } throws: {
                    ($0 as? CredentialError)?.reason == .interactionRequired
                }
            }
        }
    }

    @Test("a revoked sign-in brings the person back")
    func revoked() async throws {
        try await SignInService.run { service in
            service.signIn.expectDeviceCode(.approved, pendingPolls: 0)
            let credential = try await CredentialKind.deviceCode.make(service)
            let token = try await credential.token(for: service.request)
            service.signIn.revokeSignIns()
            let request = TokenRequest(scope: service.request.scope, rejected: token)
            #expect(try await credential.token(for: request) != token)
            #expect(service.signIn.issues.map(\.grant) == ["device_code", "device_code"])
        }
    }

    @Test(
        "what the sign-in service refuses says what to do",
        arguments: [ClientKind.blockingURLSession, .asyncAsyncHTTPClient]
    )
    func refusals(kind: ClientKind) async throws {
        try await SignInService.run { service in
            let options = try service.options()
            let other = try TestCertificate()
            let tenant = SignInService.tenant
            let refused: [(any TokenCredential & AsyncTokenCredential, String)] = [
                (
                    try ClientSecretCredential(
                        tenant: tenant,
                        clientID: "secret-app",
                        secret: "x123",
                        options: options
                    ),
                    "AADSTS7000215"
                ),
                (
                    try ClientSecretCredential(tenant: tenant, clientID: "nobody", secret: "x123", options: options),
                    "AADSTS700016"
                ),
                (
                    try ClientSecretCredential(tenant: "no.where", clientID: "a", secret: "x123", options: options),
                    "AADSTS90002"
                ),
                (
                    try ClientCertificateCredential(
                        tenant: tenant,
                        clientID: "certificate-app",
                        pem: other.pem + "\n" + other.pkcs8,
                        options: options
                    ), "AADSTS700027"
                ),
                (
                    try DeviceCodeCredential(tenant: tenant, clientID: "secret-app", options: options) { _ in },
                    "AADSTS7000218"
                ),
            ]
            for (credential, code) in refused {
                let client = try kind.client(service.url, credential: credential)
                let error = await expectFailure(.credential) {
                    _ = try await client.rows(of: Account.self).count(RowQuery())
                }
                #expect(error?.serviceCode == code)
                #expect(error?.message.contains("correlation") == true)
                #expect(error?.message.contains("x123") == false)
            }
            #expect(service.signIn.issues.isEmpty)
        }
    }

    @Test("a busy sign-in service is waited for, and one that breaks off is asked again")
    func faults() async throws {
        try await SignInService.run { service in
            for effect in [Fault.Effect.status(503), .connectionDropped, .truncatedBody(bytes: 10)] {
                service.faults.add(Fault(effect, pathContains: "/oauth2/v2.0/token"))
                let credential = try await CredentialKind.secret.make(service)
                #expect(try await credential.token(for: service.request).secret.isEmpty == false)
            }
        }
    }

    @Test("a key that is encrypted, of another certificate or too small is an error that says so")
    func certificates() throws {
        let (first, second) = (try TestCertificate.shared.get(), try TestCertificate())
        let texts = [
            (first.pem, "no private key"), (first.pkcs8, "no certificate"),
            (first.pem + "\n" + second.pkcs8, "not the key of the certificate"), ("", "no private key"),
            (first.pem + "\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "not an RSA key"),
            (
                first.pem + "\n-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
                "encrypted"
            ),
            (first.pem + "\n-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n", "encrypted"),
            (String(first.pem.dropLast(30)), "not PEM"),
        ]
        for (text, reason) in texts {
            #expect { try ClientCertificateCredential(tenant: "t", clientID: "c", pem: text) } throws: { error in
                "\(error)".contains(reason)
            }
        }
        #expect { try ClientCertificateCredential(tenant: "t", clientID: "c", file: "/no/such.pem") } throws: {
            "\($0)".contains("/no/such.pem")
        }
    }

    @Test("a browser that never comes back, and a task that is cancelled, end the sign-in")
    func noAnswer() async throws {
        try await SignInService.run { service in
            let credential = try InteractiveBrowserCredential(
                tenant: SignInService.tenant,
                clientID: "public-app",
                timeout: .milliseconds(300),
                options: try service.options()
            ) { _ in }
            await #expect { try await credential.token(for: service.request) } throws: {
                ($0 as? CredentialError)?.reason == .interactionRequired
            }
            let patient = try InteractiveBrowserCredential(
                tenant: SignInService.tenant,
                clientID: "public-app",
                options: try service.options()
            ) { _ in }
            let task = Task { try await patient.token(for: service.request) }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            await #expect { try await task.value } throws: { ($0 as? CredentialError)?.reason == .cancelled }
        }
    }
}
