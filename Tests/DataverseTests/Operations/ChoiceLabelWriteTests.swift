import ContosoBindings
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Labels of choices in rows that are written, as effects")
struct ChoiceLabelWriteTests {
    private let service: ClientContext
    private let clock = ManualClock()
    private var call: CallContext { service.beginCall() }
    private var script = EffectScript()
    private let table = EntitySetSource.table("Account")
    private let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let row = "\(api)/accounts(5a1b2c3d-0000-4000-8000-00000000000f)"
    private static let choices = EffectScript.Step.reply(
        200,
        body: #"""
            {"value":[{"LogicalName":"industrycode","OptionSet":{"Options":[
            {"Value":1,"Label":{"LocalizedLabels":[{"Label":"Food & Drink"},{"Label":"Café"}]}}]}}]}
            """#
    )
    private static let askForChoices =
        "send GET \(api)/EntityDefinitions(LogicalName='account')/Attributes/"
        + "Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)"

    init() throws {
        service = try ClientContext.scripted(clock: clock)
        service.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
    }

    private func body(_ index: Int) throws -> Value {
        try JSONReader.value(from: #require(script.exchanges[index].body?.inMemory))
    }

    @Test("labels become values, names of columns lower case, and the labels are asked for once an hour")
    mutating func create() throws {
        let record: Record = [
            "IndustryCode": "cafe", "Name": "cafe", "new_Owner@odata.bind": "/teams(1)", "Tasks": [["Subject": "x"]],
        ]
        let created = EffectScript.Step.reply(204, headers: [.odataEntityID: Self.row])
        _ = try script.run(call.create(record, in: table), .token("t"), Self.choices, .token("t"), created).get()
        #expect(script.effects[1] == Self.askForChoices)
        #expect(
            try body(1) == [
                "industrycode": 1, "name": "cafe", "new_Owner@odata.bind": "/teams(1)", "Tasks": [["Subject": "x"]],
            ]
        )
        let key = RowKey<Record>.id(id)
        let changes: Record = ["INDUSTRYCODE": "  food &  DRINK "]
        _ = try script.run(call.update(changes, key: key, ifMatch: .any, in: table), .token("t"), .reply(204)).get()
        #expect(try body(2) == ["industrycode": 1])
        _ = try script.run(call.upsert(["industrycode": "None such"], key: key, in: table), .token("t"), .reply(204))
            .get()
        #expect(try body(3) == ["industrycode": "None such"])
        clock.advance(by: ChoiceCache.lifetime)
        _ = try script.run(call.create(record, in: table), .token("t"), Self.choices, .token("t"), created).get()
        #expect(script.exchanges.count == 6)
    }

    @Test("bulk actions and batches resolve labels too")
    mutating func bulk() throws {
        let many: [Record] = [["industrycode": "Café"], ["industrycode": 2]]
        _ = try script.run(
            call.createMany(many, in: table),
            .token("t"),
            Self.choices,
            .token("t"),
            .reply(200, body: #"{"Ids":["\#(id)","\#(id)"]}"#)
        ).get()
        let targets = try #require(try body(1).objectValue?["Targets"]?.arrayValue)
        #expect(targets.map { $0.objectValue?["industrycode"] } == [1, 2])
        let batch = BatchOperation<UUID>.create(["industrycode": "Café"] as Record, table: "account")
        let inner =
            "--x\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\nOData-EntityId: \(Self.row)\r\n\r\n\r\n--x--"
        _ = try script.run(
            call.batch([batch.group], continuesOnError: false),
            .token("t"),
            .reply(200, headers: [.contentType: "multipart/mixed; boundary=x"], body: inner)
        ).get()
        let text = String(decoding: try #require(script.exchanges[2].body?.inMemory), as: UTF8.self)
        #expect(text.contains(#"{"industrycode":1}"#))
    }

    @Test("nothing is asked for where there is no text, or the rows are generated, or the app does not want it")
    mutating func notAsked() throws {
        let created = EffectScript.Step.reply(204, headers: [.odataEntityID: Self.row])
        let blank: Record = ["revenue": 1, "name": "  ", "x@odata.bind": "/a(1)"]
        _ = try script.run(call.create(blank, in: table), .token("t"), created).get()
        let account = Account { $0.name = "Café" }
        _ = try script.run(call.create(account, in: .entitySet("accounts")), .token("t"), created).get()
        _ = try script.run(
            call.create(["industrycode": "Café"] as Record, in: .entitySet("accounts")),
            .token("t"),
            created
        )
        .get()
        var configuration = ClientConfiguration()
        configuration.resolvesChoiceLabels = false
        let other = ClientContext(root: service.root, configuration: configuration, now: { ContinuousClock.now })
        other.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
        _ = try script.run(
            other.beginCall().create(["industrycode": "Café"] as Record, in: table),
            .token("t"),
            created
        ).get()
        #expect(script.exchanges.allSatisfy { $0.method == .post })
        #expect(script.exchanges.count == 4)
    }

    @Test("an app that has changed the choices has the labels asked for again")
    mutating func invalidation() throws {
        let created = EffectScript.Step.reply(204, headers: [.odataEntityID: Self.row])
        for _ in 1...2 {
            _ = try script.run(
                call.create(["industrycode": "Café"] as Record, in: table),
                .token("t"),
                Self.choices,
                .token("t"),
                created
            ).get()
            #expect(service.flush(.choices, of: "ACCOUNT") == 1)
        }
    }
}
