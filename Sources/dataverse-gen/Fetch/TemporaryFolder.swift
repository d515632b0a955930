import CSDL
import Foundation

/// A folder that only this user can read, and that is removed at the end.
final class TemporaryFolder {
    let url: URL

    init() throws(CommandFailure) {
        url = FileManager.default.temporaryDirectory.appending(path: "dataverse-gen-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: url,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .badInput(Diagnostic(.error, "the folder for temporary files cannot be used: \(error)"))
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
