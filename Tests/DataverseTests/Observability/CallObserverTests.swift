import ContosoBindings
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("What observers are told")
struct CallObserverTests {
    private static let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private static let row = "accounts(5a1b2c3d-0000-4000-8000-00000000000f)"

    /// A call through both clients, what the service answers, and what observers are told of it.
    struct Scenario: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let outcomes: [ScriptedTransport.Outcome]
        var tokens = ["token-1"]
        let blocking: @Sendable (DataverseClient) throws -> Void
        let asynchronous: @Sendable (AsyncDataverseClient) async throws -> Void
        let events: [String]
        /// What observers are told by the asynchronous client, where it goes another way.
        var asyncEvents: [String]?
    }

    private static func retrieve(
        _ description: String,
        _ outcomes: [ScriptedTransport.Outcome],
        tokens: [String] = ["token-1"],
        _ events: [String]
    ) -> Scenario {
        Scenario(
            testDescription: description,
            outcomes: outcomes,
            tokens: tokens,
            blocking: { _ = try $0.accounts.retrieve(id) },
            asynchronous: { _ = try await $0.accounts.retrieve(id) },
            events: ["begin retrieve accounts"] + events
        )
    }

    private static let account = ScriptedTransport.Outcome.json(#"{"name":"A"}"#)
    private static let throttled = ScriptedTransport.Outcome.reply(429, [.retryAfter: "0"])
    private static let location = FileLocation(table: "account", row: id, column: "new_X")
    private static let definition = ScriptedTransport.Outcome.json(
        #"{"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"}]}"#
    )
    private static let batch = """
        --b\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--b\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n{}\r\n--b--
        """

    static let scenarios = [
        retrieve("a call that works", [account], ["token", "send 1 GET \(row)", "reply 1 200", "end ok"]),
        retrieve(
            "throttled, and sent again after the wait that was asked for",
            [throttled, throttled, account],
            [
                "token", "send 1 GET \(row)", "reply 1 429", "wait: throttled, asked for 0.0 seconds",
                "token", "send 2 GET \(row) (attempt 2: throttled)", "reply 2 429",
                "wait: throttled, asked for 0.0 seconds",
                "token", "send 3 GET \(row) (attempt 3: throttled)", "reply 3 200", "end ok",
            ]
        ),
        retrieve(
            "an outage, a broken connection, and the end of patience",
            [.reply(503), .broken(.connectionLost), .reply(502)],
            [
                "token", "send 1 GET \(row)", "reply 1 503", "wait: service_failed",
                "token", "send 2 GET \(row) (attempt 2: service_failed)", "no reply 2: connectionLost",
                "wait: connection",
                "token", "send 3 GET \(row) (attempt 3: connection)", "reply 3 502", "end service",
            ]
        ),
        retrieve(
            "a token that is refused",
            [.reply(401), account],
            tokens: ["token-1", "token-2"],
            [
                "token", "send 1 GET \(row)", "reply 1 401",
                "token", "send 2 GET \(row) (attempt 2: token_refused)", "reply 2 200", "end ok",
            ]
        ),
        retrieve("no token", [], tokens: [], ["token", "no token: unavailable", "end credential"]),
        retrieve("a row that is not there", [.reply(404)], ["token", "send 1 GET \(row)", "reply 1 404", "end ok"]),
        retrieve(
            "a reply that cannot be read",
            [.json("{")],
            ["token", "send 1 GET \(row)", "reply 1 200", "end unexpectedReply"]
        ),
        Scenario(
            testDescription: "all pages are one call",
            outcomes: [
                .json(
                    #"{"value":[{}],"@odata.nextLink":"https://contoso.example/api/data/v9.2/accounts?$skiptoken=x"}"#
                ),
                .json(#"{"value":[{}]}"#),
            ],
            blocking: { client in
                let rows = try client.accounts.where { $0.name == "secret" }.all()
                #expect(rows.count == 2)
            },
            asynchronous: { client in
                let rows = try await client.accounts.where { $0.name == "secret" }.all()
                #expect(rows.count == 2)
            },
            events: [
                "begin query accounts",
                "token", "send 1 GET accounts?$filter=redacted", "reply 1 200",
                "token", "send 2 GET accounts?$skiptoken=redacted", "reply 2 200", "end ok",
            ]
        ),
        Scenario(
            testDescription: "the exchange that asks for the entity set belongs to the call",
            outcomes: [definition, account],
            blocking: { _ = try $0.table("account").retrieve(id) },
            asynchronous: { _ = try await $0.table("account").retrieve(id) },
            events: [
                "begin retrieve account",
                "token",
                "send 1 GET EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute&$filter=redacted",
                "reply 1 200", "token", "send 2 GET \(row)", "reply 2 200", "end ok",
            ]
        ),
        Scenario(
            testDescription: "a batch with a request that fails has worked",
            outcomes: [.reply(200, [.contentType: "multipart/mixed; boundary=b"], batch)],
            blocking: { _ = try $0.batch(.create(Contact { $0.lastname = "A" }), .delete(RowKey<Account>.id(id))) },
            asynchronous: {
                _ = try await $0.batch(.create(Contact { $0.lastname = "A" }), .delete(RowKey<Account>.id(id)))
            },
            events: ["begin batch", "token", "send 1 POST $batch", "reply 1 200", "end ok"]
        ),
        Scenario(
            testDescription: "a bulk of two portions is one call, its waits included",
            outcomes: [
                .json(#"{"Ids":["\#(id)"]}"#), throttled, .json(#"{"Ids":["\#(id)"]}"#),
            ],
            blocking: { try CallObserverTests.bulk($0) },
            asynchronous: { try await CallObserverTests.bulk($0) },
            events: [
                "begin bulk accounts",
                "token", "send 1 POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", "reply 1 200",
                "token", "send 2 POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", "reply 2 429",
                "wait: throttled, asked for 0.0 seconds",
                "token", "send 3 POST accounts/Microsoft.Dynamics.CRM.CreateMultiple (attempt 2: throttled)",
                "reply 3 200", "end ok",
            ],
            // It paces all portions at once, and has nothing to wait for.
            asyncEvents: [
                "begin bulk accounts",
                "token", "send 1 POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", "reply 1 200",
                "token", "send 2 POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", "reply 2 429",
                "token", "send 3 POST accounts/Microsoft.Dynamics.CRM.CreateMultiple (attempt 2: throttled)",
                "reply 3 200", "end ok",
            ]
        ),
        Scenario(
            testDescription: "a download in pieces is one call",
            outcomes: [
                definition, .reply(206, [.contentRange: "bytes 0-1/4"], "ab"),
                .reply(206, [.contentRange: "bytes 2-3/4"], "cd"),
            ],
            blocking: { client in
                let folder = try TemporaryFolder()
                _ = try client.files.download(location, to: folder.path("x"))
            },
            asynchronous: { client in
                let folder = try TemporaryFolder()
                _ = try await client.files.download(location, to: folder.path("x"))
            },
            events: [
                "begin download file account",
                "token",
                "send 1 GET EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute&$filter=redacted",
                "reply 1 200",
                "token", "send 2 GET \(row)/new_x/$value", "reply 2 206",
                "token", "send 3 GET \(row)/new_x/$value", "reply 3 206", "end ok",
            ]
        ),
        Scenario(
            testDescription: "a call of an app's own, and an action",
            outcomes: [.reply(204), .json(#"{"UserId":"\#(id)"}"#)],
            blocking: { client in
                _ = try client.run(as: CallName("touch", "accounts")) { $0.send(ServiceRequest(.get, "accounts")) }
                _ = try client.call(OperationCall<Record>.function("WhoAmI", returning: .row()))
            },
            asynchronous: { client in
                _ = try await client.run(as: CallName("touch", "accounts")) {
                    $0.send(ServiceRequest(.get, "accounts"))
                }
                _ = try await client.call(OperationCall<Record>.function("WhoAmI", returning: .row()))
            },
            events: [
                "begin touch accounts", "token", "send 1 GET accounts", "reply 1 204", "end ok",
                "begin call WhoAmI", "token", "send 1 GET WhoAmI()", "reply 1 200", "end ok",
            ]
        ),
        Scenario(
            testDescription: "a request that is refused before it is sent",
            outcomes: [],
            blocking: { _ = try $0.send(ServiceRequest(.get, "https://elsewhere.example/x")) },
            asynchronous: { _ = try await $0.send(ServiceRequest(.get, "https://elsewhere.example/x")) },
            events: ["begin send", "end invalidRequest"]
        ),
        Scenario(
            testDescription: "a client that was closed",
            outcomes: [],
            blocking: { client in
                client.close()
                _ = try client.accounts.retrieve(id)
            },
            asynchronous: { client in
                await client.close()
                _ = try await client.accounts.retrieve(id)
            },
            events: ["begin retrieve accounts", "end closed"]
        ),
    ]

    private static var bulkOptions: BulkOptions {
        var options = BulkOptions()
        options.portionSize = 1
        options.maximumParallelism = 1
        return options
    }

    private static func bulk(_ client: DataverseClient) throws {
        let rows = ["A", "B"].map { name in Account { $0.name = name } }
        try client.accounts.bulk(rows.map { .create($0) }, options: bulkOptions) { _ in }
    }

    private static func bulk(_ client: AsyncDataverseClient) async throws {
        let rows = ["A", "B"].map { name in Account { $0.name = name } }
        try await client.accounts.bulk(rows.map { .create($0) }, options: bulkOptions) { _ in }
    }

    private static let configuration = ClientConfiguration(
        retry: RetryPolicy(maximumAttempts: 3, baseDelay: .milliseconds(1))
    )

    @Test("the same events in the same order from both clients", arguments: scenarios)
    func events(_ scenario: Scenario) async throws {
        let (blockingLog, asyncLog) = (EventLog(), EventLog())
        let (blockingTransport, asyncTransport) = (
            ScriptedTransport(scenario.outcomes), ScriptedTransport(scenario.outcomes)
        )
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: TokenList(scenario.tokens),
            configuration: Self.configuration,
            transport: blockingTransport,
            observers: [blockingLog]
        )
        try? scenario.blocking(client)
        let asyncClient = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: TokenList(scenario.tokens),
            configuration: Self.configuration,
            transport: asyncTransport,
            observers: [asyncLog]
        )
        try? await scenario.asynchronous(asyncClient)
        #expect(blockingLog.events == scenario.events)
        #expect(asyncLog.events == scenario.asyncEvents ?? scenario.events)
        #expect(blockingTransport.isUsedUp && asyncTransport.isUsedUp)
    }

    @Test("clients that are made from another one have its observers")
    func sharing() throws {
        let log = EventLog()
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: ScriptedTransport([Self.account]),
            observers: [log]
        )
        _ = try client.with { $0.tag = "x" }.accounts.retrieve(Self.id)
        #expect(log.events.first == "begin retrieve accounts")
    }

    @Test("headers of observers go out, and replace none of the client's")
    func headers() async throws {
        let traceparent = HTTPField.Name("traceparent")!
        let logs = [EventLog(adding: [traceparent: "a", .accept: "x", .authorization: "y"]), EventLog()]
        let transport = ScriptedTransport([Self.account, Self.account])
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport,
            observers: logs
        )
        _ = try client.accounts.retrieve(Self.id)
        let asyncClient = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport,
            observers: logs
        )
        _ = try await asyncClient.accounts.retrieve(Self.id)
        for exchange in transport.exchanges {
            #expect(exchange.headers[values: traceparent] == ["a"])
            #expect(exchange.headers[values: .accept] == ["application/json"])
            #expect(exchange.headers[values: .authorization] == ["Bearer t"])
        }
        #expect(transport.exchanges.count == 2)
    }
}
