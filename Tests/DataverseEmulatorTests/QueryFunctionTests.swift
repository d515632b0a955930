import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Query functions about hierarchies, teams and fiscal periods")
struct QueryFunctionTests {
    private static func function(_ name: String, _ parameters: String) -> String {
        "Microsoft.Dynamics.CRM.\(name)(\(parameters))"
    }

    @Test("Rows above and below another one")
    func hierarchy() async throws {
        try await withWorkshop { service in
            var keys: [String: String] = [:]
            for (name, parent) in [("a", nil), ("b", "a"), ("c", "b"), ("d", "a"), ("x", nil)] as [(String, String?)] {
                var body: ODataCore.Record = ["name": .string(name)]
                if let parent, let key = keys[parent] {
                    body["parentaccountid@odata.bind"] = .string("/accounts(\(key))")
                }
                keys[name] = try await service.create("accounts", .object(body))
            }
            func names(_ function: String, _ of: String) async throws -> [String] {
                let call = Self.function(function, "PropertyName='accountid',PropertyValue='\(keys[of] ?? "")'")
                let reply = try await service.get("accounts?$select=name&$orderby=name&$filter=\(call)")
                #expect(reply.status == 200, "\(reply.text)")
                return reply.names("name")
            }
            #expect(try await names("Under", "a") == ["b", "c", "d"])
            #expect(try await names("UnderOrEqual", "b") == ["b", "c"])
            #expect(try await names("NotUnder", "a") == ["a", "x"])
            #expect(try await names("Above", "c") == ["a", "b"])
            #expect(try await names("AboveOrEqual", "c") == ["a", "b", "c"])
            let fetch = """
                <fetch><entity name="account"><attribute name="name"/><order attribute="name"/><filter>\
                <condition attribute="accountid" operator="eq-or-under" value="\(keys["b"] ?? "")"/></filter>\
                </entity></fetch>
                """
            #expect(try await service.get("accounts?fetchXml=\(fetch)").names("name") == ["b", "c"])
            // A circle does not go round for ever.
            let circle: Value = ["parentaccountid@odata.bind": .string("/accounts(\(keys["c"] ?? ""))")]
            #expect(try await service.send(.PATCH, "accounts(\(keys["a"] ?? ""))", circle).status == 204)
            #expect(try await names("Under", "a") == ["a", "b", "c", "d"])
            let wrong = Self.function("Under", "PropertyName='name',PropertyValue='x'")
            #expect(try await service.get("accounts?$filter=\(wrong)").status >= 400)
        }
    }

    @Test("The caller's teams, and the users below the caller")
    func users() async throws {
        try await withWorkshop { service in
            let me = ServiceIdentity().userID
            let below = try await service.create(
                "systemusers",
                ["fullname": "Below", "parentsystemuserid@odata.bind": .string("/systemusers(\(me))")]
            )
            let other = try await service.create("systemusers", ["fullname": "Other"])
            for (name, owner) in [("mine", me), ("theirs", below), ("other", other)] {
                _ = try await service.create(
                    "accounts",
                    ["name": .string(name), "ownerid@odata.bind": .string("/systemusers(\(owner))")]
                )
            }
            func names(_ function: String) async throws -> [String] {
                let call = Self.function(function, "PropertyName='_ownerid_value'")
                let reply = try await service.get("accounts?$select=name&$orderby=name&$filter=\(call)")
                #expect(reply.status == 200, "\(reply.text)")
                return reply.names("name")
            }
            #expect(try await names("EqualUserId") == ["mine"])
            #expect(try await names("EqualUserOrUserHierarchy") == ["mine", "theirs"])
            #expect(try await names("EqualUserOrUserHierarchyAndTeams") == ["mine", "theirs"])
            #expect(try await names("EqualUserTeams").isEmpty)
            let team = try await service.create("teams", ["name": "T"])
            let member: Value = ["@odata.id": .string("\(service.root)systemusers(\(me))")]
            _ = try await service.send(.POST, "teams(\(team))/teammembership_association/$ref", member)
            let teams = Self.function("EqualUserTeams", "PropertyName='teamid'")
            #expect(try await service.get("teams?$filter=\(teams)").names("name") == ["T"])
        }
    }

    @Test("Fiscal periods are quarters of calendar years")
    func fiscal() async throws {
        try await withContoso { service in
            for day in ["2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01", "2024-12-31"] {
                _ = try await service.create(
                    "contoso_projects",
                    ["contoso_name": .string(day), "contoso_dueon": .string(day)]
                )
            }
            func names(_ function: String, _ parameters: String) async throws -> [String] {
                let call = Self.function(function, "PropertyName='contoso_dueon',\(parameters)")
                let reply = try await service.get("contoso_projects?$orderby=contoso_name&$filter=\(call)")
                #expect(reply.status == 200, "\(reply.text)")
                return reply.names("contoso_name")
            }
            #expect(try await names("InFiscalYear", "PropertyValue=2023") == ["2023-12-31"])
            #expect(try await names("InFiscalPeriod", "PropertyValue=4") == ["2023-12-31", "2024-12-31"])
            let first = "PropertyValue1=1,PropertyValue2=2024"
            #expect(try await names("InFiscalPeriodAndYear", first) == ["2024-01-01", "2024-03-31"])
            #expect(try await names("InOrBeforeFiscalPeriodAndYear", first).count == 3)
            #expect(try await names("InOrAfterFiscalPeriodAndYear", first).count == 4)
            let this = Self.function("ThisFiscalPeriod", "PropertyName='createdon'")
            #expect(try await service.get("contoso_projects/$count?$filter=\(this)").text == "5")
            for (name, parameters, status) in [
                ("InFiscalPeriod", "PropertyValue=5", 400), ("InFiscalYear", "PropertyValue='x'", 400),
                ("OlderThanXFiscalYears", "PropertyValue=2", 501), ("NoSuchFunction", "PropertyValue=2", 501),
            ] {
                let call = Self.function(name, "PropertyName='contoso_dueon',\(parameters)")
                let reply = try await service.get("contoso_projects?$filter=\(call)")
                #expect(reply.status == status, "\(name): \(reply.text)")
                if status == 501 { #expect(reply.errorMessage.contains(name)) }
            }
        }
    }
}
