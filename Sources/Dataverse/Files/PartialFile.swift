import Foundation

/// A file that is being written: it appears under its name only when it is complete.
final class PartialFile {
    /// Where a file is while it is being written, and where it goes.
    struct Place: Sendable, Hashable {
        let path: String
        let partialPath: String

        /// An error that speaks of the file by the name that it will have.
        func naming(_ error: DataverseError) -> DataverseError {
            guard error.message.contains(partialPath) else { return error }
            return DataverseError(error.kind, error.message.replacing(partialPath, with: path))
        }
    }

    let place: Place
    private let file: FileWriter
    private var isComplete = false

    /// - Parameters:
    ///   - path: where the complete file goes; a file that is there is replaced.
    ///   - isPrivate: whether only its owner may read it.
    init(path: String, isPrivate: Bool = false) throws(DataverseError) {
        place = Place(path: path, partialPath: "\(path).\(UUID().guid).partial")
        guard Self.create(place.partialPath, isPrivate: isPrivate), let file = try? FileWriter(path: place.partialPath)
        else {
            throw DataverseError(
                .invalidRequest,
                "The file “\(path)” cannot be written. Check that its folder exists and may be written to."
            )
        }
        self.file = file
    }

    private static func create(_ path: String, isPrivate: Bool) -> Bool {
        guard isPrivate else { return FileManager.default.createFile(atPath: path, contents: nil) }
        // Private from the beginning, and never a file or link that somebody else has put there.
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        return descriptor >= 0 && close(descriptor) == 0
    }

    deinit {
        if !isComplete { try? FileManager.default.removeItem(atPath: place.partialPath) }
    }

    /// Writes bytes at their place; none are fine.
    func write(_ bytes: [UInt8], at offset: Int64) throws(DataverseError) {
        do throws(FileWriter.Failure) {
            // The bytes are valid in the closure, and not used after it.
            try bytes.withUnsafeBufferPointer { bytes throws(FileWriter.Failure) in
                try file.write(UnsafeRawBufferPointer(bytes), at: offset)
            }
        } catch {
            throw unwritable(error.reason)
        }
    }

    /// Gives the file its name.
    ///
    /// - Parameter size: the number of its bytes; a piece that was written and then given up may have left more.
    func complete(size: Int64) throws(DataverseError) {
        do throws(FileWriter.Failure) {
            try file.close(at: size)
        } catch {
            throw unwritable(error.reason)
        }
        // Unlike FileManager's functions this takes the place of a file that is there, in one step.
        guard rename(place.partialPath, place.path) == 0 else { throw unwritable(String(cString: strerror(errno))) }
        isComplete = true
    }

    private func unwritable(_ reason: String) -> DataverseError {
        DataverseError(.invalidRequest, "The file “\(place.path)” cannot be written: \(reason)")
    }
}
