import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Operations on columns, as effects")
struct ColumnOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private static let columnID = "11111111-0000-4000-8000-000000000001"
    private static let found = MetadataFixtures.tableFound

    init() throws { call = try ClientContext.scripted().beginCall() }

    private func column(_ type: String) -> String {
        """
        {"value":[{"@odata.type":"#Microsoft.Dynamics.CRM.\(type)","MetadataId":"\(Self.columnID)",
        "LogicalName":"new_x","SchemaName":"new_X"}]}
        """
    }

    @Test("columns are added one after the other, and choices are asked for again")
    mutating func add() throws {
        call.service.choices.store([:], for: "new_product", at: call.service.now())
        let names = try script.run(
            call.addColumns([.string("new_X"), .choice("new_Y", of: Stage.self)], to: "new_Product", solution: "Cat"),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(204)
        ).get()
        #expect(names == ["new_X", "new_Y"])
        #expect(
            script.steps == [
                MetadataFixtures.askForTable, "POST \(MetadataFixtures.table)/Attributes",
                "POST \(MetadataFixtures.table)/Attributes",
            ]
        )
        #expect(script.exchanges[1].headers[.solutionUniqueName] == "Cat")
        #expect(try script.body(1).objectValue?["SchemaName"] == "new_X")
        #expect(try script.body(2).objectValue?["SchemaName"] == "new_Y")
        #expect(call.service.choices.columns(of: "new_product", at: call.service.now()) == nil)
    }

    @Test("one bad column keeps all from being sent")
    mutating func addBad() throws {
        let result = try script.run(
            call.addColumns([.string("new_X"), .string("new_Y", maxLength: 0)], to: "new_Product", solution: nil)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .invalidRequest)
        #expect(try script.run(call.addColumns([], to: "new_Product", solution: nil)).isFailure(.invalidRequest))
        #expect(script.effects.isEmpty)
    }

    @Test("columns are looked up and deleted one after the other, and choices are asked for again")
    mutating func remove() throws {
        call.service.choices.store([:], for: "new_product", at: call.service.now())
        let removed = try script.run(
            call.removeColumns(["new_X"], from: "new_Product"),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(200, body: column("PicklistAttributeMetadata")),
            .token("t"),
            .reply(204)
        ).get()
        #expect(removed == ["new_X"])
        #expect(
            script.steps == [
                MetadataFixtures.askForTable,
                "GET \(MetadataFixtures.table)/Attributes?$select=MetadataId,LogicalName,SchemaName,AttributeType"
                    + "&$filter=LogicalName eq 'new_x'",
                "DELETE \(MetadataFixtures.table)/Attributes(\(Self.columnID))",
            ]
        )
        #expect(script.exchanges[2].headers[.ifMatch] == "*")
        #expect(call.service.choices.columns(of: "new_product", at: call.service.now()) == nil)
    }

    @Test("removing a column that does not exist says so, and a blank name sends nothing")
    mutating func removeMissing() throws {
        let result = try script.run(
            call.removeColumns(["new_X"], from: "new_Product"),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound)
        )
        #expect(result.isFailure(.metadata))
        #expect(try script.run(call.removeColumns([" "], from: "new_Product")).isFailure(.invalidRequest))
    }

    @Test("update reads the whole definition and writes it back with the changes")
    mutating func update() throws {
        let changes = ColumnChanges(maxLength: 4000, format: .email, displayName: "X")
        try script.run(
            call.updateColumns([("new_X", changes)], of: "new_Product"),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(
                200,
                body: """
                    {"@odata.context":"x","@odata.type":"#Microsoft.Dynamics.CRM.StringAttributeMetadata",
                    "MetadataId":"\(Self.columnID)","SchemaName":"new_X"}
                    """
            ),
            .token("t"),
            .reply(200, body: #"{"@odata.context":"y","MetadataId":"z","MaxLength":100,"IsSecured":false}"#),
            .token("t"),
            .reply(204)
        ).get()
        let attribute = "\(MetadataFixtures.table)/Attributes(LogicalName='new_x')"
        #expect(
            script.steps == [
                MetadataFixtures.askForTable, "GET \(attribute)?$select=MetadataId,SchemaName",
                "GET \(attribute)/Microsoft.Dynamics.CRM.StringAttributeMetadata",
                "PUT \(MetadataFixtures.table)/Attributes(\(Self.columnID))",
            ]
        )
        #expect(script.exchanges[3].headers[.mergeLabels] == "true")
        #expect(
            try script.body(3)
                == .json(
                    """
                    {"@odata.type":"Microsoft.Dynamics.CRM.StringAttributeMetadata","MetadataId":"\(Self.columnID)",
                    "SchemaName":"new_X","MaxLength":4000,"IsSecured":false,"FormatName":{"Value":"Email"},
                    "DisplayName":\(MetadataFixtures.label("X"))}
                    """
                )
        )
    }

    @Test("numbers and dates keep their format in another property than texts")
    mutating func updateNumber() throws {
        let changes = ColumnChanges(minimum: 1, maximum: 5, precision: 2, format: .duration, required: .required)
        try script.run(
            call.updateColumns([("new_X", changes)], of: "new_Product"),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(
                200,
                body: """
                    {"@odata.type":"#Microsoft.Dynamics.CRM.IntegerAttributeMetadata",
                    "MetadataId":"\(Self.columnID)","SchemaName":"new_X"}
                    """
            ),
            .token("t"),
            .reply(200, body: "{}"),
            .token("t"),
            .reply(204)
        ).get()
        #expect(
            try script.body(3)
                == .json(
                    """
                    {"@odata.type":"Microsoft.Dynamics.CRM.IntegerAttributeMetadata","MetadataId":"\(Self.columnID)",
                    "SchemaName":"new_X","MinValue":1,"MaxValue":5,"Precision":2,"Format":"Duration",
                    "RequiredLevel":{"Value":"ApplicationRequired"}}
                    """
                )
        )
    }

    @Test("all changes are checked before the first one is made")
    mutating func updateBad() throws {
        let good = ColumnChanges(maxLength: 10)
        for bad in [ColumnChanges(), ColumnChanges(minimum: 2, maximum: 1)] {
            let result = try script.run(call.updateColumns([("new_X", good), ("new_Y", bad)], of: "new_Product"))
            #expect(result.isFailure(.invalidRequest))
        }
        #expect(script.effects.isEmpty)
    }

    @Test("updating a column that does not exist says so")
    mutating func updateMissing() throws {
        let result = try script.run(
            call.updateColumns([("new_X", ColumnChanges(maxLength: 10))], of: "new_Product"),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(404)
        )
        #expect(result.isFailure(.metadata))
    }

    @Test("a missing column is nil to get; other failures stay failures")
    mutating func get() throws {
        let column = try script.run(
            call.column("new_X", of: "new_Product", select: ["MaxLength"]),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(404)
        ).get()
        #expect(column == nil)
        #expect(script.steps.last == "GET \(MetadataFixtures.table)/Attributes(LogicalName='new_x')?$select=MaxLength")
        let result = try script.run(
            call.column("new_X", of: "new_Product", select: []),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(403)
        )
        #expect(result.isFailure(.forbidden))
    }

    @Test("columns of a table")
    mutating func list() throws {
        let columns = try script.run(
            call.columns(of: "new_Product", filter: "AttributeType eq 'String'", select: ["LogicalName"]),
            .token("t"),
            .reply(200, body: Self.found),
            .token("t"),
            .reply(200, body: column("StringAttributeMetadata"))
        ).get()
        #expect(columns.map(\.logicalName) == ["new_x"])
        #expect(
            script.steps.last
                == "GET \(MetadataFixtures.table)/Attributes?$select=LogicalName&$filter=AttributeType eq 'String'"
        )
    }

    @Test("typed metadata that answers 404 is asked for again after 0.4, 0.8, 1.6 and 3.2 seconds")
    mutating func typedRetry() throws {
        let result = try script.run(
            call.typedColumn("new_X", of: "new_Product", properties: []),
            .token("t"),
            .reply(404),
            .wake,
            .token("t"),
            .reply(404),
            .wake,
            .token("t"),
            .reply(404),
            .wake,
            .token("t"),
            .reply(404),
            .wake,
            .token("t"),
            .reply(404)
        )
        #expect(result.isFailure(.metadata))
        #expect(
            script.steps.filter { $0.hasPrefix("sleep") }
                == ["sleep 0.4 seconds", "sleep 0.8 seconds", "sleep 1.6 seconds", "sleep 3.2 seconds"]
        )
    }

    @Test("typed metadata has the constraints of the column's own type")
    mutating func typed() throws {
        let column = try script.run(
            call.typedColumn("new_X", of: "new_Product", properties: []),
            .token("t"),
            .reply(404),
            .wake,
            .token("t"),
            .reply(
                200,
                body: """
                    {"EntityMetadata":[{"Attributes":[{"LogicalName":"new_x","SchemaName":"new_X",
                    "AttributeType":"String","AttributeTypeName":{"Value":"StringType"},"MaxLength":100,
                    "FormatName":{"Value":"Email"},"RequiredLevel":{"Value":"Recommended"},"MinValue":-1.5,
                    "MaxValue":3,"Precision":2,"DisplayName":{"UserLocalizedLabel":{"Label":"X"}}}]}]}
                    """
            )
        ).get()
        let info = try #require(column)
        #expect(info.typeName == "StringType")
        #expect(info.maxLength == 100)
        #expect(info.format == .email)
        #expect(info.required == .recommended)
        #expect(info.minimum == -1.5)
        #expect(info.maximum == 3)
        #expect(info.precision == 2)
        #expect(info.displayName == "X")
        let url = try #require(script.exchanges[0].url.removingPercentEncoding)
        let prefix = "https://contoso.example/api/data/v9.2/RetrieveMetadataChanges(Query=@p1)?@p1="
        #expect(url.hasPrefix(prefix))
        #expect(
            try Value.json(String(url.dropFirst(prefix.count)))
                == .json(
                    """
                    {"Properties":{"PropertyNames":["LogicalName","Attributes"]},"Criteria":{"Conditions":[
                    {"PropertyName":"LogicalName","ConditionOperator":"Equals",
                    "Value":{"Type":"System.String","Value":"new_product"}}]},
                    "AttributeQuery":{"Properties":{"PropertyNames":["LogicalName","SchemaName","AttributeType",
                    "AttributeTypeName","MetadataId","DisplayName","RequiredLevel","MaxLength","Format","FormatName",
                    "MinValue","MaxValue","Precision"]},"Criteria":{"Conditions":[{"PropertyName":"LogicalName",
                    "ConditionOperator":"Equals","Value":{"Type":"System.String","Value":"new_x"}}]}}}
                    """
                )
        )
    }

    @Test("typed metadata of a table that does not exist says so")
    mutating func typedMissing() throws {
        let result = try script.run(
            call.typedColumns(of: "new_Product", named: nil, properties: ["MaxLength"]),
            .token("t"),
            .reply(200, body: #"{"EntityMetadata":[]}"#)
        )
        #expect(result.isFailure(.metadata))
    }
}

extension Result where Failure == DataverseError {
    func isFailure(_ kind: DataverseError.Kind) -> Bool {
        if case .failure(let error) = self { error.kind == kind } else { false }
    }
}
