import ContosoBindings
import DataverseAsyncHTTPClient
import DataverseEmulator
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

@testable import Dataverse

/// A server that remembers what it is asked, and answers as it is told.
final class ListeningServer: Sendable {
    private let requests = Mutex<[(target: String, authorization: String?)]>([])
    private let answer: @Sendable (String) -> (HTTPResponseStatus, HTTPHeaders, String)

    init(_ answer: @escaping @Sendable (String) -> (HTTPResponseStatus, HTTPHeaders, String)) { self.answer = answer }

    var all: [(target: String, authorization: String?)] { requests.withLock { $0 } }

    /// Serves while a body runs, with the server's address.
    func run(_ body: (String) async throws -> Void) async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [self] channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Handler(server: self))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body("http://127.0.0.1:\(server.localAddress?.port ?? 0)")
        } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let server: ListeningServer
        private var target = ""

        init(server: ListeningServer) { self.server = server }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                target = head.uri
                server.requests.withLock { $0.append((head.uri, head.headers.first(name: "Authorization"))) }
            case .body: break
            case .end:
                var (status, headers, text) = server.answer(target)
                headers.add(name: "Content-Length", value: "\(text.utf8.count)")
                headers.add(name: "Connection", value: "close")
                context.write(
                    wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))),
                    promise: nil
                )
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in }
            }
        }
    }
}

@Suite("Tokens go to the configured service only", .timeLimit(.minutes(2)))
struct OriginTests {
    @Test(
        "a redirect to another server is not followed, with any status",
        arguments: ClientKind.allCases,
        [301, 302, 303, 307, 308]
    )
    func redirects(kind: ClientKind, status: Int) async throws {
        let stranger = ListeningServer { _ in (.ok, [:], "{}") }
        try await stranger.run { strange in
            let own = ListeningServer { _ in (.init(statusCode: status), ["Location": strange + "/stolen"], "") }
            try await own.run { address in
                let client = try kind.client(try #require(URL(string: address)))
                await expectFailure(.unexpectedReply) { _ = try await client.rows(of: Account.self).count(RowQuery()) }
                await expectFailure(.unexpectedReply) {
                    _ = try await client.rows(of: Account.self).create(Account { $0.name = "x" })
                }
                #expect(own.all.allSatisfy { $0.authorization == "Bearer \(ScenarioContext.token)" })
                #expect(!own.all.isEmpty)
            }
        }
        #expect(stranger.all.isEmpty)
    }

    @Test("a next link to another server is refused, and nothing is sent there", arguments: ClientKind.allCases)
    func nextLinks(kind: ClientKind) async throws {
        let stranger = ListeningServer { _ in (.ok, [:], #"{"value":[]}"#) }
        try await stranger.run { strange in
            let links = [
                "\(strange)/api/data/v9.2/accounts?$skiptoken=2", "http://127.0.0.1.evil.example/accounts",
                "http://user@127.0.0.1/accounts", "https://127.0.0.1:1/accounts",
            ]
            for link in links {
                let own = ListeningServer { _ in
                    let body = #"{"value":[{"name":"a"}],"@odata.nextLink":"\#(link)"}"#
                    return (.ok, ["Content-Type": "application/json"], body)
                }
                try await own.run { address in
                    let client = try kind.client(try #require(URL(string: address)))
                    let error = await expectFailure(.invalidRequest) {
                        _ = try await client.rows(of: Account.self).all(RowQuery())
                    }
                    #expect(error?.message.contains("Access tokens are sent to the configured service only") == true)
                    #expect(own.all.count == 1)
                }
            }
        }
        #expect(stranger.all.isEmpty)
    }

    @Test("a request of the app to another server is refused", arguments: ClientKind.allCases)
    func requests(kind: ClientKind) async throws {
        let stranger = ListeningServer { _ in (.ok, [:], "{}") }
        let own = ListeningServer { _ in (.ok, [:], "{}") }
        try await stranger.run { strange in
            try await own.run { address in
                let client = try kind.client(try #require(URL(string: address)))
                for target in [strange, "\(strange)/x", "\(address).evil.example/x", "\(address)@evil.example/x"] {
                    await expectFailure(.invalidRequest) { _ = try await client.send(ServiceRequest(.get, target)) }
                }
                // What begins with two slashes is a path of the own server, and not another one.
                _ = try await client.send(ServiceRequest(.get, "//evil.example/x"))
                _ = try await client.send(ServiceRequest(.get, "\(address)/x"))
            }
        }
        #expect(stranger.all.isEmpty)
        #expect(own.all.map(\.target) == ["//evil.example/x", "/x"])
    }

    @Test("an identity provider that redirects is not followed with the secret")
    func identityProvider() async throws {
        let stranger = ListeningServer { _ in (.ok, [:], #"{"access_token":"stolen","expires_in":1}"#) }
        try await stranger.run { strange in
            let own = ListeningServer { _ in (.temporaryRedirect, ["Location": strange], "") }
            try await own.run { address in
                let options = CredentialOptions(authority: try AuthorityHost(url: address))
                let credential = try ClientSecretCredential(
                    tenant: "t",
                    clientID: "c",
                    secret: "s123",
                    options: options
                )
                await #expect(throws: CredentialError.self) {
                    try await credential.token(for: TokenRequest(scope: "https://a/.default"))
                }
                #expect(own.all.map(\.target) == ["/t/oauth2/v2.0/token"])
            }
        }
        #expect(stranger.all.isEmpty)
    }

    @Test("a server whose certificate nobody trusts gets no request", arguments: ClientKind.allCases)
    func untrusted(kind: ClientKind) async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var configuration = try EmulatorConfiguration(
            metadataFile: root.appending(path: "Examples/Contoso/metadata.xml").path
        )
        configuration.tls = TLSOptions(folder: folder)
        let signIn = SignIn(tenants: "t")
        configuration.signIn = signIn
        try await withEmulator(configuration) { url in
            let error = await expectFailure(.transport) {
                _ = try await kind.client(url).rows(of: Account.self).count(RowQuery())
            }
            let text = "\(error?.message ?? "")".lowercased()
            #expect(["trust", "certificate", "tls", "ssl"].contains { text.contains($0) }, "\(text)")
            let options = CredentialOptions(authority: try AuthorityHost(url: url.absoluteString))
            let credential = try ClientSecretCredential(tenant: "t", clientID: "c", secret: "s123", options: options)
            await #expect { try await credential.token(for: TokenRequest(scope: "https://a/.default")) } throws: {
                ($0 as? CredentialError)?.reason == .unreachable
            }
        }
        #expect(signIn.issues.isEmpty)
    }
}
