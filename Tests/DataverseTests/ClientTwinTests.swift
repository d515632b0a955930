import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Answers exchanges from a list, for both clients, and remembers them.
final class ListTransport: BlockingTransport, AsyncTransport {
    private let state: Mutex<(replies: [HTTPReply], exchanges: [HTTPExchange])>

    init(_ replies: [HTTPReply]) { state = Mutex((replies, [])) }

    var exchanges: [HTTPExchange] {
        state.withLock { state in
            state.exchanges.map { exchange in
                var exchange = exchange
                exchange.headers[.clientRequestID] = nil
                exchange.headers[.correlationID] = nil
                return exchange
            }
        }
    }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        let reply = state.withLock { state in
            state.exchanges.append(exchange)
            return state.replies.isEmpty ? nil : state.replies.removeFirst()
        }
        guard let reply else { throw TransportError(.other, message: "no reply left", mayHaveBeenProcessed: true) }
        return reply
    }
}

@Suite("Both clients do the same about tables and files")
struct ClientTwinTests {
    private static let id = "5a1b2c3d-0000-4000-8000-00000000000f"

    private func reply(_ status: Int, _ headers: HTTPFields = [:], _ body: String = "") -> HTTPReply {
        HTTPReply(status: .init(code: status), headers: headers, body: Array(body.utf8))
    }

    @Test("the same calls make the same exchanges and give the same results")
    func twins() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("hello yo".utf8), to: "f.txt")
        let location = FileLocation(
            table: "new_Product",
            row: try #require(UUID(uuidString: Self.id)),
            column: "new_X"
        )
        let found = reply(200, [:], MetadataFixtures.tableFound)
        let none = reply(200, [:], MetadataFixtures.nothingFound)
        let replies = [
            none, reply(204), found, found, reply(204), found, reply(404), found, reply(204),
            reply(206, [.fileSize: "8", .fileName: "f"], "hello"), reply(206, [.fileSize: "8"], " yo"), reply(204),
        ]
        let options = FileUploadOptions(createsMissingColumn: false)
        let table = TableDefinition("new_Product", columns: [.integer("new_Rating", in: 1...5)])

        let blocking = ListTransport(replies)
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: blocking
        )
        let created = try client.tables.create(table, solution: "Cat")
        #expect(try client.tables.addColumns([.string("new_Y")], to: "new_Product") == ["new_Y"])
        #expect(try client.tables.getColumn("new_Z", of: "new_Product") == nil)
        try client.files.upload(path, to: location, options: options)
        let details = try client.files.download(location, to: folder.path("copy"))
        try client.files.delete(location)

        let asynchronous = ListTransport(replies)
        let asyncClient = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: asynchronous
        )
        #expect(try await asyncClient.tables.create(table, solution: "Cat") == created)
        #expect(try await asyncClient.tables.addColumns([.string("new_Y")], to: "new_Product") == ["new_Y"])
        #expect(try await asyncClient.tables.getColumn("new_Z", of: "new_Product") == nil)
        try await asyncClient.files.upload(path, to: location, options: options)
        #expect(try await asyncClient.files.download(location, to: folder.path("async copy")) == details)
        try await asyncClient.files.delete(location)

        #expect(blocking.exchanges.map(\.withoutPath) == asynchronous.exchanges.map(\.withoutPath))
        #expect(blocking.exchanges.count == replies.count)
        #expect(blocking.exchanges.map(\.destination?.offset) == Array(repeating: nil, count: 9) + [0, 5, nil])
        for name in ["copy", "async copy"] {
            #expect(try String(contentsOfFile: folder.path(name), encoding: .utf8) == "hello yo")
        }
    }
}

extension HTTPExchange {
    /// The exchange without the path of a partial file, which has another name each time.
    fileprivate var withoutPath: HTTPExchange {
        var exchange = self
        exchange.destination = destination.map { FileDestination(path: "", offset: $0.offset) }
        return exchange
    }
}
