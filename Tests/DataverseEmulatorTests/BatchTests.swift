import Foundation
import HTTPTypes
import ODataCore
import Testing

@testable import DataverseEmulator

/// Writes batches, and reads the responses to them.
private struct Batch {
    var parts: [String] = []

    static func request(_ method: String, _ address: String, _ body: String? = nil, id: String? = nil) -> String {
        let contentID = id.map { "Content-ID: \($0)\r\n" } ?? ""
        let type = body == nil ? "" : "Content-Type: application/json\r\n"
        return """
            Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\(contentID)\r\n\
            \(method) \(address) HTTP/1.1\r\n\(type)\r\n\(body ?? "")
            """
    }

    static func changeSet(_ requests: [String]) -> String {
        let body = requests.map { "--cs\r\n\($0)\r\n" }.joined() + "--cs--\r\n"
        return "Content-Type: multipart/mixed; boundary=\"cs\"\r\n\r\n\(body)"
    }

    static func send(_ parts: [String], to service: Service, prefer: String? = nil) async throws -> Service.Reply {
        let body = parts.map { "--batch_1\r\n\($0)\r\n" }.joined() + "--batch_1--\r\n"
        return try await service.send(body: body, to: "$batch", prefer: prefer)
    }

    /// The status codes in a response, in their order.
    static func statuses(_ reply: Service.Reply) -> [Int] {
        reply.text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("HTTP/1.1 ") }
            .compactMap { Int($0.dropFirst(9).prefix(3)) }
    }
}

extension Service {
    fileprivate func send(body: String, to path: String, prefer: String?) async throws -> Reply {
        var headers = [("Content-Type", "multipart/mixed; boundary=batch_1")]
        if let prefer { headers.append(("Prefer", prefer)) }
        return try await send(.POST, path, raw: Array(body.utf8), headers: headers, replacesContentType: true)
    }
}

@Suite("Batches")
struct BatchTests {
    @Test("Requests are answered in their order, and a change set is one part")
    func order() async throws {
        try await withContoso { service in
            let reply = try await Batch.send(
                [
                    Batch.request("POST", "accounts", #"{"name":"A"}"#),
                    Batch.changeSet([
                        Batch.request("POST", "/api/data/v9.2/accounts", #"{"name":"B"}"#, id: "1"),
                        Batch.request("PATCH", "$1", #"{"name":"C"}"#, id: "2"),
                        Batch.request(
                            "POST",
                            "\(service.root)contacts",
                            #"{"lastname":"L","parentcustomerid_account@odata.bind":"$1"}"#,
                            id: "3"
                        ),
                    ]), Batch.request("GET", "accounts?$filter=name eq 'C'&$select=name"),
                ],
                to: service
            )
            #expect(reply.status == 200)
            #expect(Batch.statuses(reply) == [204, 204, 204, 204, 200])
            #expect(reply.text.contains("Content-ID: 3"))
            #expect(reply.text.contains(#""name":"C""#))
            let contacts = try await service.get("contacts?$expand=parentcustomerid_account($select=name)")
            #expect(contacts.rows.first?["parentcustomerid_account"]?["name"] == "C")
        }
    }

    @Test("A change set that fails changes nothing, and ends the batch unless it is to go on")
    func rollback() async throws {
        try await withContoso { service in
            let parts = [
                Batch.changeSet([
                    Batch.request("POST", "accounts", #"{"name":"A"}"#, id: "1"),
                    Batch.request("PATCH", "$1", #"{"nosuch":1}"#, id: "2"),
                ]), Batch.request("POST", "accounts", #"{"name":"B"}"#),
            ]
            let stopped = try await Batch.send(parts, to: service)
            #expect(stopped.status == 400)
            #expect(Batch.statuses(stopped) == [400])
            #expect(stopped.text.contains("Content-ID: 2"))
            #expect(try await service.get("accounts/$count").text == "0")
            let continued = try await Batch.send(parts, to: service, prefer: "odata.continue-on-error")
            #expect(continued.status == 200)
            #expect(Batch.statuses(continued) == [400, 204])
            #expect(try await service.get("accounts").names("name") == ["B"])
        }
    }

    @Test("What is no batch is refused as a whole")
    func refused() async throws {
        try await withContoso { service in
            let json = try await service.send(.POST, "$batch", raw: Array("{}".utf8))
            #expect(json.status == 501)
            #expect(try await service.send(body: "nothing", to: "$batch", prefer: nil).status == 400)
            #expect(try await service.get("$batch").status == 405)
            let many = Array(repeating: Batch.request("GET", "accounts"), count: 1001)
            #expect(try await Batch.send(many, to: service).status == 400)
            let nested = try await Batch.send([Batch.request("POST", "$batch", "x")], to: service)
            #expect(Batch.statuses(nested) == [400])
            let reading = try await Batch.send([Batch.changeSet([Batch.request("GET", "accounts")])], to: service)
            #expect(Batch.statuses(reading) == [400])
            let unknown = try await Batch.send([Batch.request("PATCH", "$9", "{}")], to: service)
            #expect(Batch.statuses(unknown) == [400])
        }
    }
}

@Suite("Bulk actions")
struct BulkTests {
    private static let type: Value = "Microsoft.Dynamics.CRM.account"
    private static let action = "accounts/Microsoft.Dynamics.CRM."

    @Test("Rows are created, changed and upserted in one transaction")
    func multiple() async throws {
        try await withContoso { service in
            let created = try await service.send(
                .POST,
                Self.action + "CreateMultiple",
                ["Targets": [["@odata.type": Self.type, "name": "A"], ["@odata.type": Self.type, "name": "B"]]]
            )
            #expect(created.status == 200)
            let ids = created.json["Ids"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(ids.count == 2)
            let updated = try await service.send(
                .POST,
                Self.action + "UpdateMultiple",
                [
                    "Targets": .array(
                        ids.map { ["@odata.type": Self.type, "accountid": .string($0), "telephone1": "1"] }
                    )
                ]
            )
            #expect(updated.status == 204)
            #expect(try await service.get("accounts?$filter=telephone1 eq '1'").names("name") == ["A", "B"])
            let failed = try await service.send(
                .POST,
                Self.action + "CreateMultiple",
                ["Targets": [["@odata.type": Self.type, "name": "C"], ["@odata.type": Self.type, "nosuch": 1]]]
            )
            #expect(failed.status == 400)
            #expect(try await service.get("accounts/$count").text == "2", "nothing of it is kept")
            let untyped = try await service.send(.POST, Self.action + "CreateMultiple", ["Targets": [["name": "C"]]])
            #expect(untyped.errorMessage.contains("@odata.type"))
            let missing = try await service.send(
                .POST,
                Self.action + "UpdateMultiple",
                ["Targets": [["@odata.type": Self.type, "accountid": "5d8e1f0a-7a3c-4c1e-9a52-0b6f3c2d1eff"]]]
            )
            #expect(missing.status == 404)
        }
    }

    @Test("BulkDelete deletes what its queries find")
    func bulkDelete() async throws {
        try await withContoso { service in
            for name in ["A", "B", "C"] { _ = try await service.create("accounts", ["name": .string(name)]) }
            let condition: Value = [
                "AttributeName": "name", "Operator": "In",
                "Values": [["Value": "A", "Type": "System.String"], ["Value": "C", "Type": "System.String"]],
            ]
            let reply = try await service.send(
                .POST,
                "BulkDelete",
                [
                    "QuerySet": [
                        ["EntityName": "account", "Criteria": ["FilterOperator": "And", "Conditions": [condition]]]
                    ]
                ]
            )
            #expect(reply.status == 200)
            #expect(reply.json["JobId"]?.stringValue?.count == 36)
            #expect(try await service.get("accounts").names("name") == ["B"])
        }
    }
}
