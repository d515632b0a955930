import CLibCurl
import Foundation

/// What the loop's thread does: it waits for sockets and times on behalf of libcurl, and tells it what has happened.
///
/// Made, used and released by that thread only.
final class CurlReactor {
    private let multi: UnsafeMutableRawPointer
    private let loop: CurlLoop
    private let alarm: CurlAlarm
    /// The exchanges under way, by libcurl's handles.
    private var transfers: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var sockets = WatchedSockets()
    /// When libcurl wants to be called although nothing has happened.
    private var deadline: ContinuousClock.Instant?

    init?(_ configuration: CurlConfiguration, alarm: CurlAlarm, loop: CurlLoop) {
        guard CurlLibrary.version != nil, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.loop = loop
        self.alarm = alarm
        sockets.watch(alarm.socket, for: Int16(POLLIN))
        let connections = configuration.maximumConnections
        dataverse_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections)
        dataverse_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(connections, 8))
        // The pointer is not retained: libcurl's handle does not outlive this object.
        dataverse_curl_multi_set_callbacks(
            multi,
            { _, socket, what, context, _ in
                CurlReactor.of(context)?.watch(socket, what)
                return 0
            },
            { _, milliseconds, context in
                CurlReactor.of(context)?.setTimer(milliseconds)
                return 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    deinit {
        // Connections that are closed now are reported to the socket callback, which must not see a dying object.
        dataverse_curl_multi_set_callbacks(multi, nil, nil, nil)
        curl_multi_cleanup(multi)
    }

    /// The reactor that libcurl calls back. It is alive, because libcurl calls back from within its calls only.
    private static func of(_ context: UnsafeMutableRawPointer?) -> CurlReactor? {
        context.map { Unmanaged<CurlReactor>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: What libcurl wants

    private func watch(_ socket: curl_socket_t, _ what: Int32) {
        switch what {
        case CURL_POLL_IN: sockets.watch(socket, for: Int16(POLLIN))
        case CURL_POLL_OUT: sockets.watch(socket, for: Int16(POLLOUT))
        case CURL_POLL_INOUT: sockets.watch(socket, for: Int16(POLLIN | POLLOUT))
        default: sockets.forget(socket)
        }
    }

    private func setTimer(_ milliseconds: Int) {
        deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    }

    // MARK: The loop

    func run() {
        blockSIGPIPE()
        while true {
            let mail = loop.takeMail()
            for transfer in mail.arrivals { add(transfer) }
            for transfer in mail.cancellations { cancel(transfer) }
            runTimer()
            endTransfers()
            if mail.isClosed, transfers.isEmpty, mail.arrivals.isEmpty { return }
            if loop.fallAsleep() { wait() }
        }
    }

    /// A thread of our own may do without the signal for good.
    private func blockSIGPIPE() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func add(_ transfer: CurlTransfer) {
        let easy = transfer.handle.easy
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else { return transfer.end(.ended(CURLE_FAILED_INIT)) }
        transfers[easy] = transfer
    }

    private func cancel(_ transfer: CurlTransfer) {
        let easy = transfer.handle.easy
        // It may have ended in the meantime, and its handle may be in use again.
        guard transfers[easy] === transfer else { return }
        remove(easy, .cancelled)
    }

    private func remove(_ easy: UnsafeMutableRawPointer, _ end: CurlTransfer.End) {
        curl_multi_remove_handle(multi, easy)
        transfers.removeValue(forKey: easy)?.end(end)
    }

    private func runTimer() {
        guard let time = deadline, time <= .now else { return }
        deadline = nil
        act(on: CURL_SOCKET_TIMEOUT, 0)
    }

    private func act(on socket: curl_socket_t, _ events: Int32) {
        var running: Int32 = 0
        curl_multi_socket_action(multi, socket, events, &running)
    }

    private func endTransfers() {
        var result = CURLE_OK
        while let easy = dataverse_curl_multi_ended(multi, &result) { remove(easy, .ended(result)) }
    }

    private func wait() {
        let milliseconds = deadline.map { max(.zero, $0 - .now) / .milliseconds(1) }.map { Int32($0.rounded(.up)) }
        for (socket, events) in sockets.wait(milliseconds: milliseconds ?? -1) {
            if socket == alarm.socket {
                alarm.silence()
                continue
            }
            var action: Int32 = 0
            if events & Int16(POLLIN | POLLHUP) != 0 { action |= CURL_CSELECT_IN }
            if events & Int16(POLLOUT) != 0 { action |= CURL_CSELECT_OUT }
            if events & Int16(POLLERR | POLLNVAL) != 0 { action |= CURL_CSELECT_ERR }
            act(on: socket, action)
        }
    }
}
