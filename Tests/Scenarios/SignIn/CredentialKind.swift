import DataverseCredentials
import Foundation
import Testing

@testable import Dataverse

/// Every credential there is, made for a sign-in service.
enum CredentialKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case secret, certificatePSS, certificatePKCS1, deviceCode, browser, metadataService, userAssigned, appService
    case workload, azureCLI, environmentSecret, environmentCertificate, chain, standard, closure, assertion

    var testDescription: String { rawValue }

    /// The secrets that the credential is made with.
    static func secrets(_ service: SignInService) throws -> [String] {
        [
            SignInService.secret, SignInService.federatedToken, service.signIn.identityHeader,
            try String(TestCertificate.shared.get().pkcs8.split(separator: "\n")[3]),
        ]
    }

    /// - Parameter transport: performs the exchanges with the sign-in service.
    func make(
        _ service: SignInService,
        transport: any BlockingTransport & AsyncTransport = URLSessionTransport()
    ) throws -> any TokenCredential & AsyncTokenCredential {
        let tenant = SignInService.tenant
        let options = try service.options(transport: transport)
        let certificate = try TestCertificate.shared.get()
        let metadata = ["AZURE_POD_IDENTITY_AUTHORITY_HOST": service.url.absoluteString]
        let app = ["AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "secret-app"]
        switch self {
        case .secret:
            return try ClientSecretCredential(
                tenant: tenant,
                clientID: "secret-app",
                secret: SignInService.secret,
                options: options
            )
        case .certificatePSS:
            return try ClientCertificateCredential(
                tenant: tenant,
                clientID: "certificate-app",
                pem: certificate.pem + "\n" + certificate.pkcs8,
                options: options
            )
        case .certificatePKCS1:
            return try ClientCertificateCredential(
                tenant: tenant,
                clientID: "certificate-app",
                pem: certificate.pkcs1 + "\n" + certificate.pem,
                algorithm: .rs256,
                sendsChain: true,
                options: options
            )
        case .deviceCode:
            return try DeviceCodeCredential(tenant: tenant, clientID: "public-app", options: options) { _ in }
        case .browser:
            return try InteractiveBrowserCredential(
                tenant: tenant,
                clientID: "public-app",
                timeout: .seconds(20),
                options: options,
                open: SignInService.browse
            )
        case .metadataService:
            return ManagedIdentityCredential(options: try service.options(transport: transport, variables: metadata))
        case .userAssigned:
            return ManagedIdentityCredential(
                .clientID("user-assigned"),
                options: try service.options(transport: transport, variables: metadata)
            )
        case .appService:
            return ManagedIdentityCredential(
                options: try service.options(
                    transport: transport,
                    variables: [
                        "IDENTITY_ENDPOINT": service.url.absoluteString + "/msi/token",
                        "IDENTITY_HEADER": service.signIn.identityHeader,
                    ]
                )
            )
        case .workload:
            return WorkloadIdentityCredential(
                options: try service.options(
                    transport: transport,
                    variables: [
                        "AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "federated-app",
                        "AZURE_FEDERATED_TOKEN_FILE": "/token",
                    ],
                    files: ["/token": SignInService.federatedToken]
                )
            )
        case .azureCLI: return try Self.azureCLI(service)
        case .environmentSecret:
            let variables = app.merging(["AZURE_CLIENT_SECRET": SignInService.secret]) { $1 }
            return EnvironmentCredential(options: try service.options(transport: transport, variables: variables))
        case .environmentCertificate:
            let variables = [
                "AZURE_TENANT_ID": tenant, "AZURE_CLIENT_ID": "certificate-app",
                "AZURE_CLIENT_CERTIFICATE_PATH": "/app.pem",
            ]
            return EnvironmentCredential(
                options: try service.options(
                    transport: transport,
                    variables: variables,
                    files: ["/app.pem": certificate.pem + "\n" + certificate.pkcs8]
                )
            )
        case .chain:
            return ChainedCredential(
                WorkloadIdentityCredential(options: options),
                try Self.secret.make(service),
                try Self.certificatePSS.make(service)
            )
        case .standard:
            return try DefaultCredential(options: try service.options(transport: transport, variables: metadata))
        case .closure:
            let secret = try Self.secret.make(service)
            return ClosureCredential { try secret.token(for: $0) }
        case .assertion:
            return try ClientAssertionCredential(tenant: tenant, clientID: "federated-app", options: options) { _ in
                SignInService.federatedToken
            }
        }
    }

    /// The Azure CLI of a machine where somebody has signed in.
    private static func azureCLI(_ service: SignInService) throws -> AzureCLICredential {
        var options = try service.options()
        let token = try secret.make(service).token(for: service.request)
        // Any program does, as long as there is one: its output is the token's.
        let folder = FileManager.default.temporaryDirectory.appending(path: "az-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let script = #"""
            #!/bin/sh
            [ "$1 $2" = "account get-access-token" ] || exit 2
            echo '{"accessToken":"\#(token.secret)","expires_on":\#(Int(Date().timeIntervalSince1970) + 3000)}'
            """#
        let program = folder.appending(path: "az")
        try Data(script.utf8).write(to: program)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        options.system.variable = { $0 == "PATH" ? folder.path : nil }
        return try AzureCLICredential(options: options)
    }
}
