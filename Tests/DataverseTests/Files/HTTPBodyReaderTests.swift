import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("Reading bodies from memory and from files")
struct HTTPBodyReaderTests {
    private func read(_ body: HTTPBody, upTo count: Int) throws -> (bytes: [UInt8], longest: Int) {
        var reader = HTTPBodyReader(body)
        var bytes: [UInt8] = []
        var longest = 0
        while let piece = try reader.next(upTo: count) {
            #expect(!piece.isEmpty)
            longest = max(longest, piece.count)
            bytes += piece
        }
        return (bytes, longest)
    }

    @Test("any body in pieces of any size has the same bytes, as many as it says")
    func random() throws {
        var random = SeededGenerator(seed: 4)
        let folder = try TemporaryFolder()
        let content = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let path = try folder.write(content, to: "content")

        func make(depth: Int) -> (body: HTTPBody, bytes: [UInt8]) {
            switch Int.random(in: 0..<(depth > 0 ? 4 : 2), using: &random) {
            case 0:
                let bytes = Array(content.prefix(Int.random(in: 0..<50, using: &random)))
                return (.bytes(bytes), bytes)
            case 1:
                let start = Int.random(in: 0..<content.count, using: &random)
                let length = Int.random(in: 0..<min(500, content.count - start + 1), using: &random)
                return (
                    .file(path: path, offset: Int64(start), length: Int64(length)),
                    Array(content[start..<(start + length)])
                )
            case 2:
                let (body, bytes) = make(depth: depth - 1)
                return (.base64(body), Array(Data(bytes).base64EncodedString().utf8))
            default:
                let parts = (0..<Int.random(in: 0..<4, using: &random)).map { _ in make(depth: depth - 1) }
                return (.sequence(parts.map(\.body)), parts.flatMap(\.bytes))
            }
        }

        for _ in 0..<300 {
            let (body, bytes) = make(depth: 3)
            let count = Int.random(in: 1..<700, using: &random)
            let (read, longest) = try read(body, upTo: count)
            #expect(read == bytes, "\(body.length) bytes in pieces of \(count)")
            #expect(longest <= count)
            #expect(body.length == Int64(bytes.count))
        }
    }

    @Test("a file that is missing or too short is said to be so")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "short")
        for body in [
            HTTPBody.file(path: folder.path("none"), offset: 0, length: 1), .file(path: path, offset: 0, length: 4),
            .base64(.file(path: path, offset: 2, length: 2)),
        ] {
            let error = #expect(throws: TransportError.self) { try read(body, upTo: 8) }
            #expect(error?.kind == .unreadableBody)
        }
    }

    @Test("a whole file is left to the session; parts come into memory")
    func sessionBody() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "f")
        guard case .file(let url) = try URLSessionBody(.file(path: path, offset: 0, length: 3)) else {
            return #expect(Bool(false), "must be a file")
        }
        #expect(url.path == path)
        guard case .data(let data?) = try URLSessionBody(.file(path: path, offset: 1, length: 2)) else {
            return #expect(Bool(false), "must be data")
        }
        #expect([UInt8](data) == [2, 3])
        guard case .data(nil) = try URLSessionBody(nil) else { return #expect(Bool(false), "must be nothing") }
    }

    @Test("a file appears under its name only when it is complete")
    func partialFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([9], to: "f")
        do {
            let file = try PartialFile(path: path)
            try file.write([1, 2], at: 0)
        }
        #expect(try folder.names() == ["f"])
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([9]))
        let file = try PartialFile(path: path)
        // A piece that comes once more takes the place of what came of it before.
        try file.write([1, 2], at: 0)
        try file.write([8, 8, 8, 8], at: 2)
        try file.write([3], at: 2)
        try file.write([], at: 3)
        try file.complete(size: 3)
        #expect(try folder.names() == ["f"])
        #expect(try Data(contentsOf: URL(filePath: path)) == Data([1, 2, 3]))
        let error = #expect(throws: DataverseError.self) { try PartialFile(path: folder.path("none/f")) }
        #expect(error?.kind == .invalidRequest)
    }

    @Test("a file to upload is named after its path; a folder is no file")
    func localFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write([1, 2, 3], to: "résumé.pdf")
        let content = try LocalFile.content(atPath: path, named: nil)
        #expect(content.name == "résumé.pdf")
        #expect(content.size == 3)
        #expect(try LocalFile.content(atPath: path, named: "other").name == "other")
        for path in [folder.path("none"), folder.path("")] {
            let error = #expect(throws: DataverseError.self) { try LocalFile.content(atPath: path, named: nil) }
            #expect(error?.kind == .invalidRequest)
        }
    }
}

/// A folder that goes away with the test.
final class TemporaryFolder: Sendable {
    private let url = FileManager.default.temporaryDirectory.appending(path: "dataverse-\(UUID().guid)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }
}
