import Foundation

/// A body in the form that a URLSession takes.
///
/// A whole file is streamed by the session. A part of one is read into memory first: the operations ask for parts of
/// a few megabytes at a time.
enum URLSessionBody {
    case data(Data?)
    case file(URL)

    init(_ body: HTTPBody?) throws(TransportError) {
        switch body {
        case nil:
            self = .data(nil)
        case .bytes(let bytes):
            self = .data(Data(bytes))
        case .file(let path, 0, let length) where LocalFile.size(atPath: path) == length && length > 0:
            self = .file(URL(filePath: path))
        case .some(let body):
            var reader = HTTPBodyReader(body)
            var data = Data(capacity: Int(body.length))
            while let bytes = try reader.next(upTo: 1 << 20) { data.append(contentsOf: bytes) }
            self = .data(data)
        }
    }
}
