/// How a ``CurlTransport`` connects.
public struct CurlConfiguration: Sendable, Hashable {
    /// The version of HTTP that requests of the asynchronous client use over TLS; those of the synchronous client, which
    /// has one request at a time on a connection, use HTTP/1.1.
    public enum HTTPVersion: Sendable, Hashable {
        /// A connection for each request under way.
        case http1
        /// Many requests on one connection, where the server offers it.
        case http2
    }

    /// The file with the certificates (PEM) of the authorities that are trusted; `nil` for those of the system.
    public var certificateAuthorityFile: String?
    /// How long connecting may take, the TLS handshake included.
    public var connectTimeout: Duration
    /// How many connections the asynchronous client opens to a server; further requests wait for one.
    public var maximumConnections: Int
    /// The largest body that is read, in bytes, after decompression.
    public var maximumResponseSize: Int
    /// The version of HTTP.
    public var httpVersion: HTTPVersion

    /// - Parameters:
    ///   - certificateAuthorityFile: the file with the certificates that are trusted; `nil` for those of the system.
    ///   - connectTimeout: how long connecting may take.
    ///   - maximumConnections: how many connections the asynchronous client opens to a server.
    ///   - maximumResponseSize: the largest body that is read.
    ///   - httpVersion: the version of HTTP for the asynchronous client.
    public init(
        certificateAuthorityFile: String? = nil,
        connectTimeout: Duration = .seconds(10),
        maximumConnections: Int = 64,
        maximumResponseSize: Int = 1 << 30,
        httpVersion: HTTPVersion = .http1
    ) {
        self.certificateAuthorityFile = certificateAuthorityFile
        self.connectTimeout = connectTimeout
        self.maximumConnections = maximumConnections
        self.maximumResponseSize = maximumResponseSize
        self.httpVersion = httpVersion
    }

    /// The longest head of a response, in bytes.
    static let maximumHeadSize = 256 << 10
}
