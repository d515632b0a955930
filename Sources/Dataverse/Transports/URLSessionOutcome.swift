import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What becomes of one exchange through a URLSession: what it says first, the session, the deadline or the caller who
/// gives up.
///
/// The session's own time-out is about the pauses between bytes, and on Linux it does not hold.
final class URLSessionOutcome: Sendable {
    private struct State {
        var task: URLSessionTask?
        var timer: (any DispatchSourceTimer)?
        var result: Result<HTTPReply, TransportError>?
        var whenKnown: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Starts the session's task, and its time.
    func begin(_ task: URLSessionTask, until deadline: DispatchTime) {
        state.withLock { state in
            state.task = task
            let timer = DispatchSource.makeTimerSource()
            timer.schedule(deadline: deadline)
            timer.setEventHandler { [weak self] in
                self?.giveUp(
                    TransportError(.timedOut, message: "No complete response in time.", mayHaveBeenProcessed: true)
                )
            }
            timer.resume()
            state.timer = timer
        }
        task.resume()
    }

    /// Notes the result that the session tells, if it is the first.
    func fulfil(_ result: Result<HTTPReply, TransportError>) { end(with: result, cancelling: false) }

    /// Ends the exchange, if it has not ended.
    func giveUp(_ error: TransportError) { end(with: .failure(error), cancelling: true) }

    private func end(with result: Result<HTTPReply, TransportError>, cancelling: Bool) {
        let whenKnown = state.withLock { state -> (@Sendable () -> Void)? in
            guard state.result == nil else { return nil }
            state.result = result
            // Under the lock that the completion takes first: on Linux, a session ends the process when a task is
            // cancelled while its completion is under way.
            if cancelling { state.task?.cancel() }
            state.task = nil
            state.timer?.cancel()
            state.timer = nil
            return state.whenKnown
        }
        whenKnown?()
    }

    /// Calls a function once there is a result.
    func whenKnown(_ body: @escaping @Sendable () -> Void) {
        let isKnown = state.withLock { state in
            state.whenKnown = body
            return state.result != nil
        }
        if isKnown { body() }
    }

    /// The result, once it is known.
    var result: Result<HTTPReply, TransportError> {
        state.withLock { $0.result }
            ?? .failure(TransportError(.other, message: "The exchange had no outcome.", mayHaveBeenProcessed: true))
    }
}
