import CLibCurl
import Foundation
import Synchronization

/// Performs the exchanges of many tasks on one thread, which starts with the first exchange and ends, after those that
/// are under way, when the loop is closed.
///
/// This is the mailbox between the tasks and the thread; what the thread does is in ``CurlReactor``.
final class CurlLoop: Sendable {
    /// What the thread has to do next.
    struct Mail {
        var arrivals: [CurlTransfer] = []
        var cancellations: [CurlTransfer] = []
        var isClosed = false

        var isEmpty: Bool { arrivals.isEmpty && cancellations.isEmpty }
    }

    private struct State {
        var mail = Mail()
        /// Set when the thread has been started.
        var alarm: CurlAlarm?
        /// Whether the thread waits for sockets, or is about to, and nobody has woken it yet.
        var isAsleep = false

        mutating func wake() {
            guard isAsleep else { return }
            isAsleep = false
            alarm?.ring()
        }
    }

    private let configuration: CurlConfiguration
    private let state = Mutex(State())

    init(_ configuration: CurlConfiguration) { self.configuration = configuration }

    // MARK: For tasks

    /// Begins an exchange; the continuation is resumed once, when it has ended.
    func start(_ transfer: CurlTransfer, _ continuation: CheckedContinuation<CurlTransfer.End, Never>) {
        guard transfer.begin(continuation) else { return }
        let refusal: CurlTransfer.End? = state.withLock { state in
            if state.mail.isClosed { return .closed }
            guard startThread(&state) else { return .ended(CURLE_FAILED_INIT) }
            state.mail.arrivals.append(transfer)
            state.wake()
            return nil
        }
        if let refusal { transfer.end(refusal) }
    }

    /// Ends an exchange, if it has not ended.
    func cancel(_ transfer: CurlTransfer) {
        guard transfer.cancel() else { return }
        state.withLock { state in
            state.mail.cancellations.append(transfer)
            state.wake()
        }
    }

    /// Takes no more exchanges, and lets the thread end when those that are under way have ended.
    func close() {
        state.withLock { state in
            state.mail.isClosed = true
            state.wake()
        }
    }

    private func startThread(_ state: inout State) -> Bool {
        if state.alarm != nil { return true }
        guard let alarm = CurlAlarm() else { return false }
        state.alarm = alarm
        let thread = Thread { [configuration, self] in
            guard let reactor = CurlReactor(configuration, alarm: alarm, loop: self) else { return giveUp() }
            reactor.run()
        }
        thread.name = "dataverse-curl"
        thread.start()
        return true
    }

    // MARK: For the thread

    /// What has come since the last time.
    func takeMail() -> Mail {
        state.withLock { state in
            defer { state.mail = Mail(isClosed: state.mail.isClosed) }
            state.isAsleep = false
            return state.mail
        }
    }

    /// Whether the thread may wait for sockets; if not, there is mail.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.mail.isEmpty
            return state.isAsleep
        }
    }

    /// Ends what has come without a thread; the next exchange tries again.
    private func giveUp() {
        let mail = state.withLock { state in
            defer { state = State(mail: Mail(isClosed: state.mail.isClosed)) }
            return state.mail
        }
        for transfer in mail.arrivals { transfer.end(.ended(CURLE_FAILED_INIT)) }
    }
}
