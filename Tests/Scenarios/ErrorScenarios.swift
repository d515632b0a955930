import ContosoBindings
import DataverseEmulator
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    static let errors: [Scenario] = [
        Scenario("a wrong token is unauthorized") { context in
            let stranger = try context.kind.client(context.environment, token: "wrong")
            let error = await expectFailure(.unauthorized) {
                _ = try await stranger.rows(of: Account.self).count(RowQuery())
            }
            #expect(error?.status == 401)
            #expect(error.map { "\($0)" }?.contains("wrong") == false, "no token in a message")
            #expect(try await context.accounts.count(RowQuery()) == 0)
        },
        Scenario("throttling is waited out") { context in
            context.faults.add(Fault(.throttled(retryAfter: 0), method: "POST", times: 2))
            let id = try await context.accounts.create(Account { $0.name = "Contoso" })
            #expect(try await context.accounts.retrieve(id)?.name == "Contoso")
            #expect(try await context.accounts.count(RowQuery()) == 1)
        },
        Scenario("throttling beyond patience is an error that says how long to wait") { context in
            context.faults.add(Fault(.throttled(retryAfter: 4_000)))
            let error = await expectFailure(.throttled) { _ = try await context.accounts.count(RowQuery()) }
            #expect(error?.retryAfter == .seconds(4_000))
            #expect(error?.isTransient == true)
        },
        Scenario("an unavailable service is asked again") { context in
            context.faults.add(Fault(.status(503), times: 3))
            let count = try await context.accounts.count(RowQuery())
            #expect(count == 0)
            context.faults.add(Fault(.status(503), times: 5))
            let error = await expectFailure(.service) { _ = try await context.accounts.count(RowQuery()) }
            #expect(error?.status == 503)
        },
        Scenario("a token that expires between two pages is replaced, or reported") { context in
            for number in 1...4 { _ = try await context.accounts.create(Account { $0.name = "\(number)" }) }
            context.faults.add(Fault(.tokenRejected, pathContains: "skiptoken"))
            // This credential has no other token, so the service's refusal is the answer.
            await expectFailure(.unauthorized) {
                _ = try await context.accounts.all(RowQuery<Account>().pageSize(2))
            }
        },
        Scenario("a dropped connection is tried again where that is safe") { context in
            context.faults.add(Fault(.connectionDropped, method: "GET"))
            let count = try await context.accounts.count(RowQuery())
            #expect(count == 0)
            context.faults.add(Fault(.connectionDropped, method: "POST"))
            await expectFailure(.transport) { _ = try await context.accounts.create(Account { $0.name = "Contoso" }) }
            #expect(try await context.accounts.count(RowQuery()) == 0)
        },
        Scenario("a body that breaks off is not taken for a whole one") { context in
            let id = try await context.accounts.create(Account { $0.name = "Contoso" })
            context.faults.add(Fault(.truncatedBody(bytes: 20), method: "GET"))
            #expect(try await context.accounts.retrieve(id)?.name == "Contoso")
        },
        Scenario("a table that does not exist") { context in
            let error = await expectFailure(.metadata) {
                _ = try await context.client.table("accounts").count(RowQuery())
            }
            #expect(error?.message.contains("account") == true)
            let reply = await expectFailure(.notFound) {
                _ = try await context.client.send(ServiceRequest(.get, "nowhere"))
            }
            #expect(reply?.status == 404)
        },
        Scenario("a column that does not exist, and a value of another type") { context in
            let accounts = context.client.table("account")
            let unknown = await expectFailure(.invalidRequest) { _ = try await accounts.create(["nonsense": 1]) }
            #expect(unknown?.message.contains("nonsense") == true)
            await expectFailure(.invalidRequest) { _ = try await accounts.create(["numberofemployees": "many"]) }
            await expectFailure(.invalidRequest) { _ = try await accounts.all(RowQuery().where(odata: "name eq")) }
        },
        Scenario("an unreachable server") { context in
            let closed = try #require(URL(string: "http://127.0.0.1:9"))
            let client = try context.kind.client(closed)
            let error = await expectFailure(.transport) {
                _ = try await client.rows(of: Account.self).count(RowQuery())
            }
            #expect(error?.request?.contains("127.0.0.1:9") == true)
            #expect(try await context.accounts.count(RowQuery()) == 0)
        },
    ]
}
