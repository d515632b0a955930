import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Built-in operations")
struct OperationTests {
    @Test("What the environment tells of itself, declared or not")
    func environment() async throws {
        try await withContoso { service in
            #expect(try await service.get("RetrieveVersion()").json["Version"] == "9.2.0.0")
            #expect(try await service.get("RetrieveAvailableLanguages()").json["LocaleIds"] == [1033])
            let organization = try await service.get(
                "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')"
            )
            #expect(organization.status == 200, "\(organization.text)")
            #expect(organization.json["Detail"]?["State"] == "Enabled")
            #expect(
                organization.json["Detail"]?["Endpoints"]?["Values"]?.arrayValue?.first?.stringValue
                    == service.url.absoluteString + "/"
            )
            for name in ["A", "B"] { _ = try await service.create("accounts", ["name": .string(name)]) }
            let counts = try await service.get("RetrieveTotalRecordCount(EntityNames=['account','contact'])")
            #expect(counts.json["EntityRecordCountCollection"]?["Keys"] == ["account", "contact"])
            #expect(counts.json["EntityRecordCountCollection"]?["Values"] == [2, 0])
            #expect(try await service.get("RetrieveTotalRecordCount(EntityNames=['nosuch'])").status == 400)
            #expect(try await service.send(.POST, "PublishAllXml").status == 204)
        }
    }

    @Test("Declared operations without a handler answer 501 with their name")
    func unknown() async throws {
        try await withWorkshop { service in
            let reply = try await service.send(.POST, "Unknowable")
            #expect(reply.status == 501)
            #expect(reply.errorMessage.contains("Unknowable"))
            #expect(try await service.send(.POST, "Undeclared").status == 404)
        }
        try await withWorkshop {
            $0.operations = [
                "Unknowable": { _ in .value(["Known": true]) },
                "Undeclared": { call in .value(.object(call.parameters)) },
                "WhoAmI": { _ in .value(["UserId": "own"]) },
            ]
        } _: { service in
            let declared = try await service.send(.POST, "Unknowable").json
            #expect(declared["Known"] == true)
            let action = try await service.send(.POST, "Undeclared", ["A": 1]).json
            #expect(action["A"] == 1)
            let function = try await service.get("Undeclared(B='x')").json
            #expect(function["B"] == "x")
            let own = try await service.get("WhoAmI").json
            #expect(own["UserId"] == "own")
        }
    }

    @Test("Merge moves what belongs to the subordinate row")
    func merge() async throws {
        try await withWorkshop { service in
            let target = try await service.create("accounts", ["name": "kept"])
            let other = try await service.create("accounts", ["name": "merged"])
            let child = try await service.create(
                "accounts",
                ["name": "child", "parentaccountid@odata.bind": .string("/accounts(\(other))")]
            )
            let type: Value = "Microsoft.Dynamics.CRM.account"
            let body: Value = [
                "Target": ["@odata.type": type, "accountid": .string(target)],
                "Subordinate": ["@odata.type": type, "accountid": .string(other)],
                "UpdateContent": ["@odata.type": type, "accountid": .string(target), "name": "both"],
                "PerformParentingChecks": false,
            ]
            let reply = try await service.send(.POST, "Merge", body)
            #expect(reply.status == 204, "\(reply.text)")
            #expect(try await service.get("accounts(\(target))").json["name"] == "both")
            #expect(try await service.get("accounts(\(child))").json["_parentaccountid_value"]?.stringValue == target)
            let merged = try await service.get("accounts(\(other))").json
            #expect(merged["merged"] == true)
            #expect(merged["_masterid_value"]?.stringValue == target)
            #expect(merged["statecode"] == 1)
            let same: Value = [
                "Target": ["@odata.id": "accounts(\(target))"].value,
                "Subordinate": ["@odata.id": "accounts(\(target))"].value,
            ]
            #expect(try await service.send(.POST, "Merge", same).status == 400)
        }
    }

    @Test("Opportunities and cases are closed with an activity")
    func closing() async throws {
        try await withWorkshop { service in
            let key = try await service.create("incidents", ["title": "Broken"])
            let bind: Value = .string("/incidents(\(key))")
            let body: Value = [
                "IncidentResolution": ["subject": "Fixed", "incidentid@odata.bind": bind], "Status": -1,
            ]
            #expect(try await service.send(.POST, "CloseIncident", body).status == 204)
            let row = try await service.get("incidents(\(key))").json
            #expect(row["statecode"] == 1)
            #expect(row["statuscode"] == 5)
            #expect(try await service.get("incidentresolutions").names("subject") == ["Fixed"])
            #expect(try await service.send(.POST, "CloseIncident", body).status == 400)
            #expect(try await service.get("incidentresolutions/$count").text == "1", "nothing happens then")
        }
        try await withContoso { service in
            for (action, state, status) in [("WinOpportunity", 1, 3), ("LoseOpportunity", 2, 4)] {
                let key = try await service.create("opportunities", ["name": "O"])
                let body: Value = ["OpportunityClose": ["opportunityid@odata.bind": .string("/opportunities(\(key))")]]
                #expect(try await service.send(.POST, action, body).status == 204)
                let row = try await service.get("opportunities(\(key))").json
                #expect(row["statecode"] == .integer(Int64(state)))
                #expect(row["statuscode"] == .integer(Int64(status)))
            }
            #expect(try await service.send(.POST, "WinOpportunity", [:]).status == 400)
        }
    }

    @Test("Shared access is remembered; members of teams are added and removed")
    func sharing() async throws {
        try await withWorkshop { service in
            let account = try await service.create("accounts", ["name": "A"])
            let user = try await service.create("systemusers", ["fullname": "U"])
            let target: Value = ["@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": .string(account)]
            func access(_ rights: String) -> Value {
                [
                    "Target": target,
                    "PrincipalAccess": [
                        "AccessMask": .string(rights),
                        "Principal": [
                            "@odata.type": "Microsoft.Dynamics.CRM.systemuser", "systemuserid": .string(user),
                        ],
                    ],
                ]
            }
            func shared() async throws -> [String] {
                let reply = try await service.get(
                    "RetrieveSharedPrincipalsAndAccess(Target=@t)?@t={\"@odata.id\":\"accounts(\(account))\"}"
                )
                #expect(reply.status == 200, "\(reply.text)")
                return reply.json["PrincipalAccesses"]?.arrayValue?.compactMap { $0["AccessMask"]?.stringValue } ?? []
            }
            #expect(try await shared().isEmpty)
            #expect(try await service.send(.POST, "GrantAccess", access("WriteAccess")).status == 204)
            #expect(try await service.send(.POST, "GrantAccess", access("ReadAccess")).status == 204)
            #expect(try await shared() == ["ReadAccess, WriteAccess"])
            #expect(try await service.send(.POST, "ModifyAccess", access("ShareAccess")).status == 204)
            #expect(try await shared() == ["ShareAccess"])
            #expect(try await service.send(.POST, "GrantAccess", access("Everything")).status == 400)
            let revoke: Value = ["Target": target, "Revokee": ["systemuserid": .string(user)]]
            #expect(try await service.send(.POST, "RevokeAccess", revoke).status == 204)
            #expect(try await shared().isEmpty)

            let team = try await service.create("teams", ["name": "T"])
            let path = "teams(\(team))/Microsoft.Dynamics.CRM."
            let members: Value = ["Members": [["systemuserid": .string(user)]]]
            #expect(try await service.send(.POST, path + "AddMembersTeam", members).status == 204)
            let names = "teams(\(team))/teammembership_association"
            #expect(try await service.get(names).names("fullname") == ["U"])
            #expect(try await service.send(.POST, path + "RemoveMembersTeam", members).status == 204)
            #expect(try await service.get(names).rows.isEmpty)
        }
    }

    @Test("Options of choices are added, renamed, ordered and removed, of columns and global ones")
    func options() async throws {
        try await withContoso { service in
            func label(_ text: String) -> Value {
                ["LocalizedLabels": [["Label": .string(text), "LanguageCode": 1033]]]
            }
            let created = try await service.send(
                .POST,
                "GlobalOptionSetDefinitions",
                [
                    "@odata.type": "Microsoft.Dynamics.CRM.OptionSetMetadata", "Name": "new_colors",
                    "OptionSetType": "Picklist", "Options": [["Value": 1, "Label": label("Red")]],
                ]
            )
            #expect(created.status == 204, "\(created.text)")
            let target: ODataCore.Record = ["OptionSetName": "new_colors"]
            func call(_ name: String, _ more: ODataCore.Record) async throws -> Service.Reply {
                var body = target
                for member in more.names { body[member] = more[member] }
                return try await service.send(.POST, name, .object(body))
            }
            #expect(
                try await call("InsertOptionValue", ["Label": label("Blue"), "Value": 7]).json["NewOptionValue"] == 7
            )
            #expect(try await call("InsertOptionValue", ["Label": label("Blue"), "Value": 7]).status == 400)
            #expect(try await call("UpdateOptionValue", ["Label": label("Navy"), "Value": 7]).status == 204)
            #expect(try await call("OrderOption", ["Values": [7, 1]]).status == 204)
            let options = try await service.get("GlobalOptionSetDefinitions(Name='new_colors')").json["Options"]
            #expect(options?.arrayValue?.compactMap { $0["Value"]?.integerValue } == [7, 1])
            #expect(options?.arrayValue?.first?["Label"]?["UserLocalizedLabel"]?["Label"] == "Navy")
            #expect(try await call("DeleteOptionValue", ["Value": 7]).status == 204)
            #expect(try await call("DeleteOptionValue", ["Value": 7]).status == 404)

            // The state of projects gets another status, which rows can have from then on.
            let status: Value = [
                "EntityLogicalName": "contoso_project", "AttributeLogicalName": "statuscode", "StateCode": 0,
                "Value": 100_000_001, "Label": label("Waiting"),
            ]
            #expect(try await service.send(.POST, "InsertStatusValue", status).json["NewOptionValue"] == 100_000_001)
            let row: Value = ["contoso_name": "P", "statuscode": 100_000_001]
            let key = try await service.create("contoso_projects", row)
            let formatted = try await service.get("contoso_projects(\(key))", prefer: "odata.include-annotations=\"*\"")
            #expect(formatted.json["statuscode@OData.Community.Display.V1.FormattedValue"] == "Waiting")
        }
    }
}

extension Dictionary where Key == String, Value == String {
    fileprivate var value: ODataCore.Value {
        .object(ODataCore.Record(members: map { ($0.key, .string($0.value)) }))
    }
}
