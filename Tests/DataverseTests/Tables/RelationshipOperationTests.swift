import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Operations on relationships and alternate keys, as effects")
struct RelationshipOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private static let id = "5a1b2c3d-0000-4000-8000-00000000000f"
    private static let created: HTTPFields = [
        .odataEntityID: "https://contoso.example/api/data/v9.2/RelationshipDefinitions(\(id))"
    ]

    init() throws { call = try ClientContext.scripted().beginCall() }

    @Test("a lookup is created with a relationship named after both tables, as the Python SDK does")
    mutating func lookup() throws {
        let info = try script.run(
            call.createLookup(
                LookupDefinition("new_AccountId", displayName: "Account", description: "Buyer", required: .required),
                on: "new_Order",
                to: "Account",
                onDelete: .removeLink,
                solution: "Cat"
            ),
            .token("t"),
            .reply(204, headers: Self.created)
        ).get()
        #expect(script.steps == ["POST RelationshipDefinitions"])
        #expect(script.exchanges[0].headers[.solutionUniqueName] == "Cat")
        #expect(info.metadataID == UUID(uuidString: Self.id))
        #expect(info.schemaName == "account_new_order_new_AccountId")
        #expect(
            info.kind
                == .oneToMany(lookup: "new_AccountId", referencedTable: "account", referencingTable: "new_order")
        )
        #expect(
            try script.body(0)
                == .json(
                    """
                    {"@odata.type":"Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata",
                    "SchemaName":"account_new_order_new_AccountId","ReferencedEntity":"account",
                    "ReferencingEntity":"new_order","ReferencedAttribute":"accountid","CascadeConfiguration":
                    {"Assign":"NoCascade","Delete":"RemoveLink","Merge":"NoCascade","Reparent":"NoCascade",
                    "Share":"NoCascade","Unshare":"NoCascade"},"Lookup":
                    {"@odata.type":"Microsoft.Dynamics.CRM.LookupAttributeMetadata","SchemaName":"new_AccountId",
                    "AttributeType":"Lookup","AttributeTypeName":{"Value":"LookupType"},
                    "DisplayName":\(MetadataFixtures.label("Account", user: true)),
                    "RequiredLevel":{"Value":"ApplicationRequired","CanBeChanged":true,
                    "ManagedPropertyLogicalName":"canmodifyrequirementlevelsettings"},
                    "Description":\(MetadataFixtures.label("Buyer", user: true))}}
                    """
                )
        )
    }

    @Test("a one-to-many relationship with everything said")
    mutating func oneToMany() throws {
        var relationship = OneToManyRelationship(
            "new_a_b",
            from: "new_a",
            to: "new_b",
            lookup: LookupDefinition("new_AId", displayName: "A"),
            referencedColumn: "new_key",
            referencingColumn: "new_aid",
            cascade: CascadeConfiguration(assign: .cascade, delete: .restrict)
        )
        relationship.additionalMetadata = ["IsHierarchical": true]
        _ = try script.run(
            call.createRelationship(relationship, solution: nil),
            .token("t"),
            .reply(204, headers: Self.created)
        ).get()
        let body = try script.body(0).objectValue
        #expect(body?["ReferencedAttribute"] == "new_key")
        #expect(body?["ReferencingAttribute"] == "new_aid")
        #expect(body?["IsHierarchical"] == true)
        #expect(body?["CascadeConfiguration"]?.objectValue?["Assign"] == "Cascade")
        #expect(body?["CascadeConfiguration"]?.objectValue?["Delete"] == "Restrict")
        #expect(script.exchanges[0].headers[.solutionUniqueName] == nil)
    }

    @Test("a many-to-many relationship")
    mutating func manyToMany() throws {
        let info = try script.run(
            call.createRelationship(ManyToManyRelationship("new_a_b", between: "new_a", and: "new_b"), solution: nil),
            .token("t"),
            .reply(204, headers: Self.created)
        ).get()
        #expect(info.kind == .manyToMany(firstTable: "new_a", secondTable: "new_b"))
        #expect(
            try script.body(0)
                == .json(
                    """
                    {"@odata.type":"Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata","SchemaName":"new_a_b",
                    "Entity1LogicalName":"new_a","Entity2LogicalName":"new_b","IntersectEntityName":"new_a_b"}
                    """
                )
        )
    }

    @Test("a relationship is found by its name, and its kind is told by its properties")
    mutating func get() throws {
        let one = try script.run(
            call.relationship("new_It's"),
            .token("t"),
            .reply(
                200,
                body: """
                    {"value":[{"@odata.type":"#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata",
                    "MetadataId":"\(Self.id)","SchemaName":"new_It's","ReferencedEntity":"account",
                    "ReferencingEntity":"new_order","ReferencingEntityNavigationPropertyName":"new_AccountId"}]}
                    """
            )
        ).get()
        #expect(script.steps == ["GET RelationshipDefinitions?$filter=SchemaName eq 'new_It''s'"])
        #expect(
            one?.kind
                == .oneToMany(lookup: "new_AccountId", referencedTable: "account", referencingTable: "new_order")
        )
        let none = try script.run(
            call.relationship("new_x"),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound)
        ).get()
        #expect(none == nil)
    }

    @Test("the relationships of a table are those of three collections; many-to-many takes no select")
    mutating func ofTable() throws {
        let relationships = try script.run(
            call.relationships(of: "new_Product", filter: "x eq 1", select: ["SchemaName"]),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: #"{"value":[{"SchemaName":"a"}]}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"SchemaName":"b"}]}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"SchemaName":"c"}]}"#)
        ).get()
        #expect(relationships.map(\.schemaName) == ["a", "b", "c"])
        #expect(relationships.map(\.kind) == [nil, nil, nil])
        #expect(
            script.steps.dropFirst() == [
                "GET \(MetadataFixtures.table)/OneToManyRelationships?$select=SchemaName&$filter=x eq 1",
                "GET \(MetadataFixtures.table)/ManyToOneRelationships?$select=SchemaName&$filter=x eq 1",
                "GET \(MetadataFixtures.table)/ManyToManyRelationships?$filter=x eq 1",
            ]
        )
    }

    @Test("deleting a relationship")
    mutating func delete() throws {
        let id = try #require(UUID(uuidString: Self.id))
        try script.run(call.deleteRelationship(id), .token("t"), .reply(204)).get()
        #expect(script.steps == ["DELETE RelationshipDefinitions(\(Self.id))"])
        #expect(script.exchanges[0].headers[.ifMatch] == "*")
    }

    @Test("an alternate key is created pending")
    mutating func createKey() throws {
        let key = try script.run(
            call.createAlternateKey("new_code_key", on: "new_Product", columns: ["new_code"], displayName: "Code"),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(204, headers: Self.created)
        ).get()
        #expect(
            script.steps == [MetadataFixtures.askForTable, "POST EntityDefinitions(LogicalName='new_product')/Keys"]
        )
        #expect(
            try script.body(1)
                == .json(
                    """
                    {"SchemaName":"new_code_key","KeyAttributes":["new_code"],
                    "DisplayName":\(MetadataFixtures.label("Code", user: true))}
                    """
                )
        )
        #expect(key.metadataID == UUID(uuidString: Self.id))
        #expect(key.indexStatus == .pending)
        let result = try script.run(
            call.createAlternateKey("new_key", on: "new_Product", columns: [], displayName: nil)
        )
        #expect(result.isFailure(.invalidRequest))
    }

    private func keys(_ status: String) -> String {
        """
        {"value":[{"MetadataId":"\(Self.id)","SchemaName":"new_code_key","KeyAttributes":["new_code","new_x"],
        "EntityKeyIndexStatus":"\(status)"}]}
        """
    }

    @Test("alternate keys are listed with the status of their indexes")
    mutating func listKeys() throws {
        let keys = try script.run(
            call.alternateKeys(of: "new_Product"),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: keys("InProgress"))
        ).get()
        #expect(keys.map(\.columns) == [["new_code", "new_x"]])
        #expect(keys.map(\.indexStatus) == [.inProgress])
    }

    @Test("waiting for an alternate key asks until its index is built")
    mutating func waitForKey() throws {
        let key = try script.run(
            call.waitForAlternateKey("NEW_code_key", of: "new_Product", interval: .seconds(3), limit: .seconds(3)),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: keys("Pending")),
            .wake,
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: keys("Active"))
        ).get()
        #expect(key.indexStatus == .active)
        #expect(script.steps.contains("sleep 3.0 seconds"))
    }

    @Test(
        "waiting ends when the index fails, the key is missing or the time is up",
        arguments: ["Failed", "", "Pending"]
    )
    mutating func waitInVain(status: String) throws {
        let result = try script.run(
            call.waitForAlternateKey("new_code_key", of: "new_Product", interval: .seconds(3), limit: .seconds(2)),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: status.isEmpty ? MetadataFixtures.nothingFound : keys(status))
        )
        #expect(result.isFailure(.metadata))
    }

    @Test("deleting an alternate key")
    mutating func deleteKey() throws {
        let id = try #require(UUID(uuidString: Self.id))
        try script.run(
            call.deleteAlternateKey(id, of: "new_Product"),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(204)
        ).get()
        #expect(script.steps.last == "DELETE EntityDefinitions(LogicalName='new_product')/Keys(\(Self.id))")
    }
}
