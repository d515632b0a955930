#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads CSDL XML documents.
///
/// ```swift
/// let (document, diagnostics) = try CSDLReader().read(contentsOfFile: "metadata.xml")
/// ```
///
/// Documents may come from anywhere: document type declarations are refused, nothing is fetched, and depth and size
/// are bounded. What the reader does not know is reported as a warning and left out.
public struct CSDLReader: Sendable {
    /// Bounds that a document must keep to.
    public struct Limits: Sendable, Hashable {
        /// The greatest size of a document in bytes.
        public var size: Int = 1 << 29
        /// How deep elements may be nested.
        public var depth: Int = 100

        /// Limits that no sensible document reaches: 512 MiB, 100 levels.
        public init() {}
    }

    /// The bounds.
    public var limits: Limits

    /// Makes a reader.
    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - name: The name of the file in diagnostics; its path where none is given.
    /// - Returns: The document, and what there is to say about it. An error among the diagnostics means that a part
    ///   of the document is wrong in itself, such as a type without a name, and was left out.
    /// - Throws: A ``Diagnostic`` where the file cannot be read or is not a CSDL XML document.
    public func read(
        contentsOfFile path: String,
        name: String? = nil
    ) throws(Diagnostic) -> (document: CSDLDocument, diagnostics: [Diagnostic]) {
        let name = name ?? path
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Diagnostic(.error, CSDLReader.reason(for: error, path: path), file: name)
        }
        return try read(data, name: name)
    }

    /// Reads a document from memory.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - name: The name of the document in diagnostics.
    /// - Returns: The document, and what there is to say about it.
    /// - Throws: A ``Diagnostic`` where the bytes are not a CSDL XML document.
    public func read(
        _ bytes: some Collection<UInt8>,
        name: String
    ) throws(Diagnostic) -> (document: CSDLDocument, diagnostics: [Diagnostic]) {
        let outcome =
            bytes.withContiguousStorageIfAvailable { parse($0, name: name) }
            ?? Array(bytes).withUnsafeBufferPointer { parse($0, name: name) }
        return try outcome.get()
    }

    private typealias Outcome = Result<(document: CSDLDocument, diagnostics: [Diagnostic]), Diagnostic>

    private func parse(_ bytes: UnsafeBufferPointer<UInt8>, name: String) -> Outcome {
        Result { () throws(Diagnostic) in
            guard bytes.count <= min(limits.size, Int(Int32.max)) else {
                throw Diagnostic(
                    .error,
                    "the document has \(bytes.count) bytes; at most \(limits.size) are read",
                    file: name
                )
            }
            guard let utf16 = UTF16Document(bytes) else {
                return try parse(utf8: bytes, encoding: nil, name: name)
            }
            let text = try utf16.utf8(sourceName: name)
            return try text.withUnsafeBufferPointerTyped { (bytes) throws(Diagnostic) in
                try parse(utf8: bytes, encoding: "UTF-8", name: name)
            }
        }
    }

    private func parse(
        utf8 bytes: UnsafeBufferPointer<UInt8>,
        encoding: String?,
        name: String
    ) throws(Diagnostic) -> (document: CSDLDocument, diagnostics: [Diagnostic]) {
        try DocumentSniffer(bytes: bytes, sourceName: name).check()
        let cursor = try XMLCursor(bytes, encoding: encoding, sourceName: name, maximumDepth: limits.depth)
        let parser = DocumentParser(cursor: cursor, sourceName: name)
        let document = try parser.document()
        return (document, parser.diagnostics + cursor.toleratedProblems)
    }

    private static func reason(for error: any Error, path: String) -> String {
        switch (error as? CocoaError)?.code {
        case .fileReadNoSuchFile?, .fileNoSuchFile?: "there is no such file"
        case .fileReadNoPermission?: "the file may not be read: permission denied"
        default:
            FileManager.default.isDirectory(path)
                ? "this is a directory, not a file" : "the file cannot be read: \(error)"
        }
    }
}

extension FileManager {
    fileprivate func isDirectory(_ path: String) -> Bool {
        var isDirectory = false
        return fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
    }
}
