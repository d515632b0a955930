import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Operations on rows, as effects")
struct RecordOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let accounts = EntitySetSource.entitySet("accounts")
    private let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!

    private static let token = "token https://contoso.example/.default"
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let row = "\(api)/accounts(5a1b2c3d-0000-4000-8000-00000000000f)"

    init() throws { call = try ClientContext.scripted().beginCall() }

    private func body(_ index: Int) throws -> Value {
        try JSONReader.value(from: #require(script.exchanges[index].body))
    }

    @Test("create with an expired token: the token is replaced and the row sent once more")
    mutating func createWithExpiredToken() throws {
        let row: Record = ["name": "Contoso", "revenue": 12.5]
        let key = try script.run(
            call.create(row, in: accounts),
            .token("old"),
            .reply(401),
            .token("new"),
            .reply(204, headers: [.odataEntityID: Self.row])
        ).get()
        #expect(key == id)
        #expect(
            script.effects == [
                Self.token, "send POST \(Self.api)/accounts", Self.token + " after old",
                "send POST \(Self.api)/accounts",
            ]
        )
        #expect(try body(0) == ["name": "Contoso", "revenue": .decimal(12.5)])
        #expect(try body(0) == body(1))
    }

    @Test("create while throttled: waits as told, and only then sends again")
    mutating func createWhileThrottled() throws {
        _ = try script.run(
            call.create(["name": "Contoso"] as Record, in: accounts),
            .token("t"),
            .reply(429, headers: [.retryAfter: "12"], body: #"{"error":{"code":"0x80072322","message":"Slow down."}}"#),
            .wake,
            .token("t"),
            .reply(204, headers: [.location: Self.row])
        ).get()
        #expect(
            script.effects == [
                Self.token, "send POST \(Self.api)/accounts", "sleep 12.0 seconds", Self.token,
                "send POST \(Self.api)/accounts",
            ]
        )
    }

    @Test("a query of three pages follows the service's links, one at a time")
    mutating func threePages() throws {
        var query = RowQuery<Record>()
        query.filter = Filter(odata: "name ne 'O''Neil & Co'")
        query.pageSize = 2
        let next = "\(Self.api)/accounts?$skiptoken=%3Ccookie%3E"
        let rows = try script.run(
            call.allRows(of: query, in: accounts),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":1},{"n":2}],"@odata.nextLink":"\#(next)1"}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":3},{"n":4}],"@odata.nextLink":"\#(next)2"}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":5}]}"#)
        ).get()
        #expect(rows.compactMap { $0["n"] } == [1, 2, 3, 4, 5])
        #expect(
            script.effects == [
                Self.token, "send GET \(Self.api)/accounts?$filter=name%20ne%20'O''Neil%20%26%20Co'",
                Self.token, "send GET \(next)1", Self.token, "send GET \(next)2",
            ]
        )
        #expect(script.exchanges.allSatisfy { $0.headers[.prefer] == "odata.maxpagesize=2" })
    }

    @Test("a page that points to another server is not followed")
    mutating func foreignNextLink() throws {
        let result = try script.run(
            call.allRows(of: RowQuery<Record>(), in: accounts),
            .token("t"),
            .reply(200, body: #"{"value":[],"@odata.nextLink":"https://evil.example/next"}"#)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .invalidRequest)
        #expect(script.exchanges.count == 1)
    }

    @Test("the entity set of a table is asked for once")
    mutating func tableName() throws {
        let definition =
            #"{"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"}]}"#
        let table = EntitySetSource.table("Account")
        _ = try script.run(
            call.create(["revenue": 1] as Record, in: table),
            .token("t"),
            .reply(200, body: definition),
            .token("t"),
            .reply(204, headers: [.odataEntityID: Self.row])
        ).get()
        _ = try script.run(call.delete(RowKey<Record>.id(id), in: .table("ACCOUNT")), .token("t"), .reply(204)).get()
        let question = "$select=LogicalName,EntitySetName,PrimaryIdAttribute&$filter=LogicalName%20eq%20'account'"
        #expect(
            script.effects == [
                Self.token, "send GET \(Self.api)/EntityDefinitions?\(question)", Self.token,
                "send POST \(Self.api)/accounts", Self.token, "send DELETE \(Self.row)",
            ]
        )
    }

    @Test("an unknown table is named in the error")
    mutating func unknownTable() throws {
        let result = try script.run(
            call.create(Record(), in: .table("accounts")),
            .token("t"),
            .reply(200, body: #"{"value":[]}"#)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .metadata)
        #expect(error.message.contains("“account”"))
    }

    @Test("a missing row is nil, a missing entity set is an error")
    mutating func missing() throws {
        let gone = #"{"error":{"code":"0x80040217","message":"account With Id = … Does Not Exist"}}"#
        let key = RowKey<Record>.id(id)
        let row = try script.run(call.retrieve(key, of: RowQuery(), in: accounts), .token("t"), .reply(404, body: gone))
            .get()
        #expect(row == nil)
        let segment = #"{"error":{"code":"0x80060888","message":"Resource not found for the segment 'accounts'."}}"#
        let result = try script.run(
            call.retrieve(key, of: RowQuery(), in: accounts),
            .token("t"),
            .reply(404, body: segment)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .notFound)
    }

    @Test("update sends the changed columns, and which version it is for")
    mutating func update() throws {
        var row = try #require(JSONReader.value(from: #"{"@odata.etag":"W/\"7\"","name":"A","revenue":1}"#).objectValue)
        let key = RowKey<Record>.id(id)
        _ = try script.run(call.update(row, key: key, ifMatch: .any, in: accounts)).get()
        #expect(script.effects.isEmpty, "nothing changed, nothing sent")
        row["revenue"] = 2
        row["description"] = .null
        for check in [VersionCheck.any, .unchanged, .etag("W/\"6\"")] {
            _ = try script.run(call.update(row, key: key, ifMatch: check, in: accounts), .token("t"), .reply(204)).get()
        }
        #expect(script.exchanges.map { $0.headers[.ifMatch] } == ["*", "W/\"7\"", "W/\"6\""])
        #expect(script.exchanges.allSatisfy { $0.method == .patch && $0.url == Self.row })
        #expect(try body(0) == ["revenue": 2, "description": .null])
    }

    @Test("upsert names no version, so that the row may be new")
    mutating func upsert() throws {
        let key = RowKey<Record>.alternate(("accountnumber", "A/1"), ("part", 2))
        _ = try script.run(call.upsert(["name": "A"], key: key, in: accounts), .token("t"), .reply(204)).get()
        #expect(script.effects[1] == "send PATCH \(Self.api)/accounts(accountnumber='A%2F1',part=2)")
        #expect(script.exchanges[0].headers[.ifMatch] == nil)
    }

    @Test("counting reads a number and no row")
    mutating func count() throws {
        var query = RowQuery<Record>()
        query.filter = Filter(odata: "revenue gt 1")
        let count = try script.run(
            call.count(of: query, in: accounts),
            .token("t"),
            .reply(200, body: "\u{FEFF}42")
        ).get()
        #expect(count == 42)
        #expect(script.effects[1] == "send GET \(Self.api)/accounts/$count?$filter=revenue%20gt%201")
    }

    @Test(
        "a reply that is no JSON is an error that shows it",
        arguments: ["", "<html>", "[]", #"{"value":[1]}"#, #"{"value":{}}"#, #"{"value":[{"a":1}"#]
    )
    mutating func unreadable(text: String) throws {
        let result = try script.run(
            call.allRows(of: RowQuery<Record>(), in: accounts),
            .token("t"),
            .reply(200, body: text)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .unexpectedReply)
        #expect(error.bodyExcerpt == text)
    }
}
