import AsyncHTTPClient
import Dataverse
import HTTPTypes
import NIOCore
import NIOHTTP1

/// A transport on SwiftNIO's AsyncHTTPClient, for both clients: the choice for servers.
///
///     let client = try AsyncDataverseClient(
///         environment: url, credential: credential, transport: AsyncHTTPClientTransport())
public struct AsyncHTTPClientTransport: AsyncTransport, BlockingTransport {
    /// The largest response that is read, in bytes. A page of 5,000 rows has a few million.
    public static let maximumResponseSize = 1 << 30

    private let client: HTTPClient

    /// A transport on a client that all such transports share; it lives as long as the process.
    public init() { client = Self.shared }

    /// A transport on a client of the app's own, which the app shuts down; closing the transport leaves it as it is.
    ///
    /// - Parameter client: should not follow redirects, which would take requests to other servers.
    public init(client: HTTPClient) { self.client = client }

    private static let shared: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        // The core decides about retries; a refused connection is an answer, not a reason to wait.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .enabled(limit: .size(maximumResponseSize))
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    public func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        var request = HTTPClientRequest(url: exchange.url)
        request.method = HTTPMethod(rawValue: exchange.method.rawValue)
        request.headers = HTTPHeaders(exchange.headers)
        request.body = exchange.body.map(HTTPClientRequest.Body.init)
        do {
            let response = try await client.execute(request, deadline: .now() + TimeAmount(exchange.timeout))
            let body = try await response.body.collect(upTo: Self.maximumResponseSize)
            return HTTPReply(
                status: .init(code: Int(response.status.code)),
                headers: HTTPFields(response.headers),
                body: Array(body.readableBytesView)
            )
        } catch {
            throw TransportError(error)
        }
    }

    public func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        do {
            let request = try HTTPClient.Request(
                url: exchange.url,
                method: HTTPMethod(rawValue: exchange.method.rawValue),
                headers: HTTPHeaders(exchange.headers),
                body: exchange.body.map(HTTPClient.Body.init)
            )
            let accumulator = ResponseAccumulator(request: request, maxBodySize: Self.maximumResponseSize)
            let response = try client.execute(
                request: request,
                delegate: accumulator,
                deadline: .now() + TimeAmount(exchange.timeout)
            ).wait()
            return HTTPReply(
                status: .init(code: Int(response.status.code)),
                headers: HTTPFields(response.headers),
                body: response.body.map { Array($0.readableBytesView) } ?? []
            )
        } catch {
            throw TransportError(error)
        }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}

extension HTTPHeaders {
    fileprivate init(_ fields: HTTPFields) {
        self.init(fields.map { ($0.name.rawName, $0.value) })
    }
}

extension HTTPFields {
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        reserveCapacity(headers.count)
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}

// A client keeps requests, with their tokens, where a dump would find them.
extension AsyncHTTPClientTransport: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}
