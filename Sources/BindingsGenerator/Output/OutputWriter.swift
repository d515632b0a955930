import CSDL
import Foundation

/// Writes generated files into a folder.
///
/// A file whose text is the same is not touched, so that an incremental build compiles only what changed. Files of an
/// earlier run that are not generated any more are removed; they are known by their first line.
public struct OutputWriter: Sendable {
    /// What was done.
    public struct Report: Sendable, Hashable {
        /// The names of the files that were written.
        public var written: [String] = []
        /// How many files had the right text already.
        public var unchanged = 0
        /// The names of the files that were removed.
        public var removed: [String] = []
    }

    /// The folder.
    public let folder: String

    /// - Parameter folder: The path of the folder; made where it does not exist.
    public init(folder: String) {
        self.folder = folder
    }

    /// Writes files and removes stale ones.
    ///
    /// - Throws: ``GeneratorError`` where the folder or a file cannot be written.
    public func write(_ files: [GeneratedFile]) throws(GeneratorError) -> Report {
        var report = Report()
        try perform(on: folder) {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        for file in files {
            guard OutputWriter.isSafe(file.name) else {
                throw GeneratorError(.failed, [Diagnostic(.error, "'\(file.name)' is not a name for a file")])
            }
            let path = folder + "/" + file.name
            let bytes = Data(file.text.utf8)
            if FileManager.default.contents(atPath: path) == bytes {
                report.unchanged += 1
            } else {
                try perform(on: path) { try bytes.write(to: URL(fileURLWithPath: path), options: .atomic) }
                report.written.append(file.name)
            }
        }
        report.removed = try removeStaleFiles(keeping: Set(files.map(\.name)))
        return report
    }

    private func removeStaleFiles(keeping names: Set<String>) throws(GeneratorError) -> [String] {
        let present = try perform(on: folder) { try FileManager.default.contentsOfDirectory(atPath: folder) }
        var removed: [String] = []
        for name in present.sorted() where name.hasSuffix(".swift") && !names.contains(name) {
            let path = folder + "/" + name
            guard OutputWriter.isGenerated(path) else { continue }
            try perform(on: path) { try FileManager.default.removeItem(atPath: path) }
            removed.append(name)
        }
        return removed
    }

    /// Whether a file begins like a generated one. A symbolic link does not count, wherever it leads.
    private static func isGenerated(_ path: String) -> Bool {
        let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        guard type == .typeRegular, let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let marker = Data(GeneratedFile.marker.utf8)
        return (try? file.read(upToCount: marker.count)) == marker
    }

    /// Whether a name stays inside the folder: one path component of identifier characters, ending in `.swift`.
    static func isSafe(_ name: String) -> Bool {
        guard name.hasSuffix(".swift") else { return false }
        let base = name.dropLast(".swift".count)
        return !base.isEmpty && base.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" || $0 == "-" }
    }

    private func perform<Value>(on path: String, _ work: () throws -> Value) throws(GeneratorError) -> Value {
        do {
            return try work()
        } catch {
            let reason = (error as? CocoaError).map(OutputWriter.reason) ?? "\(error)"
            throw GeneratorError(.failed, [Diagnostic(.error, "cannot be written: \(reason)", file: path)])
        }
    }

    private static func reason(_ error: CocoaError) -> String {
        switch error.code {
        case .fileWriteNoPermission, .fileReadNoPermission: "permission denied"
        case .fileWriteOutOfSpace: "the disk is full"
        case .fileWriteVolumeReadOnly: "the volume is read-only"
        case .fileWriteFileExists: "there is a file where a folder is needed"
        case .fileNoSuchFile, .fileReadNoSuchFile: "there is no such folder"
        default: error.localizedDescription
        }
    }
}
