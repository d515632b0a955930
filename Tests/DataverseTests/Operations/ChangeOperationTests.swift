import ContosoBindings
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Changes of a table, as effects")
struct ChangeOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let accounts = EntitySetSource.entitySet("accounts")
    private let id = UUID(uuidString: "2E451703-C686-E711-80E5-00155DB19E6D")!
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let delta = "\(api)/accounts?$select=name&$deltatoken=919042%2108"

    init() throws { call = try ClientContext.scripted().beginCall() }

    private mutating func page(
        at cursor: ChangeCursor,
        _ body: String
    ) throws -> ChangePage<Account> {
        let query = RowQuery<Account>().select { [$0.name] }.pageSize(2)
        return try script.run(call.changes(at: cursor, of: query, in: accounts), .token("t"), .reply(200, body: body))
            .get()
    }

    @Test("the first time all rows come, page by page, and in the end where to go on")
    mutating func firstTime() throws {
        var cursor = ChangeCursor.first
        let first = try page(at: cursor, #"{"value":[{"name":"A"}],"@odata.nextLink":"\#(Self.api)/accounts?skip"}"#)
        cursor.advance(past: first)
        let last = try page(at: cursor, #"{"value":[{"name":"B"}],"@odata.deltaLink":"\#(Self.delta)"}"#)
        cursor.advance(past: last)
        #expect(cursor == .ended)
        #expect([first, last].flatMap(\.rows).map(\.name) == ["A", "B"])
        #expect(first.deltaLink == nil)
        #expect(last.deltaLink == DeltaLink(rawValue: Self.delta))
        #expect(script.effects[1] == "send GET \(Self.api)/accounts?$select=name")
        #expect(
            script.exchanges.map { $0.headers[.prefer] }
                == Array(repeating: "odata.track-changes,odata.maxpagesize=2", count: 2)
        )
    }

    @Test("later, new and changed rows come with the identifiers of removed ones")
    mutating func later() throws {
        let body = """
            {"@odata.deltaLink":"\(Self.delta)2","value":[{"name":"A"},
            {"@odata.context":"\(Self.api)/$metadata#accounts/$deletedEntity","id":"\(id)","reason":"deleted"},
            {"@removed":{"reason":"changed"},"accountid":"\(id)"},
            {"@odata.context":"#accounts/$deletedEntity","id":"\(Self.api)/accounts(\(id))"},
            {"@odata.context":"#accounts/$deletedLink","source":"x","relationship":"y","target":"z"}]}
            """
        let page = try page(at: .since(DeltaLink(rawValue: Self.delta)), body)
        #expect(script.effects[1] == "send GET \(Self.delta)")
        #expect(script.exchanges[0].headers[.prefer] == "odata.maxpagesize=2")
        #expect(page.rows.map(\.name) == ["A"])
        #expect(page.removed.map(\.id) == [id, id, id])
        #expect(page.removed.map(\.reason) == ["deleted", "changed", nil])
    }

    @Test("no changes are an empty object, and a removed row without a name is an error")
    mutating func odd() throws {
        #expect(try page(at: .since(DeltaLink(rawValue: Self.delta)), "{}").rows.isEmpty)
        #expect(throws: DataverseError.self) {
            try page(at: .first, #"{"value":[{"@removed":{"reason":"deleted"}}]}"#)
        }
        let foreign = ChangeCursor.since(DeltaLink(rawValue: "https://evil.example/x"))
        let result = try script.run(call.changes(at: foreign, of: RowQuery<Account>(), in: accounts))
        #expect(throws: DataverseError.self, "tokens go to the configured service only") { try result.get() }
    }

    @Test("a stored view is read by its identifier, and its pages like any other")
    mutating func predefinedQueries() throws {
        let rows = try script.run(
            call.allRows(of: RowQuery<Record>(), from: .predefined(.savedQuery(id)), in: accounts),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":1}],"@odata.nextLink":"\#(Self.api)/accounts?next"}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":2}]}"#)
        ).get()
        #expect(rows.compactMap { $0["n"] } == [1, 2])
        #expect(script.effects[1] == "send GET \(Self.api)/accounts?savedQuery=\(id.guid)")
        let related = EntitySetSource.related("tasks", of: KeyPredicate(id), in: accounts)
        _ = try script.run(
            call.page(at: .predefined(.userQuery(id)), of: RowQuery<Record>(), in: related),
            .token("t"),
            .reply(200, body: #"{"value":[]}"#)
        ).get()
        #expect(script.effects.last == "send GET \(Self.api)/accounts(\(id.guid))/tasks?userQuery=\(id.guid)")
    }
}
