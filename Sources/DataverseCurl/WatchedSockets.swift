import Foundation

/// The sockets that a thread waits for, and what it waits for at each.
struct WatchedSockets {
    private var entries: [pollfd] = []
    private var places: [Int32: Int] = [:]

    mutating func watch(_ socket: Int32, for events: Int16) {
        if let place = places[socket] {
            entries[place].events = events
        } else {
            places[socket] = entries.count
            entries.append(pollfd(fd: socket, events: events, revents: 0))
        }
    }

    mutating func forget(_ socket: Int32) {
        guard let place = places.removeValue(forKey: socket) else { return }
        let last = entries.removeLast()
        guard last.fd != socket else { return }
        entries[place] = last
        places[last.fd] = place
    }

    /// Waits until something happens at a socket, or the time is up.
    ///
    /// - Parameter milliseconds: how long; -1 for no limit.
    /// - Returns: where something has happened, and what.
    mutating func wait(milliseconds: Int32) -> [(socket: Int32, events: Int16)] {
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return [] }
        return entries.lazy.filter { $0.revents != 0 }.map { ($0.fd, $0.revents) }
    }
}
