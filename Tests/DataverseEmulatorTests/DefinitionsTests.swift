import DataverseEmulator
import Foundation
import ODataCore
import Testing

/// Definitions as clients send them.
private enum Payload {
    static func label(_ text: String) -> Value {
        ["LocalizedLabels": [["Label": .string(text), "LanguageCode": 1033]]]
    }

    static func column(_ type: String, _ name: String, _ more: Record = [:]) -> Value {
        var record: Record = [
            "@odata.type": .string("Microsoft.Dynamics.CRM.\(type)AttributeMetadata"), "SchemaName": .string(name),
            "DisplayName": label(name),
        ]
        for member in more { record[member.name] = member.value }
        return .object(record)
    }

    static func table(_ name: String, _ columns: [Value] = []) -> Value {
        .object([
            "SchemaName": .string(name), "DisplayName": label(name),
            "Attributes": .array([column("String", "new_Name", ["IsPrimaryName": true, "MaxLength": 50])] + columns),
        ])
    }
}

@Suite("Definitions")
struct DefinitionsTests {
    @Test("A table is there at once, in $metadata too, keeps rows, and goes away")
    func table() async throws {
        try await withContoso { service in
            let created = try await service.send(.POST, "EntityDefinitions", Payload.table("new_Part"))
            #expect(created.status == 204)
            let key = created.createdKey
            let definition = try await service.get("EntityDefinitions(\(key))")
            #expect(definition.json["LogicalName"] == "new_part")
            #expect(definition.json["EntitySetName"] == "new_parts")
            #expect(definition.json["PrimaryNameAttribute"] == "new_name")
            let row = try await service.create("new_parts", ["new_name": "Bolt"])
            let read = try await service.get("new_parts(\(row))?$select=new_name,statecode,_ownerid_value")
            #expect(read.json["new_name"] == "Bolt")
            #expect(read.json["statecode"] == 0)
            #expect(try await service.get("$metadata").text.contains("<EntityType Name=\"new_part\">"))
            let again = try await service.send(.POST, "EntityDefinitions", Payload.table("new_Part"))
            #expect(again.status == 400)
            #expect(try await service.send(.DELETE, "EntityDefinitions(\(key))").status == 204)
            #expect(try await service.get("new_parts").status == 404)
            let metadata = try await service.get("$metadata").text
            #expect(!metadata.contains("new_part"))
            #expect(try await service.send(.DELETE, "EntityDefinitions(LogicalName='account')").status == 400)
        }
    }

    @Test("Columns are added, changed and deleted, and a deleted one leaves no values behind")
    func columns() async throws {
        try await withContoso { service in
            let attributes = "EntityDefinitions(LogicalName='account')/Attributes"
            let account = try await service.create("accounts", ["name": "A"])
            let column = Payload.column("Integer", "new_Rank", ["MinValue": 0, "MaxValue": 10])
            #expect(try await service.send(.POST, attributes, column).status == 204)
            #expect(try await service.send(.POST, attributes, column).status == 400)
            #expect(try await service.send(.PATCH, "accounts(\(account))", ["new_rank": 7]).status == 204)
            let tooHigh = try await service.send(.PATCH, "accounts(\(account))", ["new_rank": 11])
            #expect(tooHigh.status == 400)
            #expect(tooHigh.errorCode == "0x80044330")
            #expect(try await service.get("accounts?$filter=new_rank gt 6").names("name") == ["A"])
            let path = attributes + "(LogicalName='new_rank')"
            let full = try await service.get(path + "/Microsoft.Dynamics.CRM.IntegerAttributeMetadata")
            #expect(full.json["MaxValue"] == 10)
            #expect(try await service.get(path + "/Microsoft.Dynamics.CRM.StringAttributeMetadata").status == 404)
            #expect(try await service.send(.PUT, path, ["MaxValue": 20, "MinValue": 0]).status == 204)
            #expect(try await service.send(.PATCH, "accounts(\(account))", ["new_rank": 11]).status == 204)
            #expect(try await service.send(.DELETE, path).status == 204)
            #expect(try await service.get("accounts?$select=new_rank").status == 400)
            #expect(try await service.send(.POST, attributes, column).status == 204)
            #expect(try await service.get("accounts(\(account))").json["new_rank"] == .null)
            #expect(try await service.send(.DELETE, attributes + "(LogicalName='name')").status == 400)
            let unknown = Payload.column("Nonsense", "new_X")
            #expect(try await service.send(.POST, attributes, unknown).status == 400)
        }
    }

    @Test("Choices check values and have labels")
    func choices() async throws {
        try await withContoso { service in
            let options: Value = [
                ["Value": 1, "Label": Payload.label("Low")], ["Value": 2, "Label": Payload.label("High")],
            ]
            let attributes = "EntityDefinitions(LogicalName='account')/Attributes"
            let column = Payload.column("Picklist", "new_Level", ["OptionSet": ["Options": options]])
            #expect(try await service.send(.POST, attributes, column).status == 204)
            let global = try await service.send(
                .POST,
                "GlobalOptionSetDefinitions",
                ["Name": "new_levels", "Options": options]
            )
            #expect(global.status == 204)
            let bound = Payload.column(
                "MultiSelectPicklist",
                "new_Levels",
                ["GlobalOptionSet@odata.bind": "/GlobalOptionSetDefinitions(Name='new_levels')"]
            )
            #expect(try await service.send(.POST, attributes, bound).status == 204)
            let row = try await service.create("accounts", ["new_level": 2, "new_levels": "1,2"])
            let read = try await service.get("accounts(\(row))", prefer: "odata.include-annotations=\"*\"")
            #expect(read.json["new_level@OData.Community.Display.V1.FormattedValue"] == "High")
            #expect(read.json["new_levels@OData.Community.Display.V1.FormattedValue"] == "Low; High")
            #expect(try await service.send(.POST, "accounts", ["new_level": 3]).status == 400)
            #expect(try await service.send(.POST, "accounts", ["new_levels": "1,3"]).status == 400)
            let list = try await service.get(
                "\(attributes)/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet"
            )
            let found = list.rows.first { $0["LogicalName"] == "new_level" }
            #expect(found?["OptionSet"]?["Options"]?.arrayValue?.count == 2)
            let inUse = try await service.send(.DELETE, "GlobalOptionSetDefinitions(Name='new_levels')")
            #expect(inUse.status == 400)
        }
    }

    @Test("Relationships join tables, and what happens on deletion follows them")
    func relationships() async throws {
        try await withContoso { service in
            #expect(try await service.send(.POST, "EntityDefinitions", Payload.table("new_Part")).status == 204)
            for (name, behaviour) in [("Owner", "Cascade"), ("Keeper", "Restrict")] {
                let reply = try await service.send(
                    .POST,
                    "RelationshipDefinitions",
                    [
                        "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata",
                        "SchemaName": .string("new_account_part_\(name)"), "ReferencedEntity": "account",
                        "ReferencingEntity": "new_part", "CascadeConfiguration": ["Delete": .string(behaviour)],
                        "Lookup": ["SchemaName": .string("new_\(name)"), "DisplayName": Payload.label(name)],
                    ]
                )
                #expect(reply.status == 204, "\(reply.text)")
            }
            let owner = try await service.create("accounts", ["name": "Owner"])
            let keeper = try await service.create("accounts", ["name": "Keeper"])
            let part = try await service.create(
                "new_parts",
                [
                    "new_Owner@odata.bind": .string("/accounts(\(owner))"),
                    "new_Keeper@odata.bind": .string("/accounts(\(keeper))"),
                ]
            )
            let expanded = try await service.get(
                "accounts(\(owner))?$expand=new_account_part_Owner($select=new_partid)"
            )
            #expect(expanded.json["new_account_part_Owner"]?.arrayValue?.count == 1)
            #expect(try await service.send(.DELETE, "accounts(\(keeper))").status == 400)
            #expect(try await service.send(.DELETE, "accounts(\(owner))").status == 204)
            #expect(try await service.get("new_parts(\(part))").status == 404)
            let many = try await service.send(
                .POST,
                "RelationshipDefinitions",
                [
                    "@odata.type": "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata",
                    "SchemaName": "new_part_contact", "Entity1LogicalName": "new_part", "Entity2LogicalName": "contact",
                ]
            )
            #expect(many.status == 204)
            let other = try await service.create("new_parts", ["new_name": "P"])
            let contact = try await service.create("contacts", ["lastname": "C"])
            let link = try await service.send(
                .POST,
                "new_parts(\(other))/new_part_contact/$ref",
                ["@odata.id": .string(service.root + "contacts(\(contact))")]
            )
            #expect(link.status == 204)
            #expect(try await service.get("contacts(\(contact))/new_part_contact").names("new_name") == ["P"])
            let path = "RelationshipDefinitions(SchemaName='new_part_contact')"
            #expect(try await service.get(path).json["Entity2LogicalName"] == "contact")
            #expect(try await service.send(.DELETE, path).status == 204)
            #expect(try await service.get("contacts(\(contact))/new_part_contact").status == 404)
        }
    }

    @Test("Keys are unique, and cannot be made where rows contradict them")
    func keys() async throws {
        try await withContoso { service in
            let keys = "EntityDefinitions(LogicalName='contact')/Keys"
            let key: Value = ["SchemaName": "new_ByMail", "KeyAttributes": ["jobtitle"]]
            _ = try await service.create("contacts", ["lastname": "A", "jobtitle": "x"])
            let second = try await service.create("contacts", ["lastname": "B", "jobtitle": "x"])
            #expect(try await service.send(.POST, keys, key).status == 400)
            #expect(try await service.send(.PATCH, "contacts(\(second))", ["jobtitle": "y"]).status == 204)
            #expect(try await service.send(.POST, keys, key).status == 204)
            #expect(try await service.get("contacts(jobtitle='y')").json["lastname"] == "B")
            #expect(try await service.send(.POST, "contacts", ["jobtitle": "y"]).status == 412)
            let found = try await service.get(keys).rows.first { $0["SchemaName"] == "new_ByMail" }
            #expect(found?["KeyAttributes"] == ["jobtitle"])
            #expect(try await service.send(.DELETE, keys + "(LogicalName='new_bymail')").status == 204)
            #expect(try await service.send(.POST, "contacts", ["jobtitle": "y"]).status == 204)
        }
    }

    @Test("Definitions are there again after a restart")
    func restart() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sqlite").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) } }
        try await withContoso({ $0.dataFile = file }) { service in
            #expect(try await service.send(.POST, "EntityDefinitions", Payload.table("new_Part")).status == 204)
            _ = try await service.create("new_parts", ["new_name": "Bolt"])
        }
        try await withContoso({ $0.dataFile = file }) { service in
            let (rows, metadata) = (try await service.get("new_parts"), try await service.get("$metadata"))
            #expect(rows.names("new_name") == ["Bolt"])
            #expect(metadata.text.contains("new_part"))
        }
    }

    @Test("Options of a file check values and have labels")
    func optionSets() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        try """
        {"value":[{"LogicalName":"accountcategorycode","EntityLogicalName":"account","OptionSet":{"Options":[
        {"Value":1,"Label":{"LocalizedLabels":[{"Label":"Preferred","LanguageCode":1033}]}}]}}]}
        """.write(toFile: file, atomically: true, encoding: .utf8)
        var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        try configuration.readOptionSets(file: file)
        try await withEmulator(configuration) { url in
            let service = Service(url: url)
            let metadata = try await service.get("$metadata").text
            try #require(metadata.contains("accountcategorycode"))
            let row = try await service.create("accounts", ["accountcategorycode": 1])
            let read = try await service.get("accounts(\(row))", prefer: "odata.include-annotations=\"*\"")
            #expect(read.json["accountcategorycode@OData.Community.Display.V1.FormattedValue"] == "Preferred")
            #expect(try await service.send(.POST, "accounts", ["accountcategorycode": 9]).status == 400)
        }
        #expect(throws: OptionSetsError.self) { try configuration.readOptionSets(file: "/nonexistent") }
    }
}
