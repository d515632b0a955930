import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Versions of rows and modes of upserts, as effects")
struct VersionOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let accounts = EntitySetSource.entitySet("accounts")
    private let key = RowKey<Record>.id(UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!)
    private static let row = "https://contoso.example/api/data/v9.2/accounts(5a1b2c3d-0000-4000-8000-00000000000f)"
    private static let lost = TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true)

    init() throws { call = try ClientContext.scripted().beginCall() }

    @Test("a row that is as it was is told apart from one that was changed and one that is gone")
    mutating func conditionalRetrieve() throws {
        let gone = #"{"error":{"code":"0x80040217","message":"Does Not Exist"}}"#
        let etag = "W/\"7\""
        var outcomes: [ConditionalRow<Record>] = []
        for step in [
            EffectScript.Step.reply(304), .reply(200, body: #"{"name":"B"}"#), .reply(404, body: gone),
        ] {
            let operation = call.retrieve(key, ifChangedSince: etag, of: RowQuery<Record>(), in: accounts)
            outcomes.append(try script.run(operation, .token("t"), step).get())
        }
        #expect(script.exchanges.allSatisfy { $0.headers[.ifNoneMatch] == etag && $0.url == Self.row })
        guard case .unchanged = outcomes[0], case .changed(let row) = outcomes[1], case .missing = outcomes[2] else {
            Issue.record("\(outcomes)")
            return
        }
        #expect(row["name"] == "B")
    }

    @Test("the three modes of an upsert differ in their condition")
    mutating func modes() throws {
        for mode in [UpsertMode.createOrUpdate, .createOnly, .updateOnly] {
            _ = try script.run(
                call.upsert(["name": "A"], key: key, mode: mode, in: accounts),
                .token("t"),
                .reply(204)
            ).get()
        }
        #expect(script.exchanges.map { $0.headers[.ifNoneMatch] } == [nil, "*", nil])
        #expect(script.exchanges.map { $0.headers[.ifMatch] } == [nil, nil, "*"])
    }

    @Test("what would meet itself the second time is not sent twice after its bytes were out")
    mutating func noBlindRepetition() throws {
        let changes: Record = ["name": "A"]
        let once = [
            call.upsert(changes, key: key, mode: .createOnly, in: accounts),
            call.update(changes, key: key, ifMatch: .etag("W/\"1\""), in: accounts),
        ]
        for operation in once {
            guard case .failure(let error) = try script.run(operation, .token("t"), .broken(Self.lost)) else {
                Issue.record("must fail")
                continue
            }
            #expect(error.mayHaveBeenProcessed)
        }
        for operation in [
            call.upsert(changes, key: key, mode: .createOrUpdate, in: accounts),
            call.update(changes, key: key, ifMatch: .any, in: accounts),
        ] {
            _ = try script.run(operation, .token("t"), .broken(Self.lost), .wake, .token("t"), .reply(204)).get()
        }
    }

    @Test("a row comes back with the change that was made, in the columns that are wanted")
    mutating func updateReturning() throws {
        let query = RowQuery<Record>().select("name").includeAnnotations()
        let row = try script.run(
            call.updateReturning(["name": "A"], key: key, ifMatch: .any, of: query, in: accounts),
            .token("t"),
            .reply(200, body: #"{"name":"A"}"#)
        ).get()
        #expect(row["name"] == "A")
        #expect(script.effects[1] == "send PATCH \(Self.row)?$select=name")
        #expect(script.exchanges[0].headers[.prefer] == "return=representation,odata.include-annotations=\"*\"")
        let unchanged = try script.run(
            call.updateReturning(Record(), key: key, ifMatch: .any, of: query, in: accounts),
            .token("t"),
            .reply(200, body: #"{"name":"A"}"#)
        ).get()
        #expect(unchanged["name"] == "A")
        #expect(script.exchanges[1].method == .get, "nothing to change, so it is read")
    }

    @Test("an upsert tells whether the row is new")
    mutating func upsertReturning() throws {
        for (status, isNew) in [(201, true), (200, false)] {
            let result = try script.run(
                call.upsertReturning(
                    ["name": "A"],
                    key: key,
                    mode: .createOrUpdate,
                    of: RowQuery<Record>(),
                    in: accounts
                ),
                .token("t"),
                .reply(status, body: #"{"name":"A"}"#)
            ).get()
            #expect(result.wasCreated == isNew)
            #expect(result.row["name"] == "A")
        }
        #expect(script.exchanges[0].headers[.prefer] == "return=representation")
    }
}
