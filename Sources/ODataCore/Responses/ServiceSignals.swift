import HTTPTypes
import Synchronization

/// What the replies of a service said last about the service itself.
///
/// Sources: Dataverse, "Service protection API limits", "Send parallel requests" and "Use elastic tables".
public struct ServiceSignals: Sendable, Hashable {
    /// How many requests the service recommends to have under way at a time (`x-ms-dop-hint`).
    public var recommendedParallelism: Int?
    /// How many requests the current connection may send before the service refuses more. For diagnosis only: other
    /// servers of the environment count for themselves.
    public var remainingRequests: Int?
    /// How much processing time the user has left before the service refuses requests, as the service words it. For
    /// diagnosis only.
    public var remainingTime: String?
    /// The state of an elastic table after the last write, see ``RequestOptions/session``.
    public var sessionToken: String?

    /// Nothing is known.
    public init() {}

    /// What one reply says; the rest stays as it was.
    mutating func update(from headers: HTTPFields) {
        // All of them begin with x-; most fields of most replies do not.
        for field in headers where field.name.canonicalName.utf8.first == UInt8(ascii: "x") {
            switch field.name {
            case .parallelismHint: if let hint = Int(field.value), hint > 0 { recommendedParallelism = hint }
            case .remainingRequests: if let count = Int(field.value) { remainingRequests = count }
            case .remainingTime: remainingTime = field.value
            case .sessionTokenReply: if !field.value.isEmpty { sessionToken = field.value }
            default: break
            }
        }
    }
}

/// Where the clients of one service keep its signals.
public final class ServiceSignalStore: Sendable {
    private let state = Mutex(ServiceSignals())

    /// A store in which nothing is known.
    public init() {}

    /// What the replies said last.
    public var current: ServiceSignals { state.withLock { $0 } }

    func update(from headers: HTTPFields) { state.withLock { $0.update(from: headers) } }
}
