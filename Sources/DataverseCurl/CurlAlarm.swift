import Foundation

/// Wakes a thread that waits for sockets: a pipe, of which the thread watches one end.
final class CurlAlarm: Sendable {
    /// Becomes readable when the alarm rings.
    let socket: Int32
    private let bell: Int32

    /// `nil` if the process has no file descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        socket = ends[0]
        bell = ends[1]
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(socket)
        close(bell)
    }

    /// Wakes the thread. A pipe that is full has woken it already.
    func ring() {
        var byte: UInt8 = 1
        _ = write(bell, &byte, 1)
    }

    /// Makes the alarm ready to ring again.
    func silence() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while withUnsafeMutableBytes(of: &bytes, { read(socket, $0.baseAddress, $0.count) }) == 16 {}
    }
}
