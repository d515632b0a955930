import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Rows to begin with")
struct SeedTests {
    private static let json = """
        {"contacts": [{"contactid": "11111111-0000-0000-0000-000000000001", "lastname": "Lee"}],
         "accounts": [{"name": "Contoso", "accountnumber": "C1", "revenue": 12.5,
           "primarycontactid@odata.bind": "/contacts(11111111-0000-0000-0000-000000000001)"},
          {"name": "without a key"}]}
        """

    @Test("JSON by entity set, with lookups, and CSV after a table's name")
    func formats() async throws {
        let csv = """
            contoso_code,contoso_name,contoso_budget,contoso_ismilestone,contoso_startson,contoso_Account@odata.bind
            P1,"A ""quoted"", long\nname",10.25,true,2024-05-01T00:00:00Z,/accounts(accountnumber='C1')
            P2,,,,,
            """
        try await withContoso {
            $0.seeds = [
                try! SeedFile(Array(Self.json.utf8), name: "seed.json"),
                try! SeedFile(Array(csv.utf8), name: "contoso_project.csv"),
            ]
        } _: { service in
            let account = try await service.get("accounts(accountnumber='C1')?$expand=primarycontactid").json
            #expect(account["name"] == "Contoso")
            #expect(account["primarycontactid"]?["lastname"] == "Lee")
            #expect(try await service.get("accounts/$count").text == "2")
            let project = try await service.get("contoso_projects(contoso_code='P1')?$expand=contoso_Account").json
            #expect(project["contoso_name"] == "A \"quoted\", long\nname")
            #expect(project["contoso_budget"] == .decimal(10.25))
            #expect(project["contoso_ismilestone"] == true)
            #expect(project["contoso_Account"]?["name"] == "Contoso")
            #expect(try await service.get("contoso_projects(contoso_code='P2')").json["contoso_name"] == .null)
        }
    }

    @Test("A database that is seeded again does not get rows twice")
    func again() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).sqlite").path
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + end) } }
        for _ in 0..<2 {
            try await withContoso {
                $0.dataFile = file
                $0.seeds = [try! SeedFile(Array(Self.json.utf8), name: "seed.json")]
            } _: { service in
                let accounts = try await service.get("accounts/$count").text
                #expect(accounts == "2")
                let contacts = try await service.get("contacts/$count").text
                #expect(contacts == "1")
            }
        }
    }

    @Test(
        "What is wrong is said with its place, and nothing is there then",
        arguments: [
            ("{\"nosuch\": [{}]}", "s.json", "s.json: nosuch[0]: 'nosuch' is neither"),
            ("{\"accounts\": [{\"name\": \"a\"}, {\"name\": 5}]}", "s.json", "s.json: accounts[1]: "),
            ("{\"accounts\": [{\"wrong\": 5}]}", "s.json", "accounts[0]"),
            ("accountnumber,revenue\nA,1\nB,x\n", "accounts.csv", "accounts.csv:3: "),
        ]
    )
    func refused(contents: String, name: String, message: String) async throws {
        var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        configuration.seeds = [try SeedFile(Array(contents.utf8), name: name)]
        let error = await #expect(throws: SeedError.self) {
            try await withEmulator(configuration) { _ in Issue.record("it serves") }
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test(
        "Files that are neither JSON nor CSV of the form",
        arguments: [
            ("[]", "s.json"), ("{\"accounts\": {}}", "s.json"), ("{\"accounts\": [1]}", "s.json"), ("{", "s.json"),
            ("", "s.csv"), ("a,a\n", "s.csv"), ("a,b\n1\n", "s.csv"), ("a\n\"x", "s.csv"), ("a\nx\"y\n", "s.csv"),
            ("a,\n1,2\n", "s.csv"), ("x", "s.txt"),
        ]
    )
    func malformed(contents: String, name: String) {
        #expect(throws: SeedError.self) { try SeedFile(Array(contents.utf8), name: name) }
    }
}
