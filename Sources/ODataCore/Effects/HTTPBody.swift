/// The bytes that an exchange sends, or where a transport finds them.
///
/// The core reads no files: it says which part of which file goes out, and the transport streams it.
public indirect enum HTTPBody: Sendable, Hashable {
    /// These bytes.
    case bytes([UInt8])
    /// A part of a file: `length` bytes from `offset` on.
    case file(path: String, offset: Int64, length: Int64)
    /// The Base64 text of another body, with padding, as JSON wants bytes (RFC 4648, section 4).
    case base64(HTTPBody)
    /// Bodies one after the other.
    case sequence([HTTPBody])

    /// The number of bytes that go out.
    public var length: Int64 {
        switch self {
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, _, let length): length
        case .base64(let body): (body.length + 2) / 3 * 4
        case .sequence(let bodies): bodies.reduce(0) { $0 + $1.length }
        }
    }

    /// The bytes, where none of them is in a file.
    public var inMemory: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }
}
