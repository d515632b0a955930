import AsyncHTTPClient
import CSDL
import DataverseEmulator
import Foundation
import ODataCore
import Synchronization
import TestSupport
import Testing

@Suite("Service")
struct ServiceTests {
    @Test("Service document, metadata and versions")
    func documents() async throws {
        try await withContoso { service in
            let document = try await service.get("")
            #expect(document.rows.contains { $0["name"] == "accounts" && $0["url"] == "accounts" })
            #expect(document.json["@odata.context"]?.stringValue == service.root + "$metadata")
            let metadata = try await service.get("$metadata")
            #expect(metadata.headers.first(name: "Content-Type") == "application/xml")
            let file = try Data(contentsOf: URL(fileURLWithPath: Fixture.contoso))
            #expect(Data(metadata.body) == file)
            let base = service.url.absoluteString
            for path in ["/api/data/v9.0/WhoAmI", "/api/data/v9.1/WhoAmI()", "/api/data/v9.2/WhoAmI"] {
                #expect(try await service.get(base + path).json["UserId"]?.stringValue == ServiceIdentity().userID)
            }
            for path in ["/", "/api/data/v8.2/accounts", "/api/data/v9.2x/accounts", "/api/data/accounts"] {
                #expect(try await service.get(base + path).status == 404)
            }
        }
    }

    @Test("EntityDefinitions tell the names of tables")
    func definitions() async throws {
        try await withContoso { service in
            let query = "EntityDefinitions?$select=LogicalName,EntitySetName,PrimaryIdAttribute,PrimaryNameAttribute"
            let reply = try await service.get(query + "&$filter=LogicalName eq 'contoso_project'")
            #expect(reply.rows.count == 1)
            let row = try #require(reply.rows.first)
            #expect(row["EntitySetName"] == "contoso_projects")
            #expect(row["PrimaryIdAttribute"] == "contoso_projectid")
            #expect(row["PrimaryNameAttribute"] == "contoso_name")
            #expect(row["MetadataId"]?.stringValue?.count == 36)
            #expect(
                try await service.get("EntityDefinitions(LogicalName='account')").json["EntitySetName"] == "accounts"
            )
            #expect(try await service.get("EntityDefinitions(LogicalName='nosuch')").status == 404)
            #expect(try await service.get("EntityDefinitions").rows.count == 7)
            #expect(try await service.send(.POST, "EntityDefinitions", ["LogicalName": "x"]).status == 400)
        }
    }

    @Test("Functions and actions of the sample, and how they are refused")
    func operations() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A"])
            for number in 1...3 {
                _ = try await service.create(
                    "contoso_projects",
                    [
                        "contoso_code": .string("P\(number)"), "contoso_budget": 10.25, "contoso_hours": 1.5,
                        "contoso_startson": .string("202\(number)-01-01T00:00:00Z"),
                        "contoso_Account@odata.bind": .string("/accounts(\(account))"),
                    ]
                )
            }
            let all = try await service.get("contoso_ProjectTotals(AccountId=\(account))")
            #expect(all.json["ProjectCount"] == 3)
            #expect(all.json["Budget"] == .decimal(30.75))
            #expect(all.json["Codes"] == ["P1", "P2", "P3"])
            let since = try await service.get(
                "contoso_ProjectTotals(AccountId=@a,Since=@s)?@a=\(account)&@s=2022-01-01T00:00:00Z"
            )
            #expect(since.json["Codes"] == ["P2", "P3"])
            #expect(
                since.json["@odata.context"]?.stringValue
                    == service.root + "$metadata#Microsoft.Dynamics.CRM.contoso_ProjectTotalsResponse"
            )
            let action = "contoso_projects(contoso_code='P1')/Microsoft.Dynamics.CRM.contoso_CloseProject"
            let closed = try await service.send(.POST, action, ["Reason": "Cancelled", "Note": "why"])
            #expect(closed.status == 200)
            #expect(closed.json["Reason"] == "Cancelled")
            #expect(closed.json["RemainingBudget"] == .decimal(10.25))
            #expect(try await service.get("contoso_projects(contoso_code='P1')").json["statecode"] == 1)
            let health = "contoso_projects(contoso_code='P1')/Microsoft.Dynamics.CRM.contoso_ProjectHealth()"
            #expect(try await service.get(health).json["Warnings"] == "NoManager")

            #expect(try await service.get(action).status == 405)
            #expect(try await service.send(.POST, action, ["Reason": "Nonsense"]).status == 400)
            #expect(try await service.send(.POST, action, [:]).status == 400)
            #expect(try await service.send(.POST, action, ["Reason": "Completed", "x": 1]).status == 400)
            #expect(try await service.get("contoso_ProjectTotals()").status == 400)
            #expect(try await service.get("contoso_ProjectTotals(AccountId='x')").status == 400)
            let missing = "contoso_projects(contoso_code='no')/Microsoft.Dynamics.CRM.contoso_CloseProject"
            #expect(try await service.send(.POST, missing, ["Reason": "Completed"]).status == 404)
        }
    }

    @Test("Handlers of one's own: results, errors, and none")
    func hooks() async throws {
        try await withContoso {
            $0.operations = [
                "contoso_ProjectTotals": { _ in throw ServiceError(status: 403, code: "0x80040220", message: "No.") }
            ]
        } _: { service in
            let totals = try await service.get("contoso_ProjectTotals(AccountId=\(UUID().uuidString))")
            #expect(totals.status == 403)
            #expect(totals.errorCode == "0x80040220")
            let key = try await service.create("contoso_projects", ["contoso_name": "P"])
            let health = try await service.get(
                "contoso_projects(\(key))/Microsoft.Dynamics.CRM.contoso_ProjectHealth()"
            )
            #expect(health.status == 501)
            #expect(health.errorMessage.contains("contoso_ProjectHealth"))
        }
    }

    @Test("Bearer tokens are checked where that is switched on")
    func tokens() async throws {
        try await withContoso {
            $0.requiredToken = "secret"
        } _: { service in
            for headers in [[], [("Authorization", "Bearer wrong")], [("Authorization", "Basic secret")]] {
                let reply = try await service.send(.GET, "accounts", headers: headers)
                #expect(reply.status == 401)
                #expect(reply.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer ") == true)
            }
            let reply = try await service.send(.GET, "accounts", headers: [("Authorization", "Bearer secret")])
            #expect(reply.status == 200)
        }
    }

    @Test("Faults by program and by header")
    func faults() async throws {
        let faults = FaultInjector()
        try await withContoso {
            $0.faults = faults
        } _: { service in
            faults.add(Fault(.throttled(retryAfter: 3), method: "GET", pathContains: "accounts", skipping: 1, times: 2))
            #expect(try await service.get("accounts").status == 200)
            #expect(try await service.get("contacts").status == 200)
            for _ in 0..<2 {
                let reply = try await service.get("accounts")
                #expect(reply.status == 429)
                #expect(reply.headers.first(name: "Retry-After") == "3")
                #expect(reply.errorCode == "0x80072322")
            }
            #expect(try await service.get("accounts").status == 200)
            faults.add(Fault(.tokenRejected))
            #expect(try await service.get("accounts").status == 401)
            let unavailable = try await service.send(
                .GET,
                "accounts",
                headers: [("Emulator-Fault", "status=503; retry-after=1")]
            )
            #expect(unavailable.status == 503)
            #expect(unavailable.headers.first(name: "Retry-After") == "1")
            #expect(try await service.send(.GET, "accounts", headers: [("Emulator-Fault", "nonsense")]).status == 400)
            faults.add(Fault(.connectionDropped))
            await #expect(throws: (any Error).self) { try await service.get("accounts") }
            faults.add(Fault(.truncatedBody(bytes: 10)))
            await #expect(throws: (any Error).self) { try await service.get("accounts") }
            faults.add(Fault(.latency(.milliseconds(200))))
            let clock = ContinuousClock()
            let time = try await clock.measure { _ = try await service.get("accounts") }
            #expect(time >= .milliseconds(200))
            #expect(try await service.get("accounts").status == 200)
        }
    }

    @Test("64 writers at once lose nothing", arguments: [false, true])
    func concurrency(onDisk: Bool) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "emulator-\(UUID().uuidString).sqlite").path
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) } }
        try await withContoso {
            if onDisk { $0.dataFile = file }
        } _: { service in
            let shared = try await service.create("accounts", ["name": "shared"])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<64 {
                    group.addTask {
                        for number in 0..<5 {
                            let name = "\(writer)-\(number)"
                            _ = try await service.create("accounts", ["name": .string(name)])
                            let reply = try await service.send(
                                .PATCH,
                                "accounts(\(shared))",
                                ["description": .string(name)]
                            )
                            #expect(reply.status == 204)
                            #expect(try await service.get("accounts?$filter=name eq '\(name)'").rows.count == 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await service.get("accounts/$count").text == "321")
        }
        guard onDisk else { return }
        try await withContoso {
            $0.dataFile = file
        } _: { service in
            #expect(try await service.get("accounts/$count").text == "321")
            #expect(try await service.get("EntityDefinitions").rows.count == 7)
            _ = try await service.create("accounts", ["name": "after the restart"])
        }
    }

    @Test("withEmulator passes on results and errors, and frees its port")
    func lifetime() async throws {
        struct Expected: Error {}
        let configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        let url = try await withEmulator(configuration) { $0 }
        // The client goes on trying to connect until its time is over.
        await #expect(throws: (any Error).self) {
            try await Service(url: url).send(.GET, "accounts", raw: nil, timeout: .milliseconds(300))
        }
        await #expect(throws: Expected.self) { try await withEmulator(configuration) { _ in throw Expected() } }
        // The port that was free is free again.
        var again = configuration
        again.port = try #require(url.port)
        #expect(try await withEmulator(again) { $0 } == url)
        let taken = again
        await #expect(throws: (any Error).self) {
            try await withEmulator(taken) { _ in try await withEmulator(taken) { _ in } }
        }
    }

    @Test("Files that are no metadata are refused with their name")
    func wrongMetadata() throws {
        let missing = #expect(throws: Diagnostic.self) { try EmulatorConfiguration(metadataFile: "/nonexistent/m.xml") }
        #expect(missing?.description == "/nonexistent/m.xml: error: there is no such file")
        for text in ["", "<x/>", "no XML", "<?xml version=\"1.0\"?><edmx:Edmx"] {
            let error = #expect(throws: Diagnostic.self) {
                try EmulatorConfiguration(metadata: Array(text.utf8), name: "m.xml")
            }
            #expect(error?.file == "m.xml")
        }
        let empty = """
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>\
            <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="N"/></edmx:DataServices></edmx:Edmx>
            """
        let error = #expect(throws: Diagnostic.self) { try EmulatorConfiguration(metadata: Array(empty.utf8)) }
        #expect(error?.message.contains("nothing to serve") == true)
    }

    @Test(
        "All of Dataverse v9.1 is served",
        .enabled(if: SharedFiles.url("metadata/dataverse-v9.1.xml") != nil, "needs DATAVERSE_SHARED")
    )
    func dataverse() async throws {
        let configuration = try EmulatorConfiguration(
            metadataFile: #require(SharedFiles.url("metadata/dataverse-v9.1.xml")).path
        )
        try await withEmulator(configuration) { url in
            let service = Service(url: url)
            let names = try await service.get("").names("name")
            #expect(names.count > 260)
            // A read of each set makes each table.
            for name in names {
                let reply = try await service.get("\(name)?$top=1")
                #expect(reply.status == 200, "\(name): \(reply.text)")
            }
            let task = try await service.create("tasks", ["subject": "T"])
            #expect(try await service.get("activitypointers").names("subject") == ["T"])
            #expect(try await service.get("tasks(\(task))").json["createdon"]?.stringValue != nil)
            let definitions = try await service.get("EntityDefinitions?$filter=LogicalName eq 'account'")
            #expect(definitions.names("EntitySetName") == ["accounts"])
        }
    }

    @Test(
        "Other OData services are served too",
        .enabled(if: SharedFiles.url("metadata/northwind.xml") != nil, "needs DATAVERSE_SHARED")
    )
    func northwind() async throws {
        let configuration = try EmulatorConfiguration(
            metadataFile: #require(SharedFiles.url("metadata/northwind.xml")).path
        )
        try await withEmulator(configuration) { url in
            let service = Service(url: url)
            #expect(
                try await service.send(
                    .POST,
                    "Customers",
                    ["CustomerID": "ALFKI", "CompanyName": "Alfreds", "Orders": [["OrderID": 1], ["OrderID": 2]]]
                ).status == 204
            )
            let row = try await service.get("Customers('ALFKI')?$expand=Orders($select=OrderID)").json
            #expect(row["Orders"]?.arrayValue?.map { $0["OrderID"] } == [1, 2])
            #expect(try await service.get("Orders?$filter=Customer/CompanyName eq 'alfreds'").rows.count == 2)
            let detail = try await service.send(
                .POST,
                "Order_Details",
                ["OrderID": 1, "ProductID": 7, "UnitPrice": 1.5, "Quantity": 2, "Discount": 0]
            )
            #expect(detail.createdKey == "OrderID=1,ProductID=7")
            #expect(try await service.get("Order_Details(ProductID=7,OrderID=1)").json["Quantity"] == 2)
            #expect(try await service.send(.POST, "Customers", ["CompanyName": "x"]).status == 400)
        }
    }
}
