import DataverseEmulator
import ODataCore
import Testing

@Suite("Relationships")
struct RelationshipTests {
    @Test("Lookups are set and cleared by @odata.bind")
    func bind() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A", "accountnumber": "N1"])
            let contact = try await service.create("contacts", ["lastname": "L"])
            for reference in [
                "/accounts(\(account))", "accounts(\(account))", "\(service.root)accounts(\(account))",
                "/accounts(accountnumber='N1')",
            ] {
                let body: Value = ["parentcustomerid_account@odata.bind": .string(reference)]
                #expect(try await service.send(.PATCH, "contacts(\(contact))", body).status == 204, "\(reference)")
                let row = try await service.get("contacts(\(contact))", prefer: "odata.include-annotations=\"*\"").json
                #expect(row["_parentcustomerid_value"]?.stringValue == account)
                #expect(row["_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "account")
                #expect(
                    row["_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"]
                        == "parentcustomerid_account"
                )
                #expect(row["_parentcustomerid_value@OData.Community.Display.V1.FormattedValue"] == "A")
                let empty: Value = ["parentcustomerid_account@odata.bind": .null]
                #expect(try await service.send(.PATCH, "contacts(\(contact))", empty).status == 204)
                let cleared = try await service.get("contacts(\(contact))").json
                #expect(cleared["_parentcustomerid_value"] == .null)
            }
        }
    }

    @Test("A customer lookup refers to an account or a contact, never both")
    func customer() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A"])
            let contact = try await service.create("contacts", ["lastname": "C"])
            let key = try await service.create(
                "opportunities",
                ["name": "O", "customerid_account@odata.bind": .string("/accounts(\(account))")]
            )
            let expand =
                "opportunities(\(key))?$expand=customerid_account($select=name),customerid_contact($select=lastname)"
            var row = try await service.get(expand).json
            #expect(row["customerid_account"]?["name"] == "A")
            #expect(row["customerid_contact"] == .null)
            let change: Value = ["customerid_contact@odata.bind": .string("/contacts(\(contact))")]
            _ = try await service.send(.PATCH, "opportunities(\(key))", change)
            row = try await service.get(expand).json
            #expect(row["customerid_account"] == .null)
            #expect(row["customerid_contact"]?["lastname"] == "C")
            #expect(row["_customerid_value"]?.stringValue == contact)
            #expect(try await service.get("accounts(\(account))/opportunity_customer_accounts").rows.isEmpty)
            #expect(try await service.get("contacts(\(contact))/opportunity_customer_contacts").rows.count == 1)
            let filtered = try await service.get("opportunities?$filter=customerid_contact/lastname eq 'c'")
            #expect(filtered.rows.count == 1)
            #expect(try await service.get("opportunities?$filter=customerid_account/name ne null").rows.isEmpty)
        }
    }

    @Test("Deep insert creates the whole tree")
    func deepInsert() async throws {
        try await withContoso { service in
            let existing = try await service.create("contacts", ["lastname": "Old"])
            let key = try await service.create(
                "accounts",
                [
                    "name": "A", "primarycontactid": ["lastname": "Prime"],
                    "contact_customer_accounts": [["lastname": "One"], ["lastname": "Two"]],
                    "contoso_account_contoso_project": [
                        [
                            "contoso_name": "P", "contoso_project_contact": [["lastname": "Member"]],
                            "contoso_project_contact@odata.bind": [.string("/contacts(\(existing))")],
                        ]
                    ],
                ]
            )
            let row = try await service.get(
                """
                accounts(\(key))?$expand=primarycontactid($select=lastname),contact_customer_accounts($select=lastname;\
                $orderby=lastname),contoso_account_contoso_project($select=contoso_name;\
                $expand=contoso_project_contact($select=lastname;$orderby=lastname))
                """
            ).json
            #expect(row["primarycontactid"]?["lastname"] == "Prime")
            #expect(row["contact_customer_accounts"]?.arrayValue?.map { $0["lastname"] } == ["One", "Two"])
            let project = try #require(row["contoso_account_contoso_project"]?.arrayValue?.first)
            #expect(project["contoso_project_contact"]?.arrayValue?.map { $0["lastname"] } == ["Member", "Old"])
        }
    }

    @Test("PATCH does not nest new rows")
    func deepUpdate() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A"])
            for path in ["accounts(\(key))", "accounts(accountnumber='new')"] {
                for body: Value in [
                    ["primarycontactid": ["lastname": "L"]], ["contact_customer_accounts": [["lastname": "L"]]],
                ] {
                    let reply = try await service.send(.PATCH, path, body)
                    #expect(reply.status == 400)
                    #expect(reply.errorMessage == "Deep update of navigation properties is not allowed.")
                }
            }
            #expect(try await service.get("contacts/$count").text == "0")
        }
    }

    @Test("$ref adds and removes: lookups, one-to-many, many-to-many")
    func references() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A"])
            let contact = try await service.create("contacts", ["lastname": "L"])
            let project = try await service.create("contoso_projects", ["contoso_name": "P"])
            let reference: Value = ["@odata.id": .string("\(service.root)contacts(\(contact))")]

            let lookup = "accounts(\(account))/primarycontactid/$ref"
            #expect(try await service.get(lookup).status == 204)
            #expect(try await service.send(.PUT, lookup, reference).status == 204)
            #expect(
                try await service.get(lookup).json["@odata.id"]?.stringValue == service.root + "contacts(\(contact))"
            )
            #expect(
                try await service.get("accounts(\(account))/primarycontactid?$select=lastname").json["lastname"] == "L"
            )
            #expect(try await service.get("accounts(\(account))/primarycontactid/lastname/$value").text == "L")
            #expect(try await service.send(.DELETE, lookup).status == 204)
            #expect(try await service.get("accounts(\(account))/primarycontactid").status == 204)

            for collection in [
                "accounts(\(account))/contact_customer_accounts",
                "contoso_projects(\(project))/contoso_project_contact",
            ] {
                #expect(try await service.send(.POST, collection + "/$ref", reference).status == 204)
                // Setting a lookup again changes nothing; a pair exists only once.
                let again = try await service.send(.POST, collection + "/$ref", reference)
                #expect(again.status == (collection.hasPrefix("accounts") ? 204 : 412))
                #expect(try await service.get(collection).names("lastname") == ["L"])
                #expect(try await service.get(collection + "/$count").text == "1")
                #expect(try await service.get(collection + "(\(contact))?$select=lastname").json["lastname"] == "L")
                #expect(
                    try await service.get(collection + "/$ref").rows.map { $0["@odata.id"]?.stringValue }
                        == [service.root + "contacts(\(contact))"]
                )
                #expect(try await service.send(.DELETE, collection + "(\(contact))/$ref").status == 204)
                #expect(try await service.get(collection).rows.isEmpty)
                #expect(try await service.send(.DELETE, collection + "(\(contact))/$ref").status == 404)
                _ = try await service.send(.POST, collection + "/$ref", reference)
                let id = "\(service.root)contacts(\(contact))"
                #expect(try await service.send(.DELETE, collection + "/$ref?$id=\(id)").status == 204)
                #expect(try await service.get(collection).rows.isEmpty)
            }
            // Both sides of a many-to-many relationship see the same pairs.
            let projectReference: Value = ["@odata.id": .string("/contoso_projects(\(project))")]
            _ = try await service.send(.POST, "contacts(\(contact))/contoso_project_contact/$ref", projectReference)
            #expect(
                try await service.get("contoso_projects(\(project))/contoso_project_contact").names("lastname") == ["L"]
            )
            let wrong: Value = ["@odata.id": .string("/accounts(\(account))")]
            #expect(try await service.send(.PUT, lookup, wrong).status == 400)
        }
    }

    @Test("A row created in a collection belongs to it")
    func createInCollection() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A"])
            let key = try await service.create("accounts(\(account))/contact_customer_accounts", ["lastname": "New"])
            let row = try await service.get("contacts(\(key))").json
            #expect(row["_parentcustomerid_value"]?.stringValue == account)
        }
    }

    @Test("Deleting a row empties the lookups that refer to it")
    func removeLink() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A"])
            let contact = try await service.create(
                "contacts",
                ["lastname": "L", "parentcustomerid_account@odata.bind": .string("/accounts(\(account))")]
            )
            let etag = try await service.get("contacts(\(contact))").etag
            #expect(try await service.send(.DELETE, "accounts(\(account))").status == 204)
            let row = try await service.get("contacts(\(contact))").json
            #expect(row["_parentcustomerid_value"] == .null)
            #expect(row["@odata.etag"]?.stringValue != etag)
        }
    }

    @Test("Owners are users, through the abstract type's set")
    func owners() async throws {
        try await withContoso { service in
            let user = try await service.create("systemusers", ["fullname": "Ann"])
            let row = try await service.get("systemusers(\(user))").json
            #expect(row["systemuserid"] == row["ownerid"])
            let names = try await service.get("systemusers?$orderby=fullname").names("fullname")
            #expect(names == ["Ann", "Emulator User"])
            let account = try await service.create(
                "accounts",
                ["name": "A", "ownerid@odata.bind": .string("/systemusers(\(user))")]
            )
            let owned = try await service.get(
                "accounts(\(account))?$select=_ownerid_value&$expand=ownerid",
                prefer: "odata.include-annotations=\"*\""
            ).json
            #expect(owned["_ownerid_value@OData.Community.Display.V1.FormattedValue"] == "Ann")
            #expect(owned["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "systemuser")
            #expect(owned["ownerid"]?["@odata.type"] == "#Microsoft.Dynamics.CRM.systemuser")
            #expect(owned["ownerid"]?["ownerid"]?.stringValue == user)
            #expect(try await service.get("owners").rows.count == 2)
            #expect(try await service.get("owners(\(user))").json["fullname"] == "Ann")
            #expect(try await service.get("systemusers(\(user))/owner_accounts").names("name") == ["A"])
            #expect(try await service.get("accounts?$filter=createdby/fullname eq 'Emulator User'").rows.count == 1)
        }
    }
}
