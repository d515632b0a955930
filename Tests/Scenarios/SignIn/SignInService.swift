import DataverseCredentials
import DataverseEmulator
import Foundation
import HTTPTypes
import SwiftASN1
import Testing
import X509
import _CryptoExtras

@testable import Dataverse

/// An emulator with a sign-in service, and what credentials need to use it.
struct SignInService: Sendable {
    static let tenant = "contoso.example"
    static let secret = "emulated-client-secret"
    static let federatedToken = "emulated.federated.token"

    let url: URL
    let signIn: SignIn
    let faults: FaultInjector

    /// Runs a body against an emulator that takes only the tokens of its own sign-in service.
    static func run(_ body: @Sendable (SignInService) async throws -> Void) async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var configuration = try EmulatorConfiguration(
            metadataFile: root.appending(path: "Examples/Contoso/metadata.xml").path
        )
        let signIn = SignIn(tenants: tenant, "fabrikam.example")
        signIn.register(SignIn.Client(id: "secret-app", secrets: [secret]))
        signIn.register(SignIn.Client(id: "certificate-app", certificates: [try TestCertificate.shared.get().pem]))
        signIn.register(SignIn.Client(id: "federated-app", federatedTokens: [federatedToken]))
        signIn.register(SignIn.Client(id: "public-app", isPublic: true))
        signIn.registerIdentity("user-assigned")
        configuration.signIn = signIn
        let faults = configuration.faults
        try await withEmulator(configuration) { try await body(SignInService(url: $0, signIn: signIn, faults: faults)) }
    }

    /// Options of credentials that sign in here, on a machine with these variables and files.
    func options(
        transport: any BlockingTransport & AsyncTransport = URLSessionTransport(),
        variables: [String: String] = [:],
        files: [String: String] = [:],
        retry: RetryPolicy = RetryPolicy(baseDelay: .milliseconds(5))
    ) throws -> CredentialOptions {
        var options = CredentialOptions(
            authority: try AuthorityHost(url: url.absoluteString),
            transport: transport
        )
        options.retry = retry
        // Tests share the machine with others.
        options.probeTimeout = .seconds(30)
        options.system.variable = { variables[$0] }
        options.system.readFile = { path in
            guard let text = files[path] else { throw CocoaError(.fileNoSuchFile) }
            return Array(text.utf8)
        }
        return options
    }

    /// A token of this environment.
    var request: TokenRequest { TokenRequest(scope: "\(url.absoluteString)/.default") }

    /// Follows the redirect of the sign-in page, as a browser does in which the person is signed in already.
    static func browse(_ url: String) throws {
        let redirect = try URLSessionTransport().perform(HTTPExchange(method: .get, url: url))
        let location = try #require(redirect.headers[.location])
        Thread.detachNewThread {
            // Another program of the machine knocks first, without the secret of the sign-in.
            let port = location.prefix { $0 != "?" }
            for stray in ["\(port)favicon.ico", "\(port)?code=stolen&state=guess", "\(port)?error=x"] {
                let answer = try? URLSessionTransport().perform(HTTPExchange(method: .get, url: stray))
                #expect(answer?.status == .notFound)
            }
            let page = try? URLSessionTransport().perform(HTTPExchange(method: .get, url: location))
            #expect(page.map { String(decoding: $0.body, as: UTF8.self) }?.contains("You are signed in") == true)
        }
    }
}

/// A certificate with its key, made once.
struct TestCertificate: Sendable {
    let pem: String
    let pkcs1: String
    let pkcs8: String

    static let shared = Result { try TestCertificate() }

    init() throws {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let signing = Certificate.PrivateKey(key)
        let name = try DistinguishedName { CommonName("swift-dataverse tests") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: signing.publicKey,
            notValidBefore: Date() - 3600,
            notValidAfter: Date() + 86_400,
            issuer: name,
            subject: name,
            signatureAlgorithm: .sha256WithRSAEncryption,
            extensions: Certificate.Extensions(),
            issuerPrivateKey: signing
        )
        pem = try certificate.serializeAsPEM().pemString
        pkcs1 = key.pemRepresentation
        pkcs8 = key.pkcs8PEMRepresentation
    }
}
