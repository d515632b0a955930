import AsyncHTTPClient
import Dataverse
import NIOCore
import NIOPosix

/// How many bytes of a file are in memory at a time.
private let pieceLength = 256 << 10

extension HTTPClientRequest.Body {
    /// A body for the asynchronous interface; what is in files is streamed.
    init(_ body: HTTPBody) {
        switch body {
        case .bytes(let bytes): self = .bytes(ByteBuffer(bytes: bytes))
        case .file, .base64, .sequence: self = .stream(BodyPieces(body: body), length: .known(body.length))
        }
    }
}

/// The bytes of a body, read by NIO's own threads for blocking work.
private struct BodyPieces: AsyncSequence, Sendable {
    let body: HTTPBody

    func makeAsyncIterator() -> Iterator { Iterator(reader: HTTPBodyReader(body)) }

    struct Iterator: AsyncIteratorProtocol {
        var reader: HTTPBodyReader

        mutating func next() async throws -> ByteBuffer? {
            let (bytes, next) = try await NIOThreadPool.singleton.runIfActive { [reader] in
                var reader = reader
                return (try reader.next(upTo: pieceLength), reader)
            }
            reader = next
            return bytes.map { ByteBuffer(bytes: $0) }
        }
    }
}

extension HTTPClient.Body {
    /// A body for the interface of futures; what is in files is streamed.
    init(_ body: HTTPBody) {
        switch body {
        case .bytes(let bytes):
            self = .bytes(bytes)
        case .file, .base64, .sequence:
            self = .stream(contentLength: body.length) { writer in Self.write(HTTPBodyReader(body), to: writer) }
        }
    }

    private static func write(_ reader: HTTPBodyReader, to writer: StreamWriter) -> EventLoopFuture<Void> {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        return NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            var reader = reader
            return (try reader.next(upTo: pieceLength), reader)
        }.flatMap { bytes, next in
            guard let bytes else { return eventLoop.makeSucceededVoidFuture() }
            return writer.write(.byteBuffer(ByteBuffer(bytes: bytes))).flatMap { write(next, to: writer) }
        }
    }
}
