import DataverseCurl
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Transports that can write a partial reply straight into a file")
struct TransportDestinationTests {
    private typealias Step = ScriptedServer.Step

    private let folder: TemporaryFolder
    private let path: String
    private static let before = [UInt8](repeating: 9, count: 10)

    init() throws {
        folder = try TemporaryFolder()
        path = try folder.write(Self.before, to: "f")
    }

    private func get(_ url: String, _ offset: Int64 = 4, in path: String? = nil) -> HTTPExchange {
        HTTPExchange(
            method: .get,
            url: url,
            headers: [.range: "bytes=4-"],
            timeout: .seconds(20),
            destination: HTTPExchange.FileDestination(path: path ?? self.path, offset: offset)
        )
    }

    private static func part(_ bytes: [UInt8], status: String = "206 Partial Content") -> [Step] {
        [.send("HTTP/1.1 \(status)\r\nContent-Length: \(bytes.count)\r\n\r\n"), .send(bytes)]
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    private func contents() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }

    /// The body of a reply, which must be in one place only, and everything else in the file as it was.
    private func body(of reply: HTTPReply, from kind: TransportKind) throws -> [UInt8] {
        let file = try contents()
        guard kind.isCurl else {
            #expect(reply.bytesInFile == 0)
            #expect(file == Self.before)
            return reply.body
        }
        #expect(reply.body.isEmpty)
        #expect(Array(file.prefix(4)) == Array(Self.before.prefix(4)))
        let end = 4 + Int(reply.bytesInFile)
        #expect(Array(file.dropFirst(end)) == Array(Self.before.dropFirst(end)))
        return Array(file.dropFirst(4).prefix(Int(reply.bytesInFile)))
    }

    /// How many of the process's open files are the test's.
    private func openFiles() -> Int {
        // There is no such folder but on Linux.
        let descriptors = "/proc/self/fd"
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
        return numbers.count { number in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\(number)")) == path
        }
    }

    @Test("a part goes into the file at its place", arguments: TransportKind.allCases, [1, 6, 100_000, 3_000_001])
    func part(kind: TransportKind, count: Int) async throws {
        let content = Self.bytes(count)
        let server = try ScriptedServer { _ in Self.part(content) }
        defer { server.stop() }
        let perform = kind.make()
        // The second time the part is there already.
        for _ in 0..<2 {
            let reply = try await perform(get(server.url))
            #expect(reply.status == .partialContent)
            #expect(try body(of: reply, from: kind) == content)
            // A connection, and what is kept with it, serves for other exchanges as before.
            let other = try await perform(HTTPExchange(method: .get, url: server.url))
            #expect(other.body == content && other.bytesInFile == 0)
        }
        #expect(openFiles() == 0)
    }

    @Test("so does one that comes in chunks, or compressed", arguments: TransportKind.allCases, ["chunks", "gzip"])
    func encoded(kind: TransportKind, form: String) async throws {
        let zipped = Data(base64Encoded: "H4sIAAAAAAAAA8tIzcnJVyjPL8pJAQCFEUoNCwAAAA==") ?? Data()
        let status = "HTTP/1.1 206 Partial Content\r\n"
        let server = try ScriptedServer { _ in
            if form == "chunks" {
                return [.send("\(status)Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")]
            }
            return [
                .send("\(status)Content-Encoding: gzip\r\nContent-Length: \(zipped.count)\r\n\r\n"),
                .send([UInt8](zipped)),
            ]
        }
        defer { server.stop() }
        #expect(try await body(of: kind.make()(get(server.url)), from: kind) == Array("hello world".utf8))
    }

    @Test(
        "any other reply keeps its body",
        arguments: TransportKind.allCases,
        ["200 OK", "404 Not Found", "416 Range Not Satisfiable", "500 Broken"]
    )
    func otherStatus(kind: TransportKind, status: String) async throws {
        let server = try ScriptedServer { _ in [.reply("hello world", status: status)] }
        defer { server.stop() }
        let reply = try await kind.make()(get(server.url))
        #expect(reply.bytesInFile == 0)
        #expect(reply.body == Array("hello world".utf8))
        #expect(try contents() == Self.before)
    }

    @Test("a part without bytes leaves the file as it is", arguments: TransportKind.allCases)
    func nothing(kind: TransportKind) async throws {
        let server = try ScriptedServer { _ in Self.part([]) }
        defer { server.stop() }
        let reply = try await kind.make()(get(server.url))
        #expect(reply.bytesInFile == 0 && reply.body.isEmpty)
        #expect(try contents() == Self.before)
    }

    @Test(
        "a connection that breaks in the middle is an error, and the next attempt makes the file whole",
        arguments: TransportKind.curl,
        [ScriptedServer.Step.close, .reset]
    )
    func broken(kind: TransportKind, ending: ScriptedServer.Step) async throws {
        let content = Self.bytes(500_000)
        let server = try ScriptedServer { request in
            if request.connection > 1 { return Self.part(content) }
            let wrong = [UInt8](repeating: 7, count: 300_000)
            return [
                .send("HTTP/1.1 206 Partial Content\r\nContent-Length: 500000\r\n\r\n"), .send(wrong),
                .pause(.milliseconds(50)), ending,
            ]
        }
        defer { server.stop() }
        let perform = kind.make()
        #expect(await perform.failure(get(server.url))?.kind == .connectionLost)
        #expect(openFiles() == 0)
        #expect(try await body(of: perform(get(server.url)), from: kind) == content)
    }

    @Test("what libcurl sends again on a fresh connection begins again", arguments: TransportKind.curl)
    func sentAgain(kind: TransportKind) async throws {
        let content = Self.bytes(50_000)
        let server = try ScriptedServer { request in request.number == 1 ? Self.part(content) : [.close] }
        defer { server.stop() }
        let perform = kind.make()
        for _ in 0..<3 { #expect(try await body(of: perform(get(server.url)), from: kind) == content) }
    }

    @Test("a file that cannot be written ends the exchange", arguments: TransportKind.curl, ["none", "", "/dev/full"])
    func unwritable(kind: TransportKind, name: String) async throws {
        let path = name.hasPrefix("/") ? name : folder.path(name)
        if name == "/dev/full", !FileManager.default.fileExists(atPath: name) { return }
        let content = Self.bytes(100_000)
        let server = try ScriptedServer { _ in Self.part(content) }
        defer { server.stop() }
        let perform = kind.make()
        let error = await perform.failure(get(server.url, in: path))
        #expect(error?.kind == .unwritableFile)
        #expect(error?.message.hasPrefix("The file “\(path)” cannot be written: ") == true, "\(error as Any)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
        // The transport is none the worse for it.
        #expect(try await body(of: perform(get(server.url)), from: kind) == content)
        // Places that no file has.
        for offset in [-1, Int64.max] {
            #expect(await perform.failure(get(server.url, offset))?.kind == .unwritableFile, "\(offset)")
        }
    }

    @Test("the largest size of a reply holds for files", arguments: TransportKind.curl)
    func limit(kind: TransportKind) async throws {
        let server = try ScriptedServer { request in
            Self.part(Self.bytes(request.target == "/fits" ? 100_000 : 100_001))
        }
        defer { server.stop() }
        let perform = kind.make(CurlConfiguration(maximumResponseSize: 100_000))
        #expect(try await perform(get("\(server.url)/fits")).bytesInFile == 100_000)
        let error = await perform.failure(get("\(server.url)/more"))
        #expect(error?.kind == .other)
        #expect(error?.message.contains("100000 bytes") == true)
    }

    @Test("many parts of one file at once", arguments: TransportKind.curl)
    func concurrent(kind: TransportKind) async throws {
        let content = Self.bytes(400_000)
        let server = try ScriptedServer { request in
            let offset = Int(request.target.dropFirst()) ?? 0
            return Self.part(Array(content[offset..<(offset + 10_000)]))
        }
        defer { server.stop() }
        let perform = kind.make(CurlConfiguration(maximumConnections: 8))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for offset in stride(from: 0, to: 400_000, by: 10_000) {
                group.addTask {
                    let reply = try await perform(get("\(server.url)/\(offset)", Int64(offset)))
                    #expect(reply.bytesInFile == 10_000)
                }
            }
            try await group.waitForAll()
        }
        #expect(try contents() == content)
        #expect(openFiles() == 0)
    }

    @Test("a cancelled exchange leaves the file alone", arguments: [TransportKind.asyncCurl, .asyncURLSession])
    func cancellation(kind: TransportKind) async throws {
        let server = try ScriptedServer { _ in
            let pieces = (0..<600).flatMap { _ in [Step.send([5]), .pause(.milliseconds(10))] }
            return [.send("HTTP/1.1 206 Partial Content\r\nContent-Length: 1000000\r\n\r\n")] + pieces
        }
        defer { server.stop() }
        let perform = kind.make()
        let task = Task { await perform.failure(get(server.url, 10)) }
        if kind.isCurl {
            while try contents().count < 13 { try await Task.sleep(for: .milliseconds(2)) }
        } else {
            try await Task.sleep(for: .milliseconds(100))
        }
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
        let left = try contents()
        try await Task.sleep(for: .milliseconds(100))
        #expect(try contents() == left)
        #expect(openFiles() == 0)
    }
}
