import Foundation

/// The reference documents that tests use where they are present; they are not part of the package.
public enum SharedFiles {
    /// A file or folder below `DATAVERSE_SHARED` (default: `../shared` beside the package), or `nil` where it is missing.
    public static func url(_ path: String) -> URL? {
        let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let root =
            ProcessInfo.processInfo.environment["DATAVERSE_SHARED"].map { URL(filePath: $0, relativeTo: packageRoot) }
            ?? packageRoot.appending(path: "../shared")
        let url = root.appending(path: path).standardizedFileURL
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }
}
