import AsyncHTTPClient
import DataverseEmulator
import Foundation
import NIOSSL
import Testing

@Suite("TLS")
struct TLSTests {
    @Test("HTTPS is served with a certificate of the folder's authority, which stays the same")
    func serve() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let options = TLSOptions(folder: folder)
        var authorities: [Data] = []
        for _ in 1...2 {
            try await withContoso({ $0.tls = options }) { service in
                #expect(service.url.scheme == "https")
                var configuration = HTTPClient.Configuration()
                configuration.tlsConfiguration = .makeClientConfiguration()
                configuration.tlsConfiguration?.trustRoots = .file(options.authorityFile)
                try await HTTPClient.withHTTPClient(configuration: configuration) { client in
                    let reply = try await client.execute(
                        HTTPClientRequest(url: service.root + "accounts"),
                        timeout: .seconds(30)
                    )
                    let body = try await reply.body.collect(upTo: 1 << 20)
                    #expect(reply.status == .ok)
                    #expect(String(buffer: body).contains("\"@odata.context\":\"\(service.root)"))
                }
            }
            authorities.append(try Data(contentsOf: URL(fileURLWithPath: options.authorityFile)))
        }
        #expect(authorities[0] == authorities[1])
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/authority.pem")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("A folder that cannot be used is an error that names it")
    func noFolder() async throws {
        await #expect(throws: TLSError.self) {
            try await withContoso({ $0.tls = TLSOptions(folder: "/dev/null/x") }) { _ in }
        }
    }
}
