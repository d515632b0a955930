import ContosoBindings
import DataverseCurl
import DataverseEmulator
import Foundation
import Testing

@testable import Dataverse

@Suite("No connection, or one that cannot be trusted")
struct ConnectionFaultTests {
    private func client(_ kind: ClientKind, _ url: URL, _ recorder: ExchangeRecorder) throws -> any ScenarioClient {
        try kind.client(
            url,
            credential: StaticTokenCredential("t"),
            configuration: ClientConfiguration(retry: RetryPolicy(maximumAttempts: 3, baseDelay: .milliseconds(1))),
            recorder: recorder
        )
    }

    @Test(
        "a name that does not resolve, and a port where nobody listens",
        arguments: ClientKind.allCases,
        ["http://nobody.invalid", "http://127.0.0.1:1"]
    )
    func unreachable(kind: ClientKind, address: String) async throws {
        let recorder = ExchangeRecorder()
        let client = try client(kind, try #require(URL(string: address)), recorder)
        let error = await expectFailure(.transport) {
            // Nothing was sent, so that even a creation is tried again.
            _ = try await client.rows(of: Account.self).create(Account { $0.name = "Contoso" })
        }
        #expect(error?.mayHaveBeenProcessed == false)
        #expect(recorder.normalized.count == 3)
    }

    @Test("a certificate of an unknown authority is refused, and nothing is sent", arguments: ClientKind.allCases)
    func untrusted(kind: ClientKind) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var configuration = try EmulatorConfiguration(
            metadataFile: root.appending(path: "Examples/Contoso/metadata.xml").path
        )
        let tls = TLSOptions(folder: folder)
        configuration.tls = tls
        try await withEmulator(configuration) { url in
            let recorder = ExchangeRecorder()
            let client = try client(kind, url, recorder)
            let error = await expectFailure(.transport) {
                _ = try await client.rows(of: Account.self).create(Account { $0.name = "Contoso" })
            }
            #expect(error?.mayHaveBeenProcessed == false)
            #expect(recorder.normalized.count == 1, "there is no use in trying again")

            // The same server is fine for who trusts its authority.
            let trusting = CurlTransport(
                configuration: CurlConfiguration(certificateAuthorityFile: tls.authorityFile)
            )
            let credential = StaticTokenCredential("t")
            let address = url.absoluteString
            let asynchronous = try AsyncDataverseClient(
                environment: address,
                credential: credential,
                transport: trusting
            )
            #expect(try await asynchronous.accounts.query.count() == 0)
            let blocking = try DataverseClient(environment: address, credential: credential, transport: trusting)
            #expect(try await onThread { try blocking.accounts.query.count() } == 0)
        }
    }
}
