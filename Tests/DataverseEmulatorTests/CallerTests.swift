import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Headers of requests and responses")
struct CallerTests {
    @Test("Responses tell what is left of the limits, and how many requests to send at a time")
    func limits() async throws {
        try await withContoso {
            $0.recommendedParallelism = 3
        } _: { service in
            let replies = [try await service.get("accounts"), try await service.get("nosuch")]
            for reply in replies { #expect(reply.headers.first(name: "x-ms-dop-hint") == "3") }
            let left = replies.compactMap {
                $0.headers.first(name: "x-ms-ratelimit-burst-remaining-xrm-requests").flatMap { Int($0) }
            }
            #expect(left == [5999, 5998])
            let time = try #require(replies[0].headers.first(name: "x-ms-ratelimit-time-remaining-xrm-requests"))
            #expect(time.hasPrefix("1,1"), "\(time)")
        }
    }

    @Test("A request on behalf of another user counts as that user's")
    func impersonation() async throws {
        try await withWorkshop { service in
            let object = UUID().uuidString.lowercased()
            let user = try await service.create(
                "systemusers",
                ["fullname": "Ann", "azureactivedirectoryobjectid": .string(object)]
            )
            for headers in [[("MSCRMCallerID", user)], [("CallerObjectId", object)]] {
                let created = try await service.send(.POST, "accounts", ["name": "A"], headers: headers)
                #expect(created.status == 204, "\(created.text)")
                let row = try await service.get("accounts(\(created.createdKey))").json
                #expect(row["_createdby_value"]?.stringValue == user)
                #expect(row["_ownerid_value"]?.stringValue == user)
                #expect(row["_createdonbehalfby_value"]?.stringValue == ServiceIdentity().userID)
                let me = try await service.send(.GET, "WhoAmI", headers: headers)
                #expect(me.json["UserId"]?.stringValue == user)
                let own = "accounts/$count?$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')"
                let counted = try await service.send(
                    .GET,
                    own.replacingOccurrences(of: "'ownerid'", with: "'_ownerid_value'"),
                    headers: headers
                )
                #expect(Int(counted.text) ?? 0 > 0, "\(counted.text)")
            }
            let own = try await service.create("accounts", ["name": "B"])
            let row = try await service.get("accounts(\(own))").json
            #expect(row["_createdby_value"]?.stringValue == ServiceIdentity().userID)
            #expect(row["_createdonbehalfby_value"] == .null)
            let unknown = [("MSCRMCallerID", UUID().uuidString)]
            let refused = try await service.send(.POST, "accounts", ["name": "C"], headers: unknown)
            #expect(refused.status == 403)
            #expect(refused.errorCode == "0x80072560")
            let wrong = try await service.send(.GET, "accounts", headers: [("MSCRMCallerID", "' OR 1=1 --")])
            #expect(wrong.status == 400)
        }
    }

    @Test("Duplicates are refused where a request asks for that, by the rules that are registered")
    func duplicates() async throws {
        try await withContoso {
            $0.duplicateRules = [DuplicateRule(table: "account", columns: ["name", "emailaddress1"])]
        } _: { service in
            let row: Value = ["name": "A", "emailaddress1": "a@example.com"]
            let detect = [("MSCRM.SuppressDuplicateDetection", "false")]
            #expect(try await service.send(.POST, "accounts", row, headers: detect).status == 204)
            let refused = try await service.send(.POST, "accounts", row, headers: detect)
            #expect(refused.status == 412)
            #expect(refused.errorCode == "0x80040333")
            for headers in [[], [("MSCRM.SuppressDuplicateDetection", "true")]] {
                #expect(try await service.send(.POST, "accounts", row, headers: headers).status == 204)
            }
            let other = try await service.create("accounts", ["name": "B", "emailaddress1": "a@example.com"])
            let change = try await service.send(.PATCH, "accounts(\(other))", ["name": "a"], headers: detect)
            #expect(change.status == 412)
            let harmless = try await service.send(.PATCH, "accounts(\(other))", ["name": "c"], headers: detect)
            #expect(harmless.status == 204)
        }
    }

    @Test("Headers that leave out custom logic, and those of solutions, change nothing")
    func accepted() async throws {
        try await withContoso { service in
            for (name, value) in [
                ("MSCRM.BypassBusinessLogicExecution", "CustomSync,CustomAsync"),
                ("MSCRM.BypassBusinessLogicExecutionStepIds", UUID().uuidString),
                ("MSCRM.BypassCustomPluginExecution", "true"), ("MSCRM.SolutionUniqueName", "mine"),
                ("MSCRM.SuppressCallbackRegistrationExpanderJob", "true"), ("Consistency", "Strong"),
            ] {
                let reply = try await service.send(.POST, "accounts?tag=t", ["name": "A"], headers: [(name, value)])
                #expect(reply.status == 204, "\(name)")
            }
        }
    }

    @Test("Rows of elastic tables are in partitions, and writes have a session token")
    func elastic() async throws {
        try await withWorkshop { service in
            let id = UUID().uuidString.lowercased()
            let key = "new_readings(new_readingid=\(id),partitionid='p1')"
            let created = try await service.send(.PATCH, key, ["new_value": 1])
            #expect(created.status == 204, "\(created.text)")
            let token = try #require(created.headers.first(name: "x-ms-session-token"))
            let read = try await service.send(.GET, key, headers: [("MSCRM.SessionToken", token)])
            #expect(read.json["new_value"] == 1)
            #expect(read.headers.first(name: "x-ms-session-token") == nil)
            #expect(try await service.get("new_readings(\(id))?partitionId=p1").status == 200)
            #expect(try await service.get("new_readings(\(id))?partitionId=p2").status == 404)
            _ = try await service.create("new_readings", ["new_value": 2, "partitionid": "p2"])
            #expect(try await service.get("new_readings?partitionId=p2").rows.map { $0["new_value"] } == [2])
            #expect(try await service.get("accounts?partitionId=p2").status == 400)
            let targets: Value = [
                "Targets": [
                    ["@odata.type": "Microsoft.Dynamics.CRM.new_reading", "new_readingid": .string(id)]
                ]
            ]
            let path = "new_readings/Microsoft.Dynamics.CRM.DeleteMultiple"
            #expect(try await service.send(.POST, path, targets).status == 204)
            #expect(try await service.get(key).status == 404)
            let plain = try await service.send(
                .POST,
                "accounts/Microsoft.Dynamics.CRM.DeleteMultiple",
                [
                    "Targets": [["@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": .string(id)]]
                ]
            )
            #expect(plain.status == 501)
        }
    }
}
