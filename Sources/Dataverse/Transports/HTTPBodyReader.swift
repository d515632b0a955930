import Foundation

/// Reads the bytes of a body piece by piece, from memory and from files, so that a transport can stream it.
package struct HTTPBodyReader: Sendable {
    private enum Source: Sendable {
        case bytes(ArraySlice<UInt8>)
        case closed(path: String, offset: Int64, length: Int64)
        case open(FileHandle, path: String, remaining: Int64)
        /// An array only because a value cannot hold one of its own type.
        case base64([HTTPBodyReader])
    }

    /// What is still to be read, the next one last.
    private var sources: [Source] = []

    /// A reader at the beginning of a body. No file is opened before it is read.
    package init(_ body: HTTPBody) { push(body) }

    private mutating func push(_ body: HTTPBody) {
        switch body {
        case .bytes(let bytes): sources.append(.bytes(bytes[...]))
        case .file(let path, let offset, let length):
            sources.append(.closed(path: path, offset: offset, length: length))
        case .base64(let body): sources.append(.base64([HTTPBodyReader(body)]))
        case .sequence(let bodies): for body in bodies.reversed() { push(body) }
        }
    }

    /// Reads the next bytes, or gives `nil` at the end.
    ///
    /// - Parameter count: how many bytes at the most; at least one.
    /// - Throws: `TransportError` of kind `TransportError.Kind.unreadableBody` if a file cannot be read, or is
    ///   shorter than the body says.
    package mutating func next(upTo count: Int) throws(TransportError) -> [UInt8]? {
        while let source = sources.popLast() {
            switch source {
            case .bytes(let bytes):
                guard !bytes.isEmpty else { continue }
                sources.append(.bytes(bytes.dropFirst(count)))
                return Array(bytes.prefix(count))
            case .closed(let path, let offset, let length):
                sources.append(.open(try Self.open(path, at: offset), path: path, remaining: length))
            case .open(let file, let path, let remaining):
                guard remaining > 0 else { continue }
                let bytes = try Self.read(file, path: path, count: Int(min(Int64(count), remaining)))
                sources.append(.open(file, path: path, remaining: remaining - Int64(bytes.count)))
                return bytes
            case .base64(var readers):
                let bytes = try readers[0].fill(max(3, count / 4 * 3))
                guard !bytes.isEmpty else { continue }
                let text = Array(Data(bytes).base64EncodedData())
                sources.append(.base64(readers))
                sources.append(.bytes(text.dropFirst(count)))
                return Array(text.prefix(count))
            }
        }
        return nil
    }

    /// Reads as many bytes as are asked for; fewer only at the end.
    private mutating func fill(_ count: Int) throws(TransportError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, let next = try next(upTo: count - bytes.count) { bytes += next }
        return bytes
    }

    private static func open(_ path: String, at offset: Int64) throws(TransportError) -> FileHandle {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw unreadable("The file “\(path)” cannot be opened. Check that it exists and may be read.")
        }
        do {
            try file.seek(toOffset: UInt64(offset))
            return file
        } catch {
            throw unreadable("The file “\(path)” cannot be read: \(error)")
        }
    }

    private static func read(_ file: FileHandle, path: String, count: Int) throws(TransportError) -> [UInt8] {
        let data: Data?
        do {
            data = try file.read(upToCount: count)
        } catch {
            throw unreadable("The file “\(path)” cannot be read: \(error)")
        }
        guard let data, !data.isEmpty else {
            throw unreadable("The file “\(path)” has become shorter while it was being sent. Send it again.")
        }
        return [UInt8](data)
    }

    private static func unreadable(_ message: String) -> TransportError {
        TransportError(.unreadableBody, message: message, mayHaveBeenProcessed: true)
    }
}
