import Foundation

/// A file that is being written: it appears under its name only when it is complete.
final class PartialFile {
    private let path: String
    private let partialPath: String
    private let file: FileHandle
    private var isComplete = false

    /// - Parameter path: where the complete file goes; a file that is there is replaced.
    init(path: String) throws(DataverseError) {
        self.path = path
        partialPath = "\(path).\(UUID().guid).partial"
        guard FileManager.default.createFile(atPath: partialPath, contents: nil),
            let file = FileHandle(forWritingAtPath: partialPath)
        else {
            throw DataverseError(
                .invalidRequest,
                "The file “\(path)” cannot be written. Check that its folder exists and may be written to."
            )
        }
        self.file = file
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
