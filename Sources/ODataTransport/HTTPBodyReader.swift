import Foundation
import ODataCore

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
        var failure: TransportError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            do throws(TransportError) {
                initializedCount = try read(into: UnsafeMutableRawBufferPointer(buffer))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes.isEmpty ? nil : bytes
    }

    /// Reads the next bytes into memory of the caller.
    ///
    /// - Parameter buffer: where the bytes go; at least one fits.
    /// - Returns: how many bytes were read; zero at the end of the body.
    /// - Throws: `TransportError` of kind `TransportError.Kind.unreadableBody` if a file cannot be read, or is
    ///   shorter than the body says.
    package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(TransportError) -> Int {
        while let source = sources.popLast() {
            switch source {
            case .bytes(let bytes):
                guard !bytes.isEmpty else { continue }
                let part = bytes.prefix(buffer.count)
                buffer.copyBytes(from: part)
                sources.append(.bytes(bytes.dropFirst(part.count)))
                return part.count
            case .closed(let path, let offset, let length):
                sources.append(.open(try Self.open(path, at: offset), path: path, remaining: length))
            case .open(let file, let path, let remaining):
                guard remaining > 0 else { continue }
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(Int(clamping: remaining)))
                let count = try Self.read(file, path: path, into: part)
                sources.append(.open(file, path: path, remaining: remaining - Int64(count)))
                return count
            case .base64(var readers):
                let bytes = try readers[0].fill(max(3, buffer.count / 4 * 3))
                guard !bytes.isEmpty else { continue }
                sources.append(.base64(readers))
                sources.append(.bytes(Array(Data(bytes).base64EncodedData())[...]))
            }
        }
        return 0
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

    /// Reads with `read(2)`: Foundation would hand over a copy.
    private static func read(
        _ file: FileHandle,
        path: String,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(TransportError) -> Int {
        while true {
            // The buffer is the caller's and as long as it says, and the file is open as long as its handle lives.
            let count = Foundation.read(file.fileDescriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return count }
            if count < 0, errno == EINTR { continue }
            throw unreadable(
                count == 0
                    ? "The file “\(path)” has become shorter while it was being sent. Send it again."
                    : "The file “\(path)” cannot be read: \(String(cString: strerror(errno)))"
            )
        }
    }

    private static func unreadable(_ message: String) -> TransportError {
        TransportError(.unreadableBody, message: message, mayHaveBeenProcessed: true)
    }
}
