public import HTTPTypes

/// A request as an operation thinks of it: relative to the service, without the headers that every request has.
public struct ServiceRequest: Sendable, Hashable {
    /// The method.
    public var method: HTTPRequest.Method
    /// What follows the service root, percent-encoded, or an absolute URL below the service root.
    public var target: String
    /// Headers beyond those that every request has.
    public var headers: HTTPFields
    /// The body, or `nil` for none; it is JSON unless the headers say something else.
    public var body: HTTPBody?
    /// Whether sending it twice has the effect of sending it once, so that it may be repeated after a broken
    /// connection. `POST` is not, unless an operation knows better.
    public var isIdempotent: Bool
    /// Where the body of a partial reply goes, if the transport can do that.
    package var destination: HTTPExchange.FileDestination?

    /// - Parameters:
    ///   - method: the method.
    ///   - target: the path below the service root with its query, percent-encoded.
    ///   - headers: headers beyond those that every request has.
    ///   - body: what to send.
    ///   - isIdempotent: `nil` decides by the method.
    public init(
        _ method: HTTPRequest.Method,
        _ target: String,
        headers: HTTPFields = [:],
        body: HTTPBody? = nil,
        isIdempotent: Bool? = nil
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.isIdempotent = isIdempotent ?? (method != .post)
    }
    /// - Parameters:
    ///   - method: the method.
    ///   - target: the path below the service root with its query, percent-encoded.
    ///   - headers: headers beyond those that every request has.
    ///   - json: the JSON to send.
    ///   - isIdempotent: `nil` decides by the method.
    public init(
        _ method: HTTPRequest.Method,
        _ target: String,
        headers: HTTPFields = [:],
        body json: [UInt8],
        isIdempotent: Bool? = nil
    ) {
        self.init(method, target, headers: headers, body: .bytes(json), isIdempotent: isIdempotent)
    }
}
