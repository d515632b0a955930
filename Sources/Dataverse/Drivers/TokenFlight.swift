import Foundation
import Synchronization

/// One acquisition of a token that several callers wait for, in threads and in tasks.
final class TokenFlight: Sendable {
    /// How it ended.
    enum Outcome: Sendable {
        case ended(Result<AccessToken, CredentialError>)
        /// The caller who was acquiring gave up; somebody else has to.
        case abandoned
    }

    private struct State {
        var outcome: Outcome?
        var waiting: [@Sendable (Outcome) -> Void] = []
    }

    private let state = Mutex(State())

    /// Tells all who wait.
    func land(_ outcome: Outcome) {
        let waiting = state.withLock { state in
            state.outcome = outcome
            defer { state.waiting = [] }
            return state.waiting
        }
        for tell in waiting { tell(outcome) }
    }

    private func whenLanded(_ tell: @escaping @Sendable (Outcome) -> Void) {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.waiting.append(tell) }
            return state.outcome
        }
        if let outcome { tell(outcome) }
    }

    /// Blocks the thread until the outcome is there.
    func outcome() -> Outcome {
        let isDone = DispatchSemaphore(value: 0)
        let result = Mutex<Outcome>(.abandoned)
        whenLanded { outcome in
            result.withLock { $0 = outcome }
            isDone.signal()
        }
        isDone.wait()
        return result.withLock { $0 }
    }

    /// Waits for the outcome, or for the task to be cancelled.
    func outcome() async -> Outcome {
        let once = Once()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                once.begin(continuation)
                whenLanded { once.end($0) }
            }
        } onCancel: {
            once.end(.ended(.failure(CredentialError("The sign-in was cancelled.", reason: .cancelled))))
        }
    }

    /// Resumes a continuation with the first outcome, whichever comes first: it or the outcome.
    private final class Once: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Outcome, Never>?
            var outcome: Outcome?
        }

        private let state = Mutex(State())

        func begin(_ continuation: CheckedContinuation<Outcome, Never>) {
            let outcome = state.withLock { state in
                if state.outcome == nil { state.continuation = continuation }
                return state.outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }

        func end(_ outcome: Outcome) {
            let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
                guard state.outcome == nil else { return nil }
                state.outcome = outcome
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume(returning: outcome)
        }
    }
}
