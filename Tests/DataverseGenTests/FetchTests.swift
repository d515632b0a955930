import Foundation
import Testing

@testable import dataverse_gen

/// What `dataverse-gen fetch` makes of its arguments. Downloads are tested against the emulator.
@Suite("dataverse-gen fetch")
struct FetchTests {
    @Test(
        "A URL says where the service is",
        arguments: [
            ("https://contoso.crm.dynamics.com", "https://contoso.crm.dynamics.com/api/data/v9.2", true),
            ("HTTPS://Contoso.crm4.dynamics.com/", "https://contoso.crm4.dynamics.com/api/data/v9.2", true),
            ("https://contoso.crm.dynamics.com/api/data/v9.1", "https://contoso.crm.dynamics.com/api/data/v9.1", true),
            ("http://localhost:8080", "http://localhost:8080/api/data/v9.2", true),
            ("http://localhost:8080/$metadata", "http://localhost:8080", false),
            ("https://services.odata.org/V4/TripPin/", "https://services.odata.org/V4/TripPin", false),
            ("https://services.odata.org/V4/TripPin/$metadata", "https://services.odata.org/V4/TripPin", false),
        ]
    )
    func location(url: String, root: String, isDataverse: Bool) throws {
        let location = try ServiceLocation(url)
        #expect(location.root == root)
        #expect(location.isDataverse == isDataverse)
        #expect(location.metadataURL == root + "/$metadata" + (isDataverse ? "?annotations=true" : ""))
    }

    @Test(
        "What is no URL of a service is refused",
        arguments: ["contoso", "ftp://contoso.com", "https://", "https://u:p@c.com"]
    )
    func noLocation(url: String) throws {
        #expect(throws: CommandFailure.self) { try ServiceLocation(url) }
    }

    @Test("Tokens do not travel over plain HTTP, but for this machine")
    func plainHTTP() throws {
        let credential = FetchCredential.token("secret")
        #expect(throws: CommandFailure.self) {
            try credential.headers(for: ServiceLocation("http://contoso.com/odata"))
        }
        #expect(
            try credential.headers(for: ServiceLocation("http://127.0.0.1:8080")) == ["Authorization: Bearer secret"]
        )
    }

    @Test("The environment says how to sign in; a command comes first, then a token, then an app")
    func credentials() throws {
        let dataverse = try ServiceLocation("https://contoso.crm.dynamics.com")
        let open = try ServiceLocation("https://services.odata.org/V4/TripPin")
        let app = ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "s"]
        let token = app.merging(["DATAVERSE_TOKEN": "secret"]) { $1 }
        func credential(_ environment: [String: String], command: String? = nil, at location: ServiceLocation)
            -> FetchCredential
        {
            FetchCredential(command: command, environment: environment, location: location)
        }
        #expect(credential(token, command: "echo x", at: dataverse) == .command("echo x"))
        #expect(credential(token, at: dataverse) == .token("secret"))
        #expect(credential(token, at: open) == .token("secret"))
        #expect(credential(app, at: dataverse) == .clientSecret(tenant: "t", client: "c", secret: "s"))
        #expect(credential(["AZURE_TENANT_ID": "t"], at: dataverse) == .azureCLI)
        #expect(credential(app, at: open) == .none)
    }

    @Test("Secrets go to curl where other processes do not see them, and cannot add options")
    func curlConfiguration() {
        var curl = Curl()
        curl.headers = ["Authorization: Bearer a\"b\\c\nurl = \"http://evil\""]
        curl.form = [("client_secret", "s&\"x")]
        let text = curl.configuration(for: [
            .init(url: "https://contoso.com/$metadata", file: URL(filePath: "/tmp/m x"))
        ])
        #expect(text.contains(#"header = "Authorization: Bearer a\"b\\c\nurl = \"http://evil\"""# + "\n"))
        #expect(text.contains(#"data-urlencode = "client_secret=s&\"x""# + "\n"))
        #expect(text.hasSuffix("url = \"https://contoso.com/$metadata\"\noutput = \"/tmp/m x\"\n"))
    }

    @Test("A command for a token that fails says why")
    func failingCommand() throws {
        let credential = FetchCredential.command("echo 'not signed in' >&2; exit 3")
        let failure = #expect(throws: CommandFailure.self) {
            try credential.headers(for: ServiceLocation("https://contoso.crm.dynamics.com"))
        }
        #expect(failure?.diagnostics.first?.message.contains("'sh' failed: not signed in") == true)
        let blank = FetchCredential.command("true")
        #expect(throws: CommandFailure.self) { try blank.headers(for: ServiceLocation("https://c.crm.dynamics.com")) }
    }
}
