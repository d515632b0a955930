import Dataverse
import DataverseCurl
import Synchronization

#if AsyncHTTPClient
import AsyncHTTPClient
import DataverseAsyncHTTPClient
import NIOSSL
#endif

/// The transports that can be measured.
enum Transports {
    static func named(_ name: String, authority: String?) throws -> any BlockingTransport & AsyncTransport {
        switch name {
        case "curl": return CurlTransport(configuration: CurlConfiguration(certificateAuthorityFile: authority))
        case "curl-http2":
            return CurlTransport(
                configuration: CurlConfiguration(certificateAuthorityFile: authority, httpVersion: .http2)
            )
        #if AsyncHTTPClient
        case "nio":
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.httpVersion = .http1Only
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
            if let authority {
                var tls = TLSConfiguration.makeClientConfiguration()
                tls.trustRoots = .file(authority)
                configuration.tlsConfiguration = tls
            }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            return AsyncHTTPClientTransport(client: client)
        #endif
        case "none": return RepeatingTransport(try named("curl", authority: authority))
        case "urlsession": return URLSessionTransport()
        default: throw Failure("--transport \(name): curl, curl-http2, nio or urlsession")
        }
    }
}

/// Gives the first reply again and again: what is left is the client.
final class RepeatingTransport: BlockingTransport, AsyncTransport {
    private let transport: any BlockingTransport & AsyncTransport
    private let reply = Mutex<HTTPReply?>(nil)

    init(_ transport: any BlockingTransport & AsyncTransport) { self.transport = transport }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        if let known = reply.withLock({ $0 }) { return known }
        let first = try (transport as any BlockingTransport).perform(exchange)
        reply.withLock { $0 = first }
        return first
    }

    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        if let known = reply.withLock({ $0 }) { return known }
        let first = try await (transport as any AsyncTransport).perform(exchange)
        reply.withLock { $0 = first }
        return first
    }
}
