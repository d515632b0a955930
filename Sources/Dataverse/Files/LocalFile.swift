import Foundation

/// Files of this machine, as the clients see them; operations know only their paths and sizes.
enum LocalFile {
    /// The number of bytes of a file, or `nil` if there is no regular file.
    static func size(atPath path: String) -> Int64? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved(path)),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return (attributes[.size] as? NSNumber)?.int64Value
    }

    /// A file as what is uploaded.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - name: its name in the service; `nil` for the last part of the path.
    static func content(atPath path: String, named name: String?) throws(DataverseError) -> FileContent {
        guard let size = size(atPath: path) else {
            throw DataverseError(.invalidRequest, "There is no file at “\(path)”. Check the path.")
        }
        let ownName = path.split(separator: "/").last.map(String.init) ?? path
        return FileContent(name: name ?? ownName, source: .file(path: path, size: size))
    }

    private static func resolved(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
}
