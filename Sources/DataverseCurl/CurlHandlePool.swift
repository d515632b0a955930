import ODataCore
import Synchronization

/// Handles that are not in use, with the connections of those that have their own.
final class CurlHandlePool: Sendable {
    private struct State {
        var idle: [CurlHandle] = []
        var isClosed = false
    }

    /// More are not kept: a burst of threads leaves only so many connections behind.
    private static let maximumIdle = 64

    private let configuration: CurlConfiguration
    private let state = Mutex(State())

    init(_ configuration: CurlConfiguration) { self.configuration = configuration }

    /// The handle that was used last, whose connection is most likely alive, or a new one.
    func take() throws(TransportError) -> CurlHandle {
        let (idle, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        if isClosed { throw .transportClosed }
        if let idle { return idle }
        return try CurlHandle(configuration)
    }

    func give(_ handle: CurlHandle) {
        handle.clear()
        state.withLock { state in
            if !state.isClosed, state.idle.count < Self.maximumIdle { state.idle.append(handle) }
        }
    }

    func close() {
        let idle = state.withLock { state in
            defer { state = State(isClosed: true) }
            return state.idle
        }
        // Their connections are closed here, outside the lock.
        _ = idle
    }
}
