import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Single columns and lookups, as effects")
struct PropertyOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let accounts = EntitySetSource.entitySet("accounts")
    private let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private var key: RowKey<Record> { .id(id) }
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let row = "\(api)/accounts(5a1b2c3d-0000-4000-8000-00000000000f)"

    init() throws { call = try ClientContext.scripted().beginCall() }

    private func body(_ index: Int) throws -> Value {
        try JSONReader.value(from: #require(script.exchanges[index].body?.inMemory))
    }

    @Test("a column is read, and null is nil in both of its forms")
    mutating func read() throws {
        let operation = call.value(of: "revenue", as: Decimal.self, key, in: accounts)
        let replies: [EffectScript.Step] = [
            .reply(200, body: #"{"@odata.context":"x","value":12.50}"#), .reply(204),
            .reply(200, body: #"{"value":null}"#),
        ]
        let values = try replies.map { try script.run(operation, .token("t"), $0).get() }
        #expect(values == [Decimal(string: "12.5"), nil, nil])
        #expect(script.effects[1] == "send GET \(Self.row)/revenue")
        for reply in [#"{"value":"x"}"#, "{}", "no JSON"] {
            guard case .failure(let error) = try script.run(operation, .token("t"), .reply(200, body: reply)) else {
                Issue.record("must fail")
                continue
            }
            #expect(error.kind == .unexpectedReply)
        }
    }

    @Test("a column is set, cleared, and read as bytes")
    mutating func write() throws {
        _ = try script.run(call.setValue("Ä'b", of: "name", key, in: accounts), .token("t"), .reply(204)).get()
        _ = try script.run(call.clearValue(of: "name", key, in: accounts), .token("t"), .reply(204)).get()
        let bytes = try script.run(
            call.rawValue(of: "name", key, in: accounts),
            .token("t"),
            .reply(200, headers: [.contentType: "text/plain"], body: "Ä'b")
        ).get()
        #expect(bytes == Array("Ä'b".utf8))
        #expect(
            script.effects.filter { $0.hasPrefix("send") } == [
                "send PUT \(Self.row)/name", "send DELETE \(Self.row)/name", "send GET \(Self.row)/name/$value",
            ]
        )
        #expect(try body(0) == ["value": "Ä'b"])
        #expect(script.exchanges[2].headers[.accept] == "*/*")
    }

    @Test("a lookup is set and cleared by reference")
    mutating func lookups() throws {
        let reference = Reference<Record>(id, entitySetName: "contacts")
        let set = call.setReference(reference, of: "primarycontactid", key.predicate, in: accounts)
        _ = try script.run(set, .token("t"), .reply(204)).get()
        let remove = call.removeReference(of: "primarycontactid", key.predicate, in: accounts)
        _ = try script.run(remove, .token("t"), .reply(204)).get()
        #expect(script.effects[1] == "send PUT \(Self.row)/primarycontactid/$ref")
        #expect(script.effects[3] == "send DELETE \(Self.row)/primarycontactid/$ref")
        #expect(try body(0) == ["@odata.id": "\(Self.api)/contacts(5a1b2c3d-0000-4000-8000-00000000000f)"])
    }

    @Test("functions and actions are called by name, on nothing, on a row and on the rows of a table")
    mutating func untypedCalls() throws {
        let parameter = OperationParameter("Target", id: id, in: "accounts", table: "account")
        let result = try script.run(
            call.call(.function("Measure", parameter, OperationParameter("Id", id)), on: .service),
            .token("t"),
            .reply(200, body: #"{"value":3}"#)
        ).get()
        #expect(result["value"] == 3)
        let reference = "%7B%22@odata.id%22:%22accounts(5a1b2c3d-0000-4000-8000-00000000000f)%22%7D"
        #expect(
            script.effects[1]
                == "send GET \(Self.api)/Measure(Target=@p1,Id=@p2)?@p1=\(reference)&@p2=\(id.guid)"
        )
        let action = OperationCall.action("Microsoft.Dynamics.CRM.Close", parameter)
        let nothing = try script.run(
            call.call(action, on: .row(key.predicate, of: accounts)),
            .token("t"),
            .reply(204)
        ).get()
        #expect(nothing.isEmpty)
        #expect(
            try body(1) == ["Target": ["@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": .string(id.guid)]]
        )
        _ = try script.run(call.call(action, on: .collection(accounts)), .token("t"), .reply(204)).get()
        #expect(script.effects.last == "send POST \(Self.api)/accounts/Microsoft.Dynamics.CRM.Close")
    }

    @Test("long arguments of a function do not break its URL")
    mutating func longArgument() throws {
        let function = OperationCall.function(
            "Parse",
            OperationParameter("Text", String(repeating: "x", count: 40_000))
        )
        let inner = "--x\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{\"value\":true}\r\n--x--"
        let reply = EffectScript.Step.reply(200, headers: [.contentType: "multipart/mixed; boundary=x"], body: inner)
        #expect(try script.run(call.call(function, on: .service), .token("t"), reply).get()["value"] == true)
        #expect(script.exchanges[0].url == "\(Self.api)/$batch")
    }

    @Test("who is calling")
    mutating func currentUser() throws {
        let user = try script.run(
            call.currentUser(),
            .token("t"),
            .reply(200, body: #"{"BusinessUnitId":"\#(id)","UserId":"\#(id)","OrganizationId":"\#(id)"}"#)
        ).get()
        #expect(user == CurrentUser(id: id, businessUnitID: id, organizationID: id))
        guard case .failure(let error) = try script.run(call.currentUser(), .token("t"), .reply(200, body: "{}")) else {
            Issue.record("must fail")
            return
        }
        #expect(error.kind == .unexpectedReply)
    }
}
