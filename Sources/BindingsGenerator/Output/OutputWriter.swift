import CSDL

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
        for file in files where !OutputWriter.isSafe(file.name) {
            throw GeneratorError(.failed, [Diagnostic(.error, "'\(file.name)' is not a name for a file")])
        }
        do throws(OutputFolder.Failure) {
            return try write(files, to: OutputFolder(path: folder))
        } catch {
            throw GeneratorError(.failed, [Diagnostic(.error, "cannot be written: \(error.reason)", file: error.path)])
        }
    }

    private func write(_ files: [GeneratedFile], to folder: OutputFolder) throws(OutputFolder.Failure) -> Report {
        var report = Report()
        try folder.create()
        for file in files {
            if folder.file(file.name, beginsWith: file.text, exactly: true) {
                report.unchanged += 1
            } else {
                try folder.write(file.text, to: file.name)
                report.written.append(file.name)
            }
        }
        let names = Set(files.map(\.name))
        for name in try folder.names().sorted() where name.hasSuffix(".swift") && !names.contains(name) {
            guard folder.file(name, beginsWith: GeneratedFile.marker, exactly: false) else { continue }
            try folder.remove(name)
            report.removed.append(name)
        }
        return report
    }

    /// Whether a name stays inside the folder: one path component of identifier characters, ending in `.swift`.
    static func isSafe(_ name: String) -> Bool {
        guard name.hasSuffix(".swift") else { return false }
        let base = name.dropLast(".swift".count)
        return !base.isEmpty && base.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" || $0 == "-" }
    }
}
