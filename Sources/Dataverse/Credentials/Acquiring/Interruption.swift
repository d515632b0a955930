import Synchronization

/// Tells work that blocks a thread that nobody waits for it any more.
package final class Interruption: Sendable {
    private struct State {
        var isInterrupted = false
        var handler: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Whether the work should end.
    package var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    /// Ends the work.
    package func interrupt() {
        let handler = state.withLock { state in
            state.isInterrupted = true
            return state.handler
        }
        handler?()
    }

    /// Sets what happens at the interruption; at once if it has happened already.
    package func onInterruption(_ handler: (@Sendable () -> Void)?) {
        let isInterrupted = state.withLock { state in
            state.handler = handler
            return state.isInterrupted
        }
        if isInterrupted { handler?() }
    }
}
