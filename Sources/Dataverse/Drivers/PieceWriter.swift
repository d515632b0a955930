import Foundation
import Synchronization

/// Writes pieces in their order, on a thread of its own, and lets those who have more wait.
final class PieceWriter: Sendable {
    private static let waitingPieces = 2

    private let file: FileHandle
    private let queue = DispatchQueue(label: "dataverse-file")
    private let room = DispatchSemaphore(value: waitingPieces)
    private let failure = Mutex<(any Error)?>(nil)

    init(_ file: FileHandle) { self.file = file }

    /// Takes a piece over; blocks while others wait to be written.
    func append(_ bytes: [UInt8]) throws {
        room.wait()
        queue.async { [self] in
            defer { room.signal() }
            guard failure.withLock({ $0 == nil }) else { return }
            do {
                try file.write(contentsOf: bytes)
            } catch {
                failure.withLock { $0 = error }
            }
        }
        try check()
    }

    /// Waits until everything is written, and closes the file.
    func finish() throws {
        queue.sync {}
        try check()
        try file.close()
    }

    private func check() throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}
