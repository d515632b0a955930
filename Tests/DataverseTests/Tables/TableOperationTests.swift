import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Operations on tables, as effects")
struct TableOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let product = TableDefinition(
        "new_Product",
        displayName: "Product",
        columns: [.decimal("new_Price"), .choice("new_P", of: Priority.self)]
    )

    init() throws { call = try ClientContext.scripted().beginCall() }

    @Test("create asks whether the table exists, creates it, and reads it with strong consistency")
    mutating func create() throws {
        let info = try script.run(
            call.createTable(product, solution: "Cat"),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound)
        ).get()
        #expect(
            script.steps == [
                MetadataFixtures.askForTable, "POST CreateEntities?SolutionUniqueName=Cat",
                MetadataFixtures.askForTable,
            ]
        )
        #expect(script.exchanges[0].headers[.consistency] == nil)
        #expect(script.exchanges[2].headers[.consistency] == "Strong")
        #expect(info.schemaName == "new_Product")
        #expect(info.logicalName == "new_product")
        #expect(info.entitySetName == "new_products")
        #expect(info.metadataID == UUID(uuidString: MetadataFixtures.tableID))
        #expect(info.primaryNameColumn == "new_name")
        #expect(info.primaryKeyColumn == "new_productid")
    }

    @Test("the body of create is the Python SDK's")
    mutating func createBody() throws {
        _ = try script.run(
            call.createTable(
                TableDefinition("new_Product", displayName: "Product", columns: [.boolean("new_B"), .date("new_D")]),
                solution: nil
            ),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound)
        ).get()
        let label: (String) -> String = { MetadataFixtures.label($0) }
        let type = #""@odata.type":"Microsoft.Dynamics.CRM.Complex"#
        #expect(
            try script.body(1)
                == .json(
                    """
                    {"Entities":[{\(type)EntityMetadata","SchemaName":"new_Product","DisplayName":\(label("Product")),
                    "DisplayCollectionName":\(label("Products")),"Description":\(label("Custom entity for Product")),
                    "OwnershipType":"UserOwned","HasActivities":false,"HasNotes":true,"IsActivity":false,"Attributes":[
                    {\(type)StringAttributeMetadata","SchemaName":"new_Name","DisplayName":\(label("Name")),
                    "RequiredLevel":{"Value":"None"},"MaxLength":200,"FormatName":{"Value":"Text"},"IsPrimaryName":true},
                    {\(type)BooleanAttributeMetadata","SchemaName":"new_B","DisplayName":\(label("B")),
                    "RequiredLevel":{"Value":"None"},"OptionSet":{\(type)BooleanOptionSetMetadata",
                    "TrueOption":{"Value":1,"Label":\(label("True"))},
                    "FalseOption":{"Value":0,"Label":\(label("False"))},"IsGlobal":false}},
                    {\(type)DateTimeAttributeMetadata","SchemaName":"new_D","DisplayName":\(label("D")),
                    "RequiredLevel":{"Value":"None"},"Format":"DateOnly","ImeMode":"Inactive"}]}]}
                    """
                )
        )
    }

    @Test("a table that exists is not created again")
    mutating func exists() throws {
        let result = try script.run(
            call.createTable(product, solution: nil),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .metadata)
        #expect(error.message.contains("addColumns"))
    }

    @Test("a table that cannot be seen after its creation is said to exist")
    mutating func invisible() throws {
        let result = try script.run(
            call.createTable(product, solution: nil),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .metadata)
        #expect(error.message.contains("was created"))
    }

    @Test("columns that the action does not know are created afterwards")
    mutating func laterColumns() throws {
        _ = try script.run(
            call.createTable(
                TableDefinition("new_Product", columns: [.multipleChoice("new_Stages", of: Stage.self)]),
                solution: "Cat"
            ),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(204)
        ).get()
        #expect(script.steps.last == "POST \(MetadataFixtures.table)/Attributes")
        #expect(script.exchanges[4].headers[.solutionUniqueName] == "Cat")
    }

    @Test(
        "definitions that the service would refuse send nothing",
        arguments: [
            TableDefinition("new Product"), TableDefinition("new_Product", displayName: " "),
            TableDefinition("new_Product", primaryColumn: .integer("new_Number")),
            TableDefinition("new_Product", columns: [.choice("new_C", options: [])]),
            TableDefinition("new_Product", columns: [.multipleChoice("new_C", options: [])]),
        ]
    )
    mutating func refused(table: TableDefinition) throws {
        guard case .failure(let error) = try script.run(call.createTable(table, solution: nil)) else {
            return #expect(Bool(false), "must fail")
        }
        #expect(error.kind == .invalidRequest)
        #expect(script.effects.isEmpty)
    }

    @Test("a solution without a usable name sends nothing", arguments: ["", "Cat\r\nX-Evil: 1", "ö"])
    mutating func solution(name: String) throws {
        guard case .failure(let error) = try script.run(call.createTable(product, solution: name)) else {
            return #expect(Bool(false), "must fail")
        }
        #expect(error.kind == .invalidRequest)
    }

    @Test("a missing table is nil to get")
    mutating func missing() throws {
        let info = try script.run(
            call.tableInfo(of: "new_It's"),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound)
        ).get()
        #expect(info == nil)
        #expect(script.steps[0].hasSuffix("$filter=LogicalName eq 'new_it''s'"))
    }

    @Test("list leaves out private tables and follows pages")
    mutating func list() throws {
        let next = "https://contoso.example/api/data/v9.2/EntityDefinitions?$skiptoken=2"
        let tables = try script.run(
            call.tables(filter: "startswith(SchemaName, 'new_')", select: ["LogicalName"]),
            .token("t"),
            .reply(200, body: #"{"value":[{"LogicalName":"new_a"}],"@odata.nextLink":"\#(next)"}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"LogicalName":"new_b"}]}"#)
        ).get()
        #expect(tables.map(\.logicalName) == ["new_a", "new_b"])
        #expect(
            script.steps == [
                "GET EntityDefinitions?$filter=IsPrivate eq false and (startswith(SchemaName, 'new_'))"
                    + "&$select=LogicalName",
                "GET EntityDefinitions?$skiptoken=2",
            ]
        )
    }

    @Test("delete forgets what was known about the table")
    mutating func delete() throws {
        call.service.tables.store(.init(entitySetName: "new_products", primaryKey: "new_productid"), for: "new_product")
        try script.run(
            call.deleteTable("new_Product"),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(204)
        ).get()
        #expect(script.steps == [MetadataFixtures.askForTable, "DELETE \(MetadataFixtures.table)"])
        #expect(script.exchanges[1].headers[.ifMatch] == "*")
        #expect(call.service.tables.entry(for: "NEW_Product") == nil)
    }

    @Test("deleting a table that does not exist says so")
    mutating func deleteMissing() throws {
        let result = try script.run(
            call.deleteTable("new_Products"),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .metadata)
        #expect(error.message.contains("may be “new_Product”"))
    }
}
