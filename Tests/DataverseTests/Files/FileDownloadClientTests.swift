import DataverseCurl
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

@Suite("Downloads to a path, over HTTP")
struct FileDownloadClientTests {
    private typealias Step = ScriptedServer.Step

    private static let location = FileLocation(
        table: "new_Product",
        row: UUID(uuidString: "5a1b2c3d-0000-4000-8000-00000000000f")!,
        column: "new_X"
    )
    private static let chunk = Int(CallContext.pieceLength)
    /// Three chunks, the last one shorter.
    private static let content = (0..<(2 * chunk + 12_345)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("copy")
    }

    // MARK: The service

    /// A service with one file.
    ///
    /// - Parameter fault: what happens instead, by the number of the chunk and of the request for it, both from 0 on.
    private func service(_ fault: @escaping @Sendable (Int, Int) -> [Step]? = { _, _ in nil }) throws -> ScriptedServer
    {
        let counts = Mutex<[Int: Int]>([:])
        return try ScriptedServer { request in
            guard request.target.contains("$value") else { return [.reply(MetadataFixtures.tableFound)] }
            let first = request.values(of: "Range").first?.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0
            let chunk = first / Self.chunk
            let attempt = counts.withLock { counts in
                defer { counts[chunk, default: 0] += 1 }
                return counts[chunk, default: 0]
            }
            return fault(chunk, attempt) ?? Self.part(Self.content, first)
        }
    }

    /// The head of a reply with a part of a file, and its bytes.
    private static func part(_ content: [UInt8], _ first: Int, _ count: Int? = nil) -> [Step] {
        let end = min(content.count, first + chunk)
        let head = """
            HTTP/1.1 206 Partial Content\r\nContent-Length: \(end - first)\r\n\
            Content-Range: bytes \(first)-\(end - 1)/\(content.count)\r\nx-ms-file-name: f\r\n\r\n
            """
        return [.send(head), .send(Array(content[first..<(first + (count ?? end - first))]))]
    }

    private func download(
        from server: ScriptedServer,
        through kind: TransportKind,
        to path: String? = nil,
        observers: [any CallObserver] = []
    ) async throws -> FileDetails? {
        let transport = kind.make().transport
        let configuration = ClientConfiguration(retry: RetryPolicy(baseDelay: .milliseconds(1)))
        let path = path ?? self.path
        if !kind.isBlocking {
            return try await AsyncDataverseClient(
                environment: server.url,
                credential: StaticTokenCredential("t"),
                configuration: configuration,
                transport: transport,
                observers: observers
            ).files.download(Self.location, to: path)
        }
        let client = try DataverseClient(
            environment: server.url,
            credential: StaticTokenCredential("t"),
            configuration: configuration,
            transport: transport,
            observers: observers
        )
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try client.files.download(Self.location, to: path) })
            }
        }
    }

    private func contents() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }

    private func failure(_ body: () async throws -> FileDetails?) async -> DataverseError? {
        await #expect(throws: DataverseError.self) { try await body() }
    }

    // MARK: Tests

    @Test(
        "a file of several chunks is the same afterwards, and takes the place of what was there",
        arguments: TransportKind.allCases
    )
    func whole(kind: TransportKind) async throws {
        _ = try folder.write([UInt8](repeating: 1, count: 20 << 20), to: "copy")
        let server = try service()
        defer { server.stop() }
        let details = try await download(from: server, through: kind)
        #expect(details?.name == "f")
        #expect(details?.size == Int64(Self.content.count))
        #expect(try contents() == Self.content)
        #expect(try folder.names() == ["copy"])
        #expect(server.requests.flatMap { $0.values(of: "Range") }.count == 3)
    }

    @Test("chunks that fail in any way are read again", arguments: TransportKind.curl, 0..<3)
    func repeated(kind: TransportKind, chunk: Int) async throws {
        let server = try service { number, attempt in
            guard number == chunk, attempt < 4 else { return nil }
            // What was received is not what comes in the end.
            let wrong = [UInt8](repeating: 7, count: Self.content.count)
            switch attempt {
            case 0: return Self.part(wrong, number * Self.chunk, 10_000) + [.close]
            case 1: return Self.part(wrong, number * Self.chunk, 12_000) + [.pause(.milliseconds(20)), .reset]
            case 2: return [.reply(String(repeating: "busy", count: 100_000), status: "503 Busy")]
            default: return [.reset]
            }
        }
        defer { server.stop() }
        #expect(try await download(from: server, through: kind)?.size == Int64(Self.content.count))
        #expect(try contents() == Self.content)
        #expect(try folder.names() == ["copy"])
    }

    @Test(
        "nothing is left of a longer file that was replaced while its first chunk came",
        arguments: TransportKind.curl
    )
    func replaced(kind: TransportKind) async throws {
        let short = Array("hello".utf8)
        let server = try service { _, attempt in
            attempt == 0 ? Self.part(Self.content, 0, 3_000_000) + [.close] : Self.part(short, 0)
        }
        defer { server.stop() }
        #expect(try await download(from: server, through: kind)?.size == 5)
        #expect(try contents() == short)
    }

    @Test("a service that knows no ranges sends the whole file", arguments: TransportKind.allCases)
    func noRanges(kind: TransportKind) async throws {
        let server = try service { _, _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.content.count)\r\n\r\n"), .send(Self.content)]
        }
        defer { server.stop() }
        #expect(try await download(from: server, through: kind)?.size == Int64(Self.content.count))
        #expect(try contents() == Self.content)
    }

    @Test(
        "where there is no file, there is none afterwards",
        arguments: TransportKind.allCases,
        ["204 No Content", "404 Not Found", "416 Range Not Satisfiable", "403 Forbidden"]
    )
    func none(kind: TransportKind, status: String) async throws {
        let server = try service { _, _ in
            status.hasPrefix("204") ? [.send("HTTP/1.1 \(status)\r\n\r\n")] : [.reply("{}", status: status)]
        }
        defer { server.stop() }
        if status.hasPrefix("403") {
            let error = await failure { try await download(from: server, through: kind) }
            #expect(error?.kind == .forbidden)
        } else {
            #expect(try await download(from: server, through: kind) == nil)
        }
        #expect(try folder.names() == [])
    }

    @Test("a part of the wrong length is an error", arguments: TransportKind.allCases)
    func tooLong(kind: TransportKind) async throws {
        let server = try service { _, _ in
            [.reply("hello", status: "206 Partial Content", headers: "Content-Range: bytes 0-2/3\r\n")]
        }
        defer { server.stop() }
        let error = await failure { try await download(from: server, through: kind) }
        #expect(error?.kind == .unexpectedReply)
        #expect(try folder.names() == [])
    }

    @Test("a path that cannot be written is an error before anything is read", arguments: TransportKind.allCases)
    func unwritable(kind: TransportKind) async throws {
        let server = try service()
        defer { server.stop() }
        let path = folder.path("none/copy")
        let error = await failure { try await download(from: server, through: kind, to: path) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.message.contains("“\(path)” cannot be written") == true)
        #expect(server.requests.isEmpty)
    }

    @Test("a file that cannot be written any more ends the download", arguments: TransportKind.curl)
    func lost(kind: TransportKind) async throws {
        let server = try service { [folder] number, _ in
            // Somebody tidies up.
            if number == 1, let partial = try? folder.names().first {
                try? FileManager.default.removeItem(atPath: folder.path(partial))
            }
            return nil
        }
        defer { server.stop() }
        let error = await failure { try await download(from: server, through: kind) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.message == "The file “\(path)” cannot be written: \(String(cString: strerror(ENOENT)))")
        #expect(try folder.names() == [])
    }

    @Test("cancelling leaves nothing behind", arguments: [TransportKind.asyncCurl, .asyncURLSession])
    func cancelled(kind: TransportKind) async throws {
        let hasBegun = Mutex(false)
        let server = try service { number, _ in
            guard number == 1 else { return nil }
            hasBegun.withLock { $0 = true }
            return Self.part(Self.content, Self.chunk, 1_000_000) + [.pause(.seconds(600))]
        }
        defer { server.stop() }
        let task = Task { try await download(from: server, through: kind) }
        while !hasBegun.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(2)) }
        try await Task.sleep(for: .milliseconds(50))
        #expect(try folder.names().count == 1)
        task.cancel()
        let result = await task.result
        #expect((result.failure as? DataverseError)?.kind == .cancelled)
        #expect(try folder.names() == [])
    }

    @Test("observers see the bodies", arguments: TransportKind.allCases)
    func observed(kind: TransportKind) async throws {
        let recorder = HARRecorder()
        let server = try service()
        defer { server.stop() }
        #expect(try await download(from: server, through: kind, observers: [recorder])?.name == "f")
        #expect(try contents() == Self.content)
        let log = try JSONReader.value(from: recorder.bytes()).objectValue?["log"]?.objectValue
        let sizes = log?["entries"]?.arrayValue?.map { $0.objectValue?["response"]?.objectValue?["bodySize"] } ?? []
        #expect(sizes.dropFirst() == [.integer(4 << 20), .integer(4 << 20), 12_345])
    }

    @Test("the transport is asked for a file only where nobody observes, and only by a download to a path")
    func destinations() throws {
        let definition = ScriptedTransport.Outcome.json(MetadataFixtures.tableFound)
        let parts: [ScriptedTransport.Outcome] = [
            .reply(206, [.contentRange: "bytes 0-1/4"], "ab"), .reply(206, [.contentRange: "bytes 2-3/4"], "cd"),
        ]
        let inMemory = ScriptedTransport([definition] + parts + parts + parts)
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: inMemory
        )
        try client.files.download(Self.location, to: path)
        #expect(inMemory.exchanges.map(\.destination?.offset) == [nil, 0, 2])
        #expect(try contents() == Array("abcd".utf8))
        var pieces = client.files.pieces(of: Self.location)
        while try pieces.next() != nil {}
        for range in [0..<2, 2..<4] as [Range<Int64>] { _ = try client.files.download(Self.location, range: range) }
        #expect(inMemory.exchanges.dropFirst(3).allSatisfy { $0.destination == nil })

        let observed = ScriptedTransport([definition] + parts)
        let observedClient = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: observed,
            observers: [EventLog()]
        )
        try observedClient.files.download(Self.location, to: path)
        #expect(observed.exchanges.count == 3)
        #expect(observed.exchanges.allSatisfy { $0.destination == nil })
    }

    @Test("what a transport says that it has written is checked like bytes", arguments: [0, 4, -1] as [Int64])
    func nonsense(count: Int64) throws {
        for status in [HTTPResponse.Status.partialContent, .ok] where status == .partialContent || count != 0 {
            let reply = HTTPReply(status: status, headers: [.contentRange: "bytes 0-2/3"], bytesInFile: count)
            let client = try DataverseClient(
                environment: "https://contoso.example",
                credential: StaticTokenCredential("t"),
                transport: ScriptedTransport([.json(MetadataFixtures.tableFound), .success(reply)])
            )
            let error = #expect(throws: DataverseError.self) { try client.files.download(Self.location, to: path) }
            #expect(error?.kind == .unexpectedReply)
            #expect(try folder.names() == [])
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
