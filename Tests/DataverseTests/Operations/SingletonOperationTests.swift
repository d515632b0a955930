import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Operations on singletons, as effects")
struct SingletonOperationTests {
    private let call: CallContext
    private var script = EffectScript()

    private static let token = "token https://contoso.example/.default"
    private static let api = "https://contoso.example/api/data/v9.2"

    init() throws { call = try ClientContext.scripted().beginCall() }

    @Test("retrieve")
    mutating func retrieve() throws {
        let row = try script.run(
            call.retrieve(singleton: "Me", of: RowQuery<Record>().select("UserName")),
            .token("t"),
            .reply(200, body: #"{"UserName":"russell"}"#)
        ).get()
        #expect(row["UserName"] == "russell")
        #expect(script.effects == [Self.token, "send GET \(Self.api)/Me?$select=UserName"])
    }

    @Test("update sends the changes, with the version that was read")
    mutating func update() throws {
        var row =
            try JSONReader.value(from: #"{"@odata.etag":"W/\"1\"","UserName":"russell","Age":7}"#).objectValue ?? [:]
        row["Age"] = 8
        try script.run(call.update(singleton: "Me", with: row), .token("t"), .reply(204)).get()
        #expect(script.effects == [Self.token, "send PATCH \(Self.api)/Me"])
        let exchange = try #require(script.exchanges.first)
        #expect(exchange.headers[.ifMatch] == "W/\"1\"")
        #expect(try JSONReader.value(from: #require(exchange.body)) == ["Age": 8])
    }

    @Test("update without changes sends nothing")
    mutating func updateWithoutChanges() throws {
        let row = try JSONReader.value(from: #"{"UserName":"russell"}"#).objectValue ?? [:]
        try script.run(call.update(singleton: "Me", with: row)).get()
        #expect(script.effects == [])
    }

    @Test("an action bound to a singleton")
    mutating func action() throws {
        let share = OperationCall<Void>.action("Trip.Share", returning: .nothing)
        try script.run(call.call(share, on: .singleton("Me")), .token("t"), .reply(204)).get()
        #expect(script.effects == [Self.token, "send POST \(Self.api)/Me/Trip.Share"])
    }
}
