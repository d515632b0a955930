import Foundation
import TestSupport
import Testing

@testable import Dataverse

#if os(Linux) || os(macOS)
@Suite("The Azure CLI", .timeLimit(.minutes(1)))
struct AzureCLITests {
    /// A folder with a program called `az`.
    private func folder(_ script: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "az")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return folder
    }

    private func credential(
        path: String,
        tenant: String? = nil,
        timeout: Duration = .seconds(20)
    ) throws -> AzureCLICredential {
        var options = CredentialOptions.scripted(variables: ["PATH": path])
        options.system.run = CredentialSystem.current.run
        return try AzureCLICredential(tenant: tenant, timeout: timeout, options: options)
    }

    @Test("it is run without a shell, and its token is kept until it ends")
    func token() async throws {
        let folder = try folder(
            #"echo "$@" >> "$(dirname "$0")/arguments"; echo '{"accessToken":"T1","expires_on":1700000900}'"#
        )
        let credential = try credential(path: "relative:\(folder.path(""))", tenant: "contoso.com")
        #expect(try credential.token(for: .contoso).secret == "T1")
        #expect(try await credential.token(for: .contoso).secret == "T1")
        #expect(
            try String(contentsOfFile: folder.path("arguments"), encoding: .utf8) == """
                account get-access-token --output json --resource https://contoso.crm.dynamics.com --tenant contoso.com

                """
        )
    }

    @Test("what it says about a missing sign-in is passed on, its output never")
    func failure() async throws {
        let folder = try folder("echo secret-output; echo 'ERROR: Please run az login to setup account.' >&2; exit 1")
        let credential = try credential(path: folder.path(""))
        #expect { try credential.token(for: .contoso) } throws: { error in
            (error as? CredentialError)?.reason == .unavailable && "\(error)".contains("Please run az login")
                && !"\(error)".contains("secret-output")
        }
        await #expect(throws: CredentialError.self) { try await credential.token(for: .contoso) }
    }

    @Test("where it is not installed, it cannot be used; what is no scope is not passed on")
    func missing() throws {
        let empty = try TemporaryFolder()
        #expect { try credential(path: empty.path("")).token(for: .contoso) } throws: {
            ($0 as? CredentialError)?.reason == .unavailable
        }
        let folder = try folder("echo '{\"accessToken\":\"T1\"}'")
        for scope in ["--help", "a b", "a;b", "", "$(x)", "a\nb"] {
            #expect(throws: CredentialError.self) {
                try credential(path: folder.path("")).token(for: TokenRequest(scope: scope))
            }
        }
        #expect(throws: CredentialError.self) { try credential(path: "", tenant: "--x y") }
    }

    @Test("one that hangs is ended: after its time, or when the task is cancelled")
    func hanging() async throws {
        let folder = try folder("exec sleep 30")
        let clock = ContinuousClock()
        let start = clock.now
        #expect(throws: CredentialError.self) {
            try credential(path: folder.path(""), timeout: .milliseconds(200)).token(for: .contoso)
        }
        let task = Task { try await credential(path: folder.path("")).token(for: .contoso) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect { try await task.value } throws: { ($0 as? CredentialError)?.reason == .cancelled }
        #expect(clock.now - start < .seconds(15))
    }

    @Test("output that is no JSON, and very much of it, is an error")
    func nonsense() throws {
        for script in [
            "echo nonsense", "echo '{}'", "yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -c 3000000",
        ] {
            let folder = try folder(script)
            #expect { try credential(path: folder.path("")).token(for: .contoso) } throws: {
                ($0 as? CredentialError)?.reason == .unexpectedReply
            }
        }
    }
}
#endif
