import CLibCurl
import Synchronization

/// An exchange on its way through the loop, from the task that waits for it to the thread and back.
final class CurlTransfer: Sendable {
    /// How an exchange ended.
    enum End: Sendable {
        /// libcurl has come to a result.
        case ended(CURLcode)
        /// The task was cancelled.
        case cancelled
        /// The transport had been closed before.
        case closed
    }

    private enum Phase {
        case new
        case waiting(CheckedContinuation<End, Never>)
        case ended
    }

    let handle: CurlHandle
    private let phase = Mutex(Phase.new)

    init(_ handle: CurlHandle) { self.handle = handle }

    /// Keeps the continuation, unless the task was cancelled before: then it is resumed at once.
    ///
    /// - Returns: whether the exchange is to be performed.
    func begin(_ continuation: CheckedContinuation<End, Never>) -> Bool {
        let isNew = phase.withLock { phase in
            guard case .new = phase else { return false }
            phase = .waiting(continuation)
            return true
        }
        if !isNew { continuation.resume(returning: .cancelled) }
        return isNew
    }

    /// Notes that the task was cancelled.
    ///
    /// - Returns: whether the thread has to be told, because it may be performing the exchange.
    func cancel() -> Bool {
        phase.withLock { phase in
            switch phase {
            case .new:
                phase = .ended
                return false
            case .waiting: return true
            case .ended: return false
            }
        }
    }

    /// Resumes the task. Only the thread that owns the handle calls it, and never touches the handle after it.
    func end(_ end: End) {
        let continuation = phase.withLock { phase -> CheckedContinuation<End, Never>? in
            defer { phase = .ended }
            if case .waiting(let continuation) = phase { return continuation }
            return nil
        }
        continuation?.resume(returning: end)
    }
}
