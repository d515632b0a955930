import ContosoBindings
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import Dataverse

/// What queries send and give, through both clients.
@Suite("Queries through both clients")
struct QueryClientTests {
    /// Answers with bodies from a list, and remembers the paths that were asked for.
    private final class BodyTransport: BlockingTransport, AsyncTransport {
        private let state: Mutex<(bodies: [String], targets: [String])>

        init(_ bodies: [String]) { state = Mutex((bodies, [])) }

        var targets: [String] { state.withLock { $0.targets } }

        func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
            let body = state.withLock { state in
                let target = exchange.url.components(separatedBy: "/v9.2/").last ?? ""
                state.targets.append(target.removingPercentEncoding ?? target)
                return state.bodies.isEmpty ? nil : state.bodies.removeFirst()
            }
            guard let body else { throw TransportError(.other, message: "no reply left", mayHaveBeenProcessed: true) }
            return HTTPReply(status: .ok, body: Array(body.utf8))
        }
    }

    private func run<Output: Equatable & Sendable>(
        _ bodies: [String],
        sends targets: [String],
        _ blocking: (EntitySet<Account>) throws -> Output,
        _ asynchronous: (AsyncEntitySet<Account>) async throws -> Output
    ) async throws -> Output {
        let transport = BodyTransport(bodies)
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport
        )
        let output = try blocking(client.accounts)
        #expect(transport.targets == targets)

        let asyncTransport = BodyTransport(bodies)
        let asyncClient = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: asyncTransport
        )
        #expect(try await asynchronous(asyncClient.accounts) == output)
        #expect(asyncTransport.targets == targets)
        return output
    }

    @Test("whether there is a row")
    func existence() async throws {
        let found = #"{"value":[{"accountid":"5a1b0000-0000-0000-0000-00000000000f"}]}"#
        let none = #"{"value":[]}"#
        let target = "accounts?$select=accountid&$filter=name eq 'x'&$top=1"
        let exists = try await run(
            [found, none, found],
            sends: [target, target, "accounts?$select=accountid&$top=1"]
        ) { accounts in
            let query = accounts.where { $0.name == "x" }.orderBy { $0.name.ascending }.expand { $0.primarycontactid }
            return [try query.exists(), try query.exists(), try accounts.exists()]
        } _: { accounts in
            let query = accounts.where { $0.name == "x" }.orderBy { $0.name.ascending }.expand { $0.primarycontactid }
            return [try await query.exists(), try await query.exists(), try await accounts.exists()]
        }
        #expect(exists == [true, false, true])
    }

    @Test("groups, over pages")
    func groups() async throws {
        let next = "https://contoso.example/api/data/v9.2/accounts?$skiptoken=2"
        let bodies = [
            #"{"value":[{"numberofemployees":0,"count":2,"revenue_sum":10.5}],"@odata.nextLink":"\#(next)"}"#,
            #"{"value":[{"numberofemployees":null,"count":1,"revenue_sum":null}]}"#,
        ]
        let apply =
            "accounts?$apply=filter(name ne null)/groupby((numberofemployees),"
            + "aggregate($count as count,revenue with sum as revenue_sum))&$orderby=numberofemployees asc"
        let rows = try await run(bodies, sends: [apply, "accounts?$skiptoken=2"]) { accounts in
            try accounts.where { $0.name != nil }.group(by: \.numberofemployees).aggregate(.count, .sum(\.revenue))
                .orderBy { $0.numberofemployees.ascending }.all()
                .map { "\($0.key as Any) \($0.values.0 as Any) \($0.values.1 as Any)" }
        } _: { accounts in
            try await accounts.where { $0.name != nil }.group(by: \.numberofemployees).aggregate(
                .count,
                .sum(\.revenue)
            )
            .orderBy { $0.numberofemployees.ascending }.all()
            .map { "\($0.key as Any) \($0.values.0 as Any) \($0.values.1 as Any)" }
        }
        #expect(rows == ["Optional(0) Optional(2) Optional(10.5)", "nil Optional(1) nil"])
    }

    @Test("keys of groups, and results of all rows")
    func keysAndTotals() async throws {
        let bodies = [
            #"{"value":[{"address1_city":"Oslo"},{"address1_city":null}]}"#, #"{"value":[{"numberofemployees":1}]}"#,
            #"{"value":[{"count":3,"revenue_max":7}]}"#, #"{"value":[]}"#,
        ]
        let output = try await run(
            bodies,
            sends: [
                "accounts?$apply=groupby((address1_city))", "accounts?$apply=groupby((numberofemployees))&$top=1",
                "accounts?$apply=aggregate($count as count,revenue with max as revenue_max)",
                "accounts?$apply=aggregate($count as count)",
            ]
        ) { accounts in
            let cities = try accounts.group(by: \.address1City).keys.all()
            let state = try accounts.group(by: \.numberofemployees).keys.first()
            let (count, largest) = try accounts.aggregate(.count, .max(\.revenue))
            let nothing: Int? = try accounts.aggregate(.count)
            return "\(cities) \(state as Any) \(count as Any) \(largest as Any) \(nothing as Any)"
        } _: { accounts in
            let cities = try await accounts.group(by: \.address1City).keys.all()
            let state = try await accounts.group(by: \.numberofemployees).keys.first()
            let (count, largest) = try await accounts.aggregate(.count, .max(\.revenue))
            let nothing: Int? = try await accounts.aggregate(.count)
            return "\(cities) \(state as Any) \(count as Any) \(largest as Any) \(nothing as Any)"
        }
        #expect(output == #"[Optional("Oslo"), nil] Optional(Optional(1)) Optional(3) Optional(7) nil"#)
    }

    @Test("a result of another type is an error that names it")
    func unreadableResult() throws {
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: BodyTransport([#"{"value":[{"revenue_sum":"much"}]}"#])
        )
        let error = #expect(throws: DataverseError.self) { try client.accounts.aggregate(.sum(\.revenue)) }
        #expect(error?.kind == .unexpectedReply)
        #expect(error?.message.contains("revenue_sum") == true)
    }

    @Test("all rows of a table, counted, paged and one by one")
    func reading() async throws {
        let page = #"{"value":[{"name":"A"},{"name":"B"}]}"#
        let output = try await run(
            [page, page, "3", page, page],
            sends: ["accounts", "accounts?$top=1", "accounts/$count", "accounts", "accounts"]
        ) { accounts in
            var names = try accounts.all().map(\.name)
            names.append(try accounts.first()?.name)
            names.append("\(try accounts.count())")
            var pages = accounts.pages()
            while let page = try pages.next() { names += page.rows.map(\.name) }
            try accounts.forEach { names.append($0.name) }
            return names
        } _: { accounts in
            var names = try await accounts.all().map(\.name)
            names.append(try await accounts.first()?.name)
            names.append("\(try await accounts.count())")
            for try await page in accounts.pages() { names += page.rows.map(\.name) }
            for try await row in accounts.rows() { names.append(row.name) }
            return names
        }
        #expect(output == ["A", "B", "A", "3", "A", "B", "A", "B"])
    }
}
