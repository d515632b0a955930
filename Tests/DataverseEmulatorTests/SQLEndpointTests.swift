import Foundation
import ODataCore
import TestSupport
import Testing

@testable import DataverseEmulator

@Suite("SQL endpoint")
struct SQLEndpointTests {
    @Test("What is no SQL, or more than the subset, is refused")
    func refused() async throws {
        let cases: [(sql: String, status: Int)] = [
            ("", 400), ("SELECT * FROM account", 400), ("SELECT name FROM account; DROP TABLE accounts", 400),
            ("SELECT name FROM account WHERE name = 'x", 400), ("DELETE FROM account", 400),
            ("SELECT name FROM contact", 400), ("SELECT name, revenue FROM account GROUP BY name", 400),
            ("SELECT name FROM account WHERE revenue = 'abc'", 400), ("SELECT name AS a, city AS a FROM account", 400),
            ("SELECT name FROM account ORDER BY nosuch", 400), ("SELECT name FROM account OFFSET 1 ROWS", 400),
            ("SELECT name FROM account WHERE name IN (SELECT name FROM account)", 501),
            ("SELECT name FROM account UNION SELECT name FROM account", 501),
            ("SELECT UPPER(name) FROM account", 501), ("SELECT name FROM account, contact", 501),
            ("SELECT name FROM account HAVING COUNT(*) > 1", 501),
            ("SELECT name FROM account WHERE name LIKE '[a-c]%'", 501),
        ]
        try await withContoso { service in
            for (sql, status) in cases {
                let encoded = sql.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let reply = try await service.get("accounts?sql=" + encoded)
                #expect(reply.status == status, "\(sql): \(reply.text)")
            }
        }
    }

    @Test("Texts stay texts, whatever is in them")
    func texts() async throws {
        try await withContoso { service in
            let name = "'; DROP TABLE \"accounts\"; -- %_["
            _ = try await service.create("accounts", ["name": .string(name)])
            let quoted = name.replacingOccurrences(of: "'", with: "''")
            for condition in ["name = '\(quoted)'", "name LIKE '%''; DROP%[%][_][[]'", "[name] IN (N'x', '\(quoted)')"]
            {
                let sql = "SELECT name AS \"the name\" FROM dbo.account WHERE \(condition) /* all */ -- of it"
                let encoded = sql.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                #expect(try await service.get("accounts?sql=" + encoded).names("the name") == [name], "\(condition)")
            }
        }
    }

    @Test("Pages go on where they ended")
    func pages() async throws {
        try await withContoso { service in
            for number in 0..<5 { _ = try await service.create("accounts", ["name": .string("\(number)")]) }
            var path: String? = "accounts?sql=SELECT%20name%20FROM%20account%20ORDER%20BY%20name%20DESC"
            var names: [String] = []
            while let next = path {
                let reply = try await service.get(next, prefer: "odata.maxpagesize=2")
                names += reply.names("name")
                path = reply.json["@odata.nextLink"]?.stringValue
            }
            #expect(names == ["4", "3", "2", "1", "0"])
        }
    }

    @Test("Random words are parsed or refused")
    func fuzz() {
        var generator = SeededGenerator(seed: 20_261_124)
        let words = [
            "SELECT", "DISTINCT", "TOP", "5", "name", ",", "FROM", "account", "a", "JOIN", "LEFT", "ON", "=", "(", ")",
            "WHERE", "AND", "OR", "NOT", "IN", "'x'", "LIKE", "BETWEEN", "IS", "NULL", "GROUP", "BY", "ORDER", "DESC",
            "OFFSET", "ROWS", "COUNT", "*", ".", "-", "[b]", "'", "\u{FC}",
        ]
        var accepted = 0
        for round in 0..<20_000 {
            let count = Int.random(in: 0...12, using: &generator)
            let tail = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            let text = round.isMultiple(of: 2) ? tail : "SELECT name FROM account " + tail
            do {
                _ = try SelectParser.statement(text)
                accepted += 1
            } catch {
                #expect(error.status == 400 || error.status == 501)
            }
        }
        #expect(accepted > 100)
        let deep = "SELECT a FROM b WHERE " + String(repeating: "(", count: 10_000)
        #expect(throws: ServiceError.self) { try SelectParser.statement(deep) }
    }
}

@Suite("FetchXML")
struct FetchXMLTests {
    private func get(_ service: Service, _ xml: String, prefer: String? = nil) async throws -> Service.Reply {
        let encoded = xml.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await service.get("accounts?fetchXml=" + encoded, prefer: prefer)
    }

    @Test("What is wrong is refused, and what is missing is named")
    func refused() async throws {
        let cases: [(xml: String, status: Int)] = [
            ("<fetch>", 400), ("<!DOCTYPE x><fetch/>", 400), ("<fetch/>", 400),
            ("<fetch><entity name='contact'/></fetch>", 400),
            ("<fetch top='1' count='2'><entity name='account'/></fetch>", 400),
            ("<fetch nosuch='1'><entity name='account'/></fetch>", 501),
            ("<fetch><entity name='account'><nosuch/></entity></fetch>", 501),
            ("<fetch><entity name='account'><attribute name='nosuch'/></entity></fetch>", 400),
            (
                "<fetch><entity name='account'><filter><condition attribute='name' operator='nosuch'/></filter></entity></fetch>",
                501
            ),
            (
                "<fetch><entity name='account'><link-entity name='contact' from='x' to='y' link-type='natural'/></entity></fetch>",
                501
            ),
            ("<fetch><entity name='account'><attribute name='name' aggregate='sum'/></entity></fetch>", 400),
            ("<fetch paging-cookie='x'><entity name='account'/></fetch>", 400),
        ]
        try await withContoso { service in
            for (xml, status) in cases {
                let reply = try await get(service, xml)
                #expect(reply.status == status, "\(xml): \(reply.text)")
            }
        }
    }

    @Test("Pages stay right while rows come and go")
    func pages() async throws {
        try await withContoso { service in
            for number in 1...6 { _ = try await service.create("accounts", ["name": .string("\(number)")]) }
            let annotations = "odata.include-annotations=\"*\""
            let query = "<entity name='account'><attribute name='name'/><order attribute='name'/></entity></fetch>"
            let first = try await get(service, "<fetch count='2'>" + query, prefer: annotations)
            #expect(first.names("name") == ["1", "2"])
            #expect(first.json["@Microsoft.Dynamics.CRM.morerecords"] == true)
            _ = try await service.create("accounts", ["name": "0"])
            let cookie = try #require(first.json["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"]?.stringValue)
            let encoded = try XMLElement.parse(cookie).attributes["pagingcookie"] ?? ""
            let decoded = encoded.removingPercentEncoding?.removingPercentEncoding ?? ""
            let escaped = decoded.replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(
                of: "\"",
                with: "&quot;"
            )
            let second = try await get(
                service,
                "<fetch count='2' page='2' paging-cookie=\"\(escaped)\">" + query,
                prefer: annotations
            )
            #expect(second.names("name") == ["3", "4"])
        }
    }

    @Test("Random XML is read or refused")
    func fuzz() {
        var generator = SeededGenerator(seed: 7)
        let pieces = [
            "<a", ">", "/>", "</a>", " b='1'", " c=\"&amp;\"", "&lt;", "&#65;", "&x;", "x", "<!--", "-->", "<?", "?>",
            "<", "'",
        ]
        var accepted = 0
        for round in 0..<20_000 {
            let count = Int.random(in: 0...10, using: &generator)
            let inside = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            if (try? XMLElement.parse(round.isMultiple(of: 2) ? inside : "<a>\(inside)</a>")) != nil { accepted += 1 }
        }
        #expect(accepted > 100)
        #expect(throws: ServiceError.self) { try XMLElement.parse(String(repeating: "<a>", count: 10_000)) }
    }
}

@Suite("Files")
struct FileTests {
    @Test("Chunks make a file, in their order only")
    func chunks() async throws {
        try await withContoso { service in
            let column: Value = [
                "@odata.type": "Microsoft.Dynamics.CRM.FileAttributeMetadata", "SchemaName": "new_File",
            ]
            let attributes = "EntityDefinitions(LogicalName='account')/Attributes"
            #expect(try await service.send(.POST, attributes, column).status == 204)
            let path = "accounts(\(try await service.create("accounts", ["name": "A"])))/new_file"
            let begun = try await service.send(
                .PATCH,
                path + "?x-ms-file-name=a%20b.txt",
                raw: [],
                headers: [("x-ms-transfer-mode", "chunked")]
            )
            let location = try #require(begun.headers.first(name: "Location"))
            #expect(Int(begun.headers.first(name: "x-ms-chunk-size") ?? "") == 4 << 20)
            func chunk(_ text: String, _ range: String) async throws -> Int {
                try await service.send(.PATCH, location, raw: Array(text.utf8), headers: [("Content-Range", range)])
                    .status
            }
            #expect(try await chunk("cd", "bytes 2-3/4") == 400)
            #expect(try await chunk("abc", "bytes 0-1/4") == 400)
            #expect(try await chunk("ab", "bytes 0-1/4") == 206)
            #expect(try await chunk("cd", "bytes 2-3/4") == 204)
            #expect(try await chunk("cd", "bytes 2-3/4") == 400, "the session is over")
            let read = try await service.get(path + "/$value")
            #expect(read.text == "abcd")
            #expect(read.headers.first(name: "x-ms-file-name") == "a%20b.txt")
            let tail = try await service.send(.GET, path + "/$value", headers: [("Range", "bytes=-1")])
            #expect((tail.status, tail.text) == (206, "d"))
            let large = try await service.send(
                .PATCH,
                path,
                raw: Array(repeating: 0, count: (32 << 20) + 1),
                headers: [("x-ms-file-name", "large"), ("Content-Type", "application/octet-stream")],
                replacesContentType: true
            )
            #expect(large.status == 400)
            #expect(try await service.get(path + "/$value").text == "abcd")
        }
    }
}
