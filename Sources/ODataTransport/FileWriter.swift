import Foundation

/// Writes bytes at their places in a file that exists.
package struct FileWriter: Sendable {
    /// Why a file cannot be written.
    package struct Failure: Error, Hashable {
        /// The reason in the system's words.
        package let reason: String

        /// What the system says about its last error.
        fileprivate static var ofSystem: Failure { Failure(reason: String(cString: strerror(errno))) }
    }

    private let file: FileHandle

    /// Opens a file for writing, and leaves what is in it.
    package init(path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .ofSystem }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Writes all the bytes, over those that are there.
    ///
    /// - Parameters:
    ///   - bytes: what is written.
    ///   - offset: where the first of them goes.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // What is left of the caller's bytes, which are valid during the call; the file is open as long as its handle
            // lives. A sum that wraps is negative, and refused by the system.
            let buffer = UnsafeRawBufferPointer(rebasing: rest)
            let place = off_t(offset &+ Int64(rest.startIndex))
            let count = pwrite(file.fileDescriptor, buffer.baseAddress, buffer.count, place)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .ofSystem }
            guard count > 0 else { throw Failure(reason: "the system takes no more bytes") }
            rest = rest.dropFirst(count)
        }
    }

    /// Cuts off what comes after a number of bytes, and closes the file.
    package func close(at size: Int64) throws(Failure) {
        guard ftruncate(file.fileDescriptor, off_t(size)) == 0 else { throw .ofSystem }
        do {
            try file.close()
        } catch {
            throw Failure(reason: "\(error)")
        }
    }
}
