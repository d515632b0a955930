/// What is uploaded: a name, and bytes or where they are.
struct FileContent: Sendable, Hashable {
    /// Where the bytes are.
    enum Source: Sendable, Hashable {
        case bytes([UInt8])
        case file(path: String, size: Int64)
    }

    let name: String
    let source: Source

    /// The number of bytes.
    var size: Int64 {
        switch source {
        case .bytes(let bytes): Int64(bytes.count)
        case .file(_, let size): size
        }
    }

    /// A part of the bytes as the body of an exchange.
    func part(_ range: Range<Int64>) -> HTTPBody {
        switch source {
        case .bytes(let bytes): .bytes(Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)]))
        case .file(let path, _): .file(path: path, offset: range.lowerBound, length: Int64(range.count))
        }
    }
}
