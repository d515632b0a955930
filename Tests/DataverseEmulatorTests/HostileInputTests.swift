import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    private static let injections = [
        "'; DROP TABLE accounts; --", "\" OR 1=1 --", "') UNION SELECT * FROM sqlite_master --",
        "x\\'; DELETE FROM accounts",
        "%27%3B", "a\u{0301}'\u{2028}", "NULL", "?1", ":name", "@p", "[name]", "`name`", "\\\"",
        "name\" FROM accounts --",
    ]

    @Test("SQL in every position of text stays text")
    func injection() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "safe", "accountnumber": "N"])
            func encoded(_ text: String) -> String {
                text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
            }
            for text in Self.injections {
                let quoted = encoded(text.replacingOccurrences(of: "'", with: "''"))
                let raw = encoded(text)
                let xml = encoded(
                    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
                        .replacingOccurrences(of: "\"", with: "&quot;").replacingOccurrences(of: "'", with: "&apos;")
                )
                for path in [
                    "accounts?$filter=name eq '\(quoted)'", "accounts?$filter=contains(name,'\(quoted)')",
                    "accounts?$filter=name in ('\(quoted)')", "accounts?$filter=name eq @p&@p='\(quoted)'",
                    "accounts(accountnumber='\(quoted)')", "accounts?$select=\(raw)", "accounts?$orderby=\(raw)",
                    "accounts?$expand=\(raw)", "accounts?$apply=groupby((\(raw)))", "accounts?$skiptoken=\(raw)",
                    "accounts?$deltatoken=\(raw)", "accounts?$apply=aggregate(revenue with sum as \(raw))",
                    "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['\(quoted)'])",
                    "accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName='\(quoted)',PropertyValues=['a'])",
                    "accounts?partitionId=\(raw)", "accounts?savedQuery=\(raw)", "\(raw)", "accounts(\(raw))",
                    "accounts(\(key))/\(raw)",
                    "accounts?sql=\(encoded("SELECT name FROM account WHERE name = '"))\(quoted)'",
                    "accounts?sql=\(encoded("SELECT "))\(raw)\(encoded(" FROM account"))",
                    "accounts?fetchXml=\(encoded("<fetch><entity name=\"account\"><attribute name=\""))\(xml)\(encoded("\"/></entity></fetch>"))",
                    "accounts?fetchXml=\(encoded("<fetch><entity name=\"account\"><filter><condition attribute=\"name\" operator=\"eq\" value=\""))\(xml)\(encoded("\"/></filter></entity></fetch>"))",
                    "EntityDefinitions(LogicalName='\(quoted)')", "RetrieveTotalRecordCount(EntityNames=['\(quoted)'])",
                ] {
                    let reply = try await service.get(path)
                    #expect((200..<500).contains(reply.status) || reply.status == 501, "\(path): \(reply.text)")
                    #expect(!reply.text.contains("CREATE TABLE"), "\(path)")
                    #expect(!reply.text.contains("SQLite error"), "\(path): \(reply.text)")
                }
                for body: Value in [
                    ["name": .string(text)], [text: "x"].json,
                    ["description": .string(text), "websiteurl": .string(text)],
                    ["primarycontactid@odata.bind": .string(text)], ["\(text)@odata.bind": "/contacts(x)"].json,
                ] {
                    let reply = try await service.send(.POST, "accounts", body)
                    #expect(reply.status < 500, "\(body): \(reply.text)")
                }
                let written = try await service.send(.PATCH, "accounts(\(key))", ["description": .string(text)])
                #expect(written.status == 204)
                #expect(try await service.get("accounts(\(key))").json["description"]?.stringValue == text)
            }
            #expect(try await service.get("accounts(\(key))").json["name"] == "safe")
        }
    }

    @Test("Deep and long conditions are answered or refused at once")
    func deep() async throws {
        try await withContoso { service in
            let deep = String(repeating: "(", count: 3000) + "name eq 'a'" + String(repeating: ")", count: 3000)
            let nots = String(repeating: "not (", count: 300) + "true" + String(repeating: ")", count: 300)
            let lookups = "accounts?$filter=" + String(repeating: "parentaccountid/", count: 120) + "name eq 'a'"
            let lambdas =
                String(repeating: "account_parent_account/any(x:x/", count: 90) + "name eq 'a'"
                + String(repeating: ")", count: 90)
            let long = (0..<2000).map { "name eq '\($0)'" }.joined(separator: " or ")
            for path in [
                "accounts?$filter=\(deep)", "accounts?$filter=\(nots)", lookups, "accounts?$filter=\(lambdas)",
                "accounts?$filter=\(long)",
                "accounts?$filter=name in (\((0..<5000).map { "'\($0)'" }.joined(separator: ",")))",
                "accounts?$expand=" + String(repeating: "account_parent_account($expand=", count: 60) + "createdby"
                    + String(repeating: ")", count: 60),
            ] {
                // The client waits for half a minute at most.
                let reply = try await service.get(path)
                #expect(
                    reply.status == 200 || reply.status == 400,
                    "\(path.prefix(60)): \(reply.status) \(reply.text.prefix(200))"
                )
            }
            let fetch =
                "<fetch><entity name='account'>" + String(repeating: "<filter>", count: 500)
                + String(repeating: "</filter>", count: 500) + "</entity></fetch>"
            #expect(try await service.get("accounts?fetchXml=\(fetch)").status == 400)
            let body =
                String(repeating: "{\"primarycontactid\":", count: 500) + "{}" + String(repeating: "}", count: 500)
            #expect(try await service.send(.POST, "accounts", raw: Array(body.utf8)).status == 400)
            let arrays = String(repeating: "[", count: 100_000)
            #expect(try await service.send(.POST, "accounts", raw: Array(arrays.utf8)).status == 400)
        }
    }

    @Test("URLs of megabytes are refused, and others are served meanwhile")
    func longURLs() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A"])
            let port = try #require(service.url.port)
            for megabytes in [1, 10] {
                async let answer = RawConnection.answer(
                    to: "GET /api/data/v9.2/accounts?$filter=name%20eq%20'"
                        + String(repeating: "a", count: megabytes << 20) + "' HTTP/1.1\r\nHost: localhost\r\n\r\n",
                    port: port
                )
                for _ in 0..<20 { #expect(try await service.get("accounts(\(key))").status == 200) }
                let line = await answer
                #expect(line.isEmpty || line.hasPrefix("HTTP/1.1 4"), "\(line)")
            }
        }
    }

    @Test(
        "Malformed multipart is answered with 400",
        arguments: [
            "", "--b", "--b\r\n", "--b\r\n\r\n", "--b\r\nContent-Type: application/http\r\n\r\nGET", "--b--",
            "--b\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/9.9\r\n\r\n\r\n--b--",
            "--b\r\nContent-Type: multipart/mixed\r\n\r\n--c\r\n--b--",
            "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b--\r\n--b--",
            "--b\r\nContent-Type: application/http\r\n\r\n\u{0}\u{1}\u{2} HTTP/1.1\r\n\r\n\r\n--b--",
            "--x\r\nContent-Type: application/http\r\n\r\nGET accounts HTTP/1.1\r\n\r\n\r\n--x--",
        ]
    )
    func multipart(body: String) async throws {
        try await withContoso { service in
            let reply = try await service.send(
                .POST,
                "$batch",
                raw: Array(body.utf8),
                headers: [("Content-Type", "multipart/mixed; boundary=b")],
                replacesContentType: true
            )
            #expect(reply.status == 400 || reply.status == 200, "\(reply.status)")
            #expect(try await service.get("accounts/$count").text == "0")
        }
    }
}

extension Dictionary where Key == String, Value == String {
    fileprivate var json: ODataCore.Value {
        .object(ODataCore.Record(members: map { ($0.key, .string($0.value)) }))
    }
}
