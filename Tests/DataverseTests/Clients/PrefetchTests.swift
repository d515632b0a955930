import ContosoBindings
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Answers with pages that name the next one, waits before it answers, and notes what was asked for.
private final class PageTransport: AsyncTransport {
    private let state = Mutex((asked: [String](), failures: 0))
    private let pageCount: Int
    private let delay: Duration

    init(pages: Int, delay: Duration = .zero) {
        pageCount = pages
        self.delay = delay
    }

    var asked: Int { state.withLock(\.asked.count) }
    func failNext() { state.withLock { $0.failures = 1 } }

    func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        let (page, fails) = state.withLock { state in
            state.asked.append(exchange.url)
            defer { state.failures = 0 }
            return (
                exchange.url.split(separator: "page=").dropFirst().first.flatMap { Int($0) } ?? 1, state.failures > 0
            )
        }
        guard (try? await Task.sleep(for: delay)) != nil else {
            throw TransportError(.cancelled, message: "cancelled", mayHaveBeenProcessed: true)
        }
        if fails { return HTTPReply(status: .badRequest) }
        let link =
            page < pageCount
            ? #","@odata.nextLink":"https://contoso.example/api/data/v9.2/accounts?page=\#(page + 1)""# : ""
        return HTTPReply(status: .ok, body: Array(#"{"value":[{"name":"\#(page)"}]\#(link)}"#.utf8))
    }
}

@Suite("Reading pages ahead")
struct PrefetchTests {
    private func query(_ transport: PageTransport) throws -> AsyncEntitySetQuery<Account> {
        try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport
        ).accounts.query
    }

    private func wait(until isTrue: () -> Bool) async throws {
        for _ in 0..<30_000 where !isTrue() { try await Task.sleep(for: .milliseconds(1)) }
    }

    @Test("the next page is read while this one is used, and no more than that", arguments: [false, true])
    func ahead(isPrefetching: Bool) async throws {
        let transport = PageTransport(pages: 3)
        var pages = try query(transport).pages(prefetching: isPrefetching).makeAsyncIterator()
        #expect(transport.asked == 0)
        for number in 1...3 {
            #expect(try await pages.next()?.rows.map(\.name) == ["\(number)"])
            let expected = isPrefetching ? min(number + 1, 3) : number
            try await wait { transport.asked == expected }
            try await Task.sleep(for: .milliseconds(10))
            #expect(transport.asked == expected)
        }
        #expect(try await pages.next() == nil)
        #expect(transport.asked == 3)
    }

    @Test("rows come in order, all of them")
    func rows() async throws {
        var names: [String] = []
        for try await row in try query(PageTransport(pages: 20)).rows(prefetching: true) {
            names.append(row.name ?? "")
        }
        #expect(names == (1...20).map { "\($0)" })
    }

    @Test("an error of a page comes when the page is asked for, and the page can be read again")
    func failure() async throws {
        let transport = PageTransport(pages: 2, delay: .milliseconds(20))
        var pages = try query(transport).pages(prefetching: true).makeAsyncIterator()
        #expect(try await pages.next() != nil)
        transport.failNext()
        await #expect(throws: DataverseError.self) { try await pages.next() }
        #expect(try await pages.next()?.rows.map(\.name) == ["2"])
        #expect(try await pages.next() == nil)
    }

    @Test("who stops early or is cancelled leaves nothing behind")
    func cancellation() async throws {
        let transport = PageTransport(pages: 5, delay: .milliseconds(50))
        let query = try query(transport)
        for try await _ in query.pages(prefetching: true) { break }
        let task = Task {
            for try await _ in query.pages(prefetching: true) { try await Task.sleep(for: .seconds(600)) }
        }
        try await wait { transport.asked >= 3 }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
    }
}
