import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Changes of definitions, images, and related rows in pages")
struct DefinitionChangeTests {
    @Test("What happens to children follows the relationship, also one of the metadata file")
    func cascade() async throws {
        try await withContoso { service in
            let path = "RelationshipDefinitions(SchemaName='contoso_account_contoso_project')"
            func set(_ behavior: String) async throws {
                let reply = try await service.send(
                    .PUT,
                    path,
                    [
                        "@odata.type": "Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata",
                        "CascadeConfiguration": ["Delete": .string(behavior)],
                    ]
                )
                #expect(reply.status == 204, "\(reply.text)")
                let read = try await service.get(path).json
                #expect(read["CascadeConfiguration"]?["Delete"]?.stringValue == behavior)
                #expect(read["CascadeConfiguration"]?["Assign"] == "NoCascade")
                #expect(read["isOverride"] == nil)
            }
            for (behavior, status, left) in [("Restrict", 400, "1"), ("Cascade", 204, "0"), ("RemoveLink", 204, "1")] {
                try await set(behavior)
                let account = try await service.create("accounts", ["name": .string(behavior)])
                let project = try await service.create(
                    "contoso_projects",
                    ["contoso_name": "P", "contoso_Account@odata.bind": .string("/accounts(\(account))")]
                )
                #expect(try await service.send(.DELETE, "accounts(\(account))").status == status, "\(behavior)")
                let count = "contoso_projects/$count?$filter=contoso_projectid eq \(project)"
                #expect(try await service.get(count).text == left, "\(behavior)")
            }
            #expect(try await service.send(.DELETE, path).status == 400, "it is part of the metadata file")
            let metadata = try await service.get("$metadata").text
            #expect(metadata.components(separatedBy: "Name=\"contoso_account_contoso_project\"").count == 2)
        }
    }

    @Test("Another greatest length holds at once, and $metadata says it")
    func maxLength() async throws {
        try await withContoso { service in
            let path = "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='accountnumber')"
            let long = String(repeating: "x", count: 30)
            #expect(try await service.send(.POST, "accounts", ["accountnumber": .string(long)]).status == 400)
            let body: Value = ["@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "MaxLength": 30]
            #expect(try await service.send(.PUT, path, body).status == 204)
            #expect(try await service.send(.POST, "accounts", ["accountnumber": .string(long)]).status == 204)
            #expect(try await service.send(.POST, "accounts", ["accountnumber": .string(long + "y")]).status == 400)
            let metadata = try await service.get("$metadata").text
            let property = try #require(metadata.split(separator: "\n").first { $0.contains("Name=\"accountnumber\"") })
            #expect(property.contains("MaxLength=\"30\""))
            #expect(!property.contains("MaxLength=\"20\""))
        }
    }

    @Test("Required columns: of the metadata file, and of definitions")
    func required() async throws {
        try await withWorkshop { service in
            let missing = try await service.send(.POST, "incidents", ["statuscode": 1])
            #expect(missing.status == 400)
            #expect(missing.errorMessage.contains("'title'"))
            let key = try await service.create("incidents", ["title": "T"])
            #expect(try await service.send(.PATCH, "incidents(\(key))", ["title": .null]).status == 400)
            let column: Value = [
                "@odata.type": "Microsoft.Dynamics.CRM.StringAttributeMetadata", "SchemaName": "new_Serial",
                "RequiredLevel": ["Value": "SystemRequired"],
            ]
            let path = "EntityDefinitions(LogicalName='incident')/Attributes"
            #expect(try await service.send(.POST, path, column).status == 204)
            #expect(try await service.send(.POST, "incidents", ["title": "T"]).status == 400)
            #expect(try await service.send(.POST, "incidents", ["title": "T", "new_serial": "1"]).status == 204)
        }
    }

    @Test("Images are set as values and as uploads, and downloaded in full")
    func images() async throws {
        try await withWorkshop { service in
            let image: [UInt8] = [0x89, 0x50, 0x4E, 0x47] + (0..<1000).map { UInt8($0 % 251) }
            let text = Data(image).base64EncodedString()
            let key = try await service.create("accounts", ["name": "A", "entityimage": .string(text)])
            var row = try await service.get("accounts(\(key))").json
            #expect(row["entityimage"]?.stringValue == text)
            #expect(row["entityimage_url"]?.stringValue?.contains("Id=\(key)") == true)
            let first = try #require(row["entityimageid"]?.stringValue)
            for suffix in ["", "?size=full"] {
                let download = try await service.get("accounts(\(key))/entityimage/$value\(suffix)")
                #expect(download.status == 200)
                #expect(download.body == image)
            }
            let other = Array(image.reversed())
            let upload = try await service.send(
                .PUT,
                "accounts(\(key))/entityimage",
                raw: other,
                headers: [("Content-Type", "application/octet-stream")],
                replacesContentType: true
            )
            #expect(upload.status == 204, "\(upload.text)")
            #expect(try await service.get("accounts(\(key))/entityimage/$value").body == other)
            row = try await service.get("accounts(\(key))").json
            #expect(row["entityimageid"]?.stringValue != first)
            #expect(try await service.send(.DELETE, "accounts(\(key))/entityimage").status == 204)
            row = try await service.get("accounts(\(key))").json
            #expect(row["entityimage"] == .null)
            #expect(row["entityimageid"] == .null)
            #expect(try await service.get("accounts(\(key))/entityimage/$value").status == 204)
        }
    }

    @Test("Image columns can be created")
    func newImages() async throws {
        try await withContoso { service in
            let column: Value = [
                "@odata.type": "Microsoft.Dynamics.CRM.ImageAttributeMetadata", "SchemaName": "new_Photo",
                "CanStoreFullImage": true,
            ]
            let path = "EntityDefinitions(LogicalName='account')/Attributes"
            #expect(try await service.send(.POST, path, column).status == 204)
            let key = try await service.create("accounts", ["name": "A", "new_photo": "AAEC"])
            #expect(try await service.get("accounts(\(key))/new_photo/$value?size=full").body == [0, 1, 2])
            let row = try await service.get("accounts(\(key))?$select=new_photo_timestamp,new_photoid").json
            #expect(row["new_photo_timestamp"]?.integerValue ?? 0 > 0)
            #expect(row["new_photoid"]?.stringValue?.count == 36)
            let definition = try await service.get(path + "(LogicalName='new_photo')").json
            #expect(definition["@odata.type"] == "#Microsoft.Dynamics.CRM.ImageAttributeMetadata")
            #expect(try await service.send(.DELETE, path + "(LogicalName='new_photo')").status == 204)
            #expect(try await service.get("accounts(\(key))?$select=new_photoid").status == 400)
        }
    }

    @Test("Related rows beyond a page are behind a link")
    func expandedPages() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A"])
            for number in 0..<5 {
                _ = try await service.create(
                    "contacts",
                    [
                        "lastname": .string("L\(number)"), "firstname": .string(number == 4 ? "no" : "yes"),
                        "parentcustomerid_account@odata.bind": .string("/accounts(\(key))"),
                    ]
                )
            }
            let query =
                "?$select=name&$expand=contact_customer_accounts($select=lastname;$orderby=lastname desc;$filter=firstname eq 'yes')"
            for path in ["accounts(\(key))", "accounts"] {
                let reply = try await service.get(path + query, prefer: "odata.maxpagesize=3")
                let row = path == "accounts" ? Value.object(try #require(reply.rows.first)) : reply.json
                let members = row["contact_customer_accounts"]?.arrayValue
                #expect(members?.compactMap { $0["lastname"]?.stringValue } == ["L3", "L2", "L1"])
                let link = try #require(row["contact_customer_accounts@odata.nextLink"]?.stringValue)
                let rest = try await service.get(link, prefer: "odata.maxpagesize=3")
                #expect(rest.names("lastname") == ["L0"], "\(rest.text)")
                #expect(rest.json["@odata.nextLink"] == nil)
            }
            let all = try await service.get("accounts(\(key))?$expand=contact_customer_accounts($top=2)")
            #expect(all.json["contact_customer_accounts"]?.arrayValue?.count == 2)
            #expect(all.json["contact_customer_accounts@odata.nextLink"] == nil)
        }
    }

    @Test("FetchXML links through many-to-many relationships")
    func intersect() async throws {
        try await withContoso { service in
            let project = try await service.create(
                "contoso_projects",
                ["contoso_name": "P", "contoso_project_contact": [["lastname": "A"], ["lastname": "B"]]]
            )
            _ = try await service.create("contacts", ["lastname": "C"])
            let fetch = """
                <fetch><entity name="contact"><attribute name="lastname"/><order attribute="lastname"/>\
                <link-entity name="contoso_project_contact" from="contactid" to="contactid" intersect="true">\
                <link-entity name="contoso_project" from="contoso_projectid" to="contoso_projectid" alias="p">\
                <attribute name="contoso_name"/><filter><condition attribute="contoso_projectid" operator="eq" \
                value="\(project)"/></filter></link-entity></link-entity></entity></fetch>
                """
            let reply = try await service.get("contacts?fetchXml=\(fetch)")
            #expect(reply.status == 200, "\(reply.text)")
            #expect(reply.names("lastname") == ["A", "B"])
            #expect(reply.rows.first?["p.contoso_name"] == "P")
        }
    }
}
