public import HTTPTypes

/// One HTTP request as it goes out: complete, with its access token.
public struct HTTPExchange: Sendable, Hashable {
    /// The method.
    public var method: HTTPRequest.Method
    /// The absolute URL, percent-encoded.
    public var url: String
    /// All headers but those that follow from the body and the connection.
    public var headers: HTTPFields
    /// The body, or `nil` for none.
    public var body: HTTPBody?
    /// How long the exchange may take from its start to the last byte of the reply.
    public var timeout: Duration
    /// Where the body of a reply with status 206 goes, if the transport can do that; `nil` for into memory.
    public var destination: FileDestination?

    /// A request.
    public init(
        method: HTTPRequest.Method,
        url: String,
        headers: HTTPFields = [:],
        body: HTTPBody? = nil,
        timeout: Duration = .seconds(60),
        destination: FileDestination? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.destination = destination
    }
}

// Whoever prints an exchange for a log must not print the token in it, nor what a form of a sign-in holds.
extension HTTPExchange: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(method) \(url) (\(body?.length ?? 0) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "method": method.rawValue, "url": url, "headers": headers.redacted.map { "\($0.name): \($0.value)" },
                "bodyLength": body?.length ?? 0, "timeout": timeout, "destination": destination as Any,
            ]
        )
    }
}

extension HTTPFields {
    /// Headers that are secrets, or hold some.
    private static let secretNames: Set<HTTPField.Name> = [
        .authorization, .proxyAuthorization, .cookie, .setCookie, .identityHeader,
    ]

    /// The same headers, with the values of those that are secrets left out: for logs.
    public var redacted: HTTPFields {
        HTTPFields(map { Self.secretNames.contains($0.name) ? HTTPField(name: $0.name, value: "redacted") : $0 })
    }
}

/// One HTTP response, whole.
public struct HTTPReply: Sendable, Hashable {
    /// The status.
    public var status: HTTPResponse.Status
    /// All headers.
    public var headers: HTTPFields
    /// The body; empty where there is none, and where it is in a file.
    public var body: [UInt8]
    /// How many bytes of body are in the file that the exchange named (``HTTPExchange/destination``); 0 where the body is
    /// in memory.
    public var bytesInFile: Int64

    /// A response.
    public init(
        status: HTTPResponse.Status,
        headers: HTTPFields = [:],
        body: [UInt8] = [],
        bytesInFile: Int64 = 0
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.bytesInFile = bytesInFile
    }

    /// The number of bytes of the body, wherever it is.
    package var bodyLength: Int64 { Int64(body.count) + bytesInFile }
}

extension HTTPReply: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(status.code) (\(bodyLength) bytes)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "status": status.code, "headers": headers.redacted.map { "\($0.name): \($0.value)" },
                "bodyLength": bodyLength,
            ]
        )
    }
}

/// Why an HTTP exchange gave no response.
public struct TransportError: Error, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Kind: Sendable, Hashable {
        /// The server could not be reached: its name does not resolve, nobody listens, no route.
        case cannotConnect
        /// The connection is not trusted.
        case untrusted
        /// The time for the exchange was up.
        case timedOut
        /// The connection broke before the response was complete.
        case connectionLost
        /// The caller gave up.
        case cancelled
        /// The file with the body cannot be read, or has changed since the exchange was made.
        case unreadableBody
        /// The file that the reply's body is to go into cannot be written.
        case unwritableFile
        /// Anything else.
        case other
    }

    /// What kind of failure it was.
    public let kind: Kind
    /// The reason in the transport's words.
    public let message: String
    /// Whether the server may have acted on the request. Only when it certainly has not is a write repeated.
    public let mayHaveBeenProcessed: Bool

    /// - Parameters:
    ///   - kind: what kind of failure it was.
    ///   - message: the reason, for people.
    ///   - mayHaveBeenProcessed: whether request bytes may have reached the server.
    public init(_ kind: Kind, message: String, mayHaveBeenProcessed: Bool) {
        self.kind = kind
        self.message = message
        self.mayHaveBeenProcessed = mayHaveBeenProcessed
    }

    public var description: String { message }
}
