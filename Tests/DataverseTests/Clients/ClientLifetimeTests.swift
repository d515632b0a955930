import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Counts exchanges and closings.
private final class CountingTransport: BlockingTransport, AsyncTransport {
    private let state = Mutex<(exchanges: [HTTPExchange], closings: Int)>(([], 0))

    var exchanges: [HTTPExchange] { state.withLock(\.exchanges) }
    var closings: Int { state.withLock(\.closings) }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        state.withLock { $0.exchanges.append(exchange) }
        return HTTPReply(status: .noContent)
    }

    func close() { state.withLock { $0.closings += 1 } }
    func shutDown() async { close() }
}

@Suite("The life of a client")
struct ClientLifetimeTests {
    private struct Failure: Error {}
    private let transport = CountingTransport()

    private func client() throws -> DataverseClient {
        try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport
        )
    }

    private func asyncClient() throws -> AsyncDataverseClient {
        try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport
        )
    }

    @Test("a client with options shares what it was made from, and leaves it as it was")
    func options() async throws {
        let client = try client()
        let other = client.with { $0.bypassesFlows = true }
        let third = other.with { $0.detectsDuplicates = true }
        let asyncOther = try asyncClient().with { $0.bypassesFlows = true }
        _ = try client.send(ServiceRequest(.get, "a"))
        _ = try other.send(ServiceRequest(.get, "a"))
        _ = try third.send(ServiceRequest(.get, "a"))
        _ = try await asyncOther.send(ServiceRequest(.get, "a"))
        #expect(transport.exchanges.map { $0.headers[.suppressCallbackJob] } == [nil, "true", "true", "true"])
        #expect(transport.exchanges.map { $0.headers[.suppressDuplicateDetection] } == [nil, nil, "false", nil])
        #expect(other.context.tables === client.context.tables)
    }

    @Test("after closing, calls fail with what to do, also those of clients made from it")
    func closing() async throws {
        let client = try client()
        let other = client.with { $0.bypassesFlows = true }
        client.context.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
        client.close()
        client.close()
        other.close()
        #expect(transport.closings == 1)
        #expect(client.context.tables.entry(for: "account") == nil)
        for client in [client, other] {
            let error = try #require(throws: DataverseError.self) { try client.send(ServiceRequest(.get, "a")) }
            #expect(error.kind == .closed)
            #expect(error.suggestion != nil)
        }
        let asyncClient = try asyncClient()
        await asyncClient.close()
        await #expect(throws: DataverseError.self) { try await asyncClient.send(ServiceRequest(.get, "a")) }
        #expect(transport.closings == 2)
        #expect(transport.exchanges.isEmpty)
    }

    @Test("a scope closes its client whatever happens")
    func scope() async throws {
        let credential = StaticTokenCredential("t")
        let url = "https://contoso.example"
        let status = try DataverseClient.withClient(environment: url, credential: credential, transport: transport) {
            try $0.send(ServiceRequest(.get, "a")).status
        }
        #expect(status == .noContent)
        #expect(throws: Failure.self) {
            try DataverseClient.withClient(environment: url, credential: credential, transport: transport) { _ in
                throw Failure()
            }
        }
        let other = try await AsyncDataverseClient.withClient(
            environment: url,
            credential: credential,
            transport: transport
        ) {
            try await $0.send(ServiceRequest(.get, "a")).status
        }
        #expect(other == .noContent)
        await #expect(throws: Failure.self) { try await asyncClient().closing { _ in throw Failure() } }
        #expect(transport.closings == 4)
    }

    @Test("a transport on URLSession that was closed refuses, and does not crash")
    func urlSession() async throws {
        let transport = URLSessionTransport()
        transport.close()
        await transport.shutDown()
        let exchange = HTTPExchange(method: .get, url: "https://contoso.example")
        #expect(throws: TransportError.self) { () throws in try transport.perform(exchange) as HTTPReply }
    }
}
