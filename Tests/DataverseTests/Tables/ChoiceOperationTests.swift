import TestSupport
import Testing

@testable import Dataverse

@Suite("Labels of choices, as effects")
struct ChoiceOperationTests {
    private let call: CallContext
    private let clock = ManualClock()
    private var script = EffectScript()
    private static let choices = """
        {"value":[{"LogicalName":"new_Stage","OptionSet":{"Options":[
        {"Value":1,"Label":{"LocalizedLabels":[{"Label":"In  Prüfung "},{"Label":"Under review"}]}},
        {"Value":2,"Label":{"LocalizedLabels":[{"Label":"Under Review"},{"Label":"Done"},{"Label":" "}]}},
        {"Value":null,"Label":null},7]}},{"LogicalName":"new_empty","OptionSet":null}]}
        """

    init() throws { call = try ClientContext.scripted(clock: clock).beginCall() }

    @Test("labels become values; all choices of the table are asked for once an hour")
    mutating func resolve() throws {
        let row: Record = ["new_stage": "DONE", "new_name": "Done", "new_Count": 3, "x@odata.bind": "Done"]
        let resolved = try script.run(
            call.resolveChoiceLabels(in: [row], of: "new_Product"),
            .token("t"),
            .reply(200, body: Self.choices)
        ).get()
        #expect(resolved == [["new_stage": 2, "new_name": "Done", "new_Count": 3, "x@odata.bind": "Done"]])
        #expect(resolved[0].isChanged("new_stage"))
        #expect(
            script.steps == [
                "GET EntityDefinitions(LogicalName='new_product')/Attributes/"
                    + "Microsoft.Dynamics.CRM.PicklistAttributeMetadata"
                    + "?$select=LogicalName&$expand=OptionSet($select=Options)"
            ]
        )
        clock.advance(by: .seconds(3_599))
        #expect(try script.run(call.choiceValue(of: "done", in: "New_Stage", of: "NEW_product")).get() == 2)
        clock.advance(by: .seconds(1))
        _ = try script.run(
            call.choiceValue(of: "done", in: "new_stage", of: "new_product"),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound)
        ).get()
        #expect(script.exchanges.count == 2)
    }

    @Test(
        "case, accents and white space do not count; the first option with a label counts",
        arguments: [
            ("in prüfung", 1), (" IN\tPrufung", 1), ("In Pru\u{308}fung", 1), ("under  REVIEW", 1), ("done", 2),
            ("review", nil), ("", nil),
        ] as [(String, Int?)]
    )
    mutating func labels(label: String, value: Int?) throws {
        let found = try script.run(
            call.choiceValue(of: label, in: "new_stage", of: "new_product"),
            .token("t"),
            .reply(200, body: Self.choices)
        ).get()
        #expect(found == value)
    }

    @Test("nothing is asked for where no member is text")
    mutating func noCandidates() throws {
        let row: Record = ["a": 1, "b": nil, "c": " ", "d@odata.bind": "x"]
        #expect(try script.run(call.resolveChoiceLabels(in: [row], of: "new_product")).get() == [row])
    }

    @Test("a table that was just created may take a moment")
    mutating func retry() throws {
        let value = try script.run(
            call.choiceValue(of: "done", in: "new_stage", of: "new_product"),
            .token("t"),
            .reply(404),
            .wake,
            .token("t"),
            .reply(200, body: Self.choices)
        ).get()
        #expect(value == 2)
        #expect(script.steps[1] == "sleep 0.4 seconds")
    }

    @Test("caches are flushed by kind and by table, and tell how much they forgot")
    func flush() throws {
        let service = call.service
        func fill() {
            for table in ["a", "b"] {
                service.choices.store([:], for: table, at: clock.now)
                service.tables.store(.init(entitySetName: table, primaryKey: "id"), for: table)
            }
        }
        fill()
        #expect(service.flush(.choices, of: "A") == 1)
        #expect(service.flush(.choices, of: "A") == 0)
        #expect(service.flush(.choices, of: nil) == 1)
        #expect(service.flush(.entitySets, of: nil) == 2)
        fill()
        #expect(service.flush(.all, of: "b") == 2)
        #expect(service.flush(.all, of: nil) == 2)
        #expect(service.tables.entry(for: "a") == nil)
    }
}
