import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Actions and functions, as effects")
struct CallOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private static let api = "https://contoso.example/api/data/v9.2"

    init() throws { call = try ClientContext.scripted().beginCall() }

    @Test("a function's arguments go through aliases")
    mutating func function() throws {
        let total = OperationCall<Decimal>.function(
            "contoso_Total",
            parameters: [OperationParameter("name", "O'Neil & Co"), OperationParameter("since", DateOnly?.none)],
            returning: .value()
        )
        let result = try script.run(call.call(total, on: .service), .token("t"), .reply(200, body: #"{"value":12.25}"#))
            .get()
        #expect(result == Decimal(string: "12.25"))
        #expect(
            script.effects[1]
                == "send GET \(Self.api)/contoso_Total(name=@p1,since=@p2)?@p1='O''Neil%20%26%20Co'&@p2=null"
        )
    }

    @Test("an action's arguments are its body, and it may give nothing")
    mutating func action() throws {
        let close = OperationCall<Void>.action(
            "Microsoft.Dynamics.CRM.Close",
            parameters: [OperationParameter("Status", 5), OperationParameter("Note", String?.none)],
            returning: .nothing
        )
        let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
        let key = KeyPredicate(id)
        _ = try script.run(call.call(close, on: .row(key, of: .entitySet("cases"))), .token("t"), .reply(204)).get()
        #expect(script.effects[1] == "send POST \(Self.api)/cases\(key.urlText)/Microsoft.Dynamics.CRM.Close")
        #expect(try JSONReader.value(from: #require(script.exchanges[0].body)) == ["Status": 5, "Note": .null])
    }

    @Test("the rows of a collection, and one of them, below the row that has it")
    mutating func containedRows() throws {
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: ScriptedTransport([])
        )
        let trips = EntitySet<Person>(client).related(\.trips, of: .id("o'neil"))
        let people = OperationCall<[Person]>.function("Trippin.InvolvedPeople", returning: .rows())
        let found = try script.run(
            call.call(people, on: .row(RowKey<Trip>.id(7).predicate, of: trips.source)),
            .token("t"),
            .reply(200, body: #"{"value":[{"UserName":"scott"}]}"#)
        ).get()
        #expect(found.map(\.userName) == ["scott"])
        #expect(script.effects.last == "send GET \(Self.api)/People('o''neil')/Trips(7)/Trippin.InvolvedPeople()")

        let cancel = OperationCall<Void>.action("Trippin.Cancel", returning: .nothing)
        try script.run(call.call(cancel, on: .collection(trips.source)), .token("t"), .reply(204)).get()
        #expect(script.effects.last == "send POST \(Self.api)/People('o''neil')/Trips/Trippin.Cancel")
        let guests = trips.related(\.guests, of: .id(7))
        try script.run(call.call(cancel, on: .collection(guests.source)), .token("t"), .reply(204)).get()
        #expect(script.effects.last == "send POST \(Self.api)/People('o''neil')/Trips(7)/Guests/Trippin.Cancel")
    }

    @Test("a result of another type is an error")
    mutating func wrongResult() throws {
        let total = OperationCall<Decimal>.function("Total", returning: .value())
        let result = try script.run(call.call(total, on: .service), .token("t"), .reply(200, body: #"{"value":"x"}"#))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .unexpectedReply)
    }

    @Test("a result that may be null is nil for a reply without content, and for one that says null")
    mutating func optionalResults() throws {
        let row = OperationCall<Record?>.function("F", returning: .optionalRow())
        #expect(try script.run(call.call(row, on: .service), .token("t"), .reply(204)).get() == nil)
        let null = #"{"@odata.context":"x","value":null}"#
        #expect(try script.run(call.call(row, on: .service), .token("t"), .reply(200, body: null)).get() == nil)
        let found = try script.run(call.call(row, on: .service), .token("t"), .reply(200, body: #"{"name":"A"}"#)).get()
        #expect(found == ["name": "A"])
        let value = OperationCall<Int32?>.function("G", returning: .optionalValue())
        #expect(try script.run(call.call(value, on: .service), .token("t"), .reply(204)).get() == nil)
    }
}
