/// A fault that the emulator makes on purpose.
public struct Fault: Sendable, Hashable {
    /// What happens to a request.
    public enum Effect: Sendable, Hashable {
        /// An error response, with `Retry-After` in seconds if it is given.
        case status(Int, retryAfter: Int? = nil)
        /// An error response whose `Retry-After` is a date, in so many seconds.
        case statusUntil(Int, seconds: Int)
        /// Dataverse's answer to too many requests: 429 with its code and message.
        case throttled(retryAfter: Int)
        /// The bearer token is refused with 401, whatever it is.
        case tokenRejected
        /// The request is answered, but only after a time.
        case latency(Duration)
        /// The response is a redirection to a URL; the request is not carried out.
        case redirected(to: String)
        /// The connection is closed before anything is answered; the request is not carried out.
        case connectionDropped
        /// The connection is reset before anything is answered; the request is not carried out.
        case connectionReset
        /// The request is carried out, and the connection closed instead of an answer.
        case replyDropped
        /// The request is carried out, and the connection reset instead of an answer.
        case replyReset
        /// The request is carried out, and the connection closed after so many bytes of the response's body.
        case truncatedBody(bytes: Int)
        /// The request is carried out, and the connection reset after so many bytes of the response's body.
        case bodyReset(bytes: Int)
        /// The request is carried out, and the body comes in so many pieces, with a pause after each.
        case slowBody(pieces: Int, pause: Duration)
        /// The request is carried out, and a complete response has only the first bytes of the body.
        case cutBody(bytes: Int)
        /// The request is carried out, and a page for people answers instead, with status 200.
        case webPage
        /// The request is carried out, and the response has a header with so many bytes.
        case hugeHeader(bytes: Int)
    }

    /// What happens.
    public var effect: Effect
    /// The method of the requests concerned; `nil` for all.
    public var method: String?
    /// Text that the path, with its query, of the requests concerned contains; `nil` for all.
    public var pathContains: String?
    /// How many matching requests go by unharmed before.
    public var skipping: Int
    /// How many requests the fault happens to; `nil` for all.
    public var times: Int?

    /// Makes a fault.
    public init(
        _ effect: Effect,
        method: String? = nil,
        pathContains: String? = nil,
        skipping: Int = 0,
        times: Int? = 1
    ) {
        self.effect = effect
        self.method = method
        self.pathContains = pathContains
        self.skipping = skipping
        self.times = times
    }

    func fits(_ requestMethod: String, _ path: String) -> Bool {
        (method == nil || method == requestMethod) && (pathContains.map { path.contains($0) } ?? true)
    }
}
