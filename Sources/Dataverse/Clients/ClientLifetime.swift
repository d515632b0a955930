import Synchronization

/// Whether a client, and those that were made from it, may still be used.
final class ClientLifetime: Sendable {
    private let isClosed = Mutex(false)

    /// Fails if the client was closed.
    func check() throws(DataverseError) {
        guard !isClosed.withLock({ $0 }) else {
            throw DataverseError(.closed, "The client was closed, and so were all that share its transport.")
        }
    }

    /// Closes the client.
    ///
    /// - Returns: whether it was open before.
    func close() -> Bool {
        isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
    }
}
