import CSDL
import Foundation

/// Writes the files that a user names.
enum OutputFile {
    /// Writes a file in one step, so that no half of it is ever seen.
    static func write(_ text: Data, to file: String) throws(CommandFailure) {
        do {
            try text.write(to: URL(filePath: file), options: .atomic)
        } catch {
            let folder = URL(filePath: file).deletingLastPathComponent().path
            let reason =
                FileManager.default.fileExists(atPath: folder)
                ? error.localizedDescription : "there is no folder '\(folder)'; make it first"
            throw CommandFailure(
                code: CommandFailure.failed,
                diagnostics: [Diagnostic(.error, "it cannot be written: \(reason)", file: file)]
            )
        }
    }
}
