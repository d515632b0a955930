import Foundation

/// A file that is being written: it appears under its name only when it is complete.
final class PartialFile {
    private let path: String
    private let partialPath: String
    private let file: FileHandle
    private var isComplete = false

    /// - Parameters:
    ///   - path: where the complete file goes; a file that is there is replaced.
    ///   - isPrivate: whether only its owner may read it.
    init(path: String, isPrivate: Bool = false) throws(DataverseError) {
        self.path = path
        partialPath = "\(path).\(UUID().guid).partial"
        guard Self.create(partialPath, isPrivate: isPrivate), let file = FileHandle(forWritingAtPath: partialPath)
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
        if !isComplete { try? FileManager.default.removeItem(atPath: partialPath) }
    }

    func append(_ bytes: [UInt8]) throws(DataverseError) {
        do {
            try file.write(contentsOf: bytes)
        } catch {
            throw unwritable("\(error)")
        }
    }

    /// Gives the file its name.
    func complete() throws(DataverseError) {
        do {
            try file.close()
        } catch {
            throw unwritable("\(error)")
        }
        // Unlike FileManager's functions this takes the place of a file that is there, in one step.
        guard rename(partialPath, path) == 0 else { throw unwritable(String(cString: strerror(errno))) }
        isComplete = true
    }

    private func unwritable(_ reason: String) -> DataverseError {
        DataverseError(.invalidRequest, "The file “\(path)” cannot be written: \(reason)")
    }
}
