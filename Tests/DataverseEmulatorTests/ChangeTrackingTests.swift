import DataverseEmulator
import ODataCore
import Testing

@Suite("Change tracking and views")
struct ChangeTrackingTests {
    @Test("A delta link tells what was created, changed and deleted")
    func delta() async throws {
        try await withContoso { service in
            var keys: [String] = []
            for name in ["A", "B", "C"] { keys.append(try await service.create("accounts", ["name": .string(name)])) }
            let first = try await service.get("accounts?$select=name", prefer: "odata.track-changes")
            #expect(first.rows.count == 3)
            #expect(first.headers.first(name: "Preference-Applied")?.contains("odata.track-changes") == true)
            #expect(first.json["@odata.context"]?.stringValue?.hasSuffix("#accounts(name)/$delta") == true)
            let link = try #require(first.json["@odata.deltaLink"]?.stringValue)
            let unchanged = try await service.get(link)
            #expect(unchanged.rows.isEmpty)

            _ = try await service.send(.PATCH, "accounts(\(keys[0]))", ["name": "A2"])
            _ = try await service.send(.DELETE, "accounts(\(keys[1]))")
            let new = try await service.create("accounts", ["name": "D"])
            for start in [link, try #require(unchanged.json["@odata.deltaLink"]?.stringValue)] {
                let changes = try await service.get(start)
                #expect(changes.rows.compactMap { $0["name"]?.stringValue } == ["A2", "D"])
                #expect(changes.rows.compactMap { $0["accountid"]?.stringValue } == [keys[0], new])
                let deleted = try #require(changes.rows.last)
                #expect(deleted["id"]?.stringValue == keys[1])
                #expect(deleted["reason"] == "deleted")
                #expect(deleted["@odata.context"]?.stringValue?.hasSuffix("#accounts/$deletedEntity") == true)
            }
            // A row that is there again is not told to be deleted.
            _ = try await service.send(.PATCH, "accounts(\(keys[1]))", ["name": "B again"])
            let again = try await service.get(link)
            #expect(again.rows.compactMap { $0["name"]?.stringValue } == ["A2", "D", "B again"])
            #expect(again.rows.allSatisfy { $0["reason"] == nil })
        }
    }

    @Test("Changes come in pages, and what changes between them is not missed")
    func pages() async throws {
        try await withContoso { service in
            var keys: [String] = []
            for number in 0..<5 { keys.append(try await service.create("accounts", ["name": .string("\(number)")])) }
            let prefer = "odata.track-changes,odata.maxpagesize=2"
            var reply = try await service.get("accounts?$select=name", prefer: prefer)
            var seen = reply.names("name")
            var isFirst = true
            while let next = reply.json["@odata.nextLink"]?.stringValue {
                #expect(reply.json["@odata.deltaLink"] == nil)
                if isFirst {
                    _ = try await service.send(.PATCH, "accounts(\(keys[0]))", ["name": "changed"])
                    _ = try await service.send(.DELETE, "accounts(\(keys[1]))")
                    isFirst = false
                }
                reply = try await service.get(next, prefer: prefer)
                seen += reply.names("name")
            }
            #expect(seen == ["0", "1", "2", "3", "4", "changed"])
            let link = try #require(reply.json["@odata.deltaLink"]?.stringValue)
            let changes = try await service.get(link)
            #expect(changes.rows.contains { $0["id"]?.stringValue == keys[1] }, "deleted while pages were read")
        }
    }

    @Test("Change tracking goes with no other options, and with tokens of the service only")
    func refused() async throws {
        try await withContoso { service in
            for option in ["$filter=name eq 'x'", "$orderby=name", "$top=1", "$expand=createdby", "$count=true"] {
                let reply = try await service.get("accounts?\(option)", prefer: "odata.track-changes")
                #expect(reply.status == 400, "\(option)")
            }
            for token in ["x", "1", "!", "1!x", "x!2024-01-01T00:00:00Z", "';DROP TABLE accounts--!x"] {
                #expect(try await service.get("accounts?$deltatoken=\(token)").status == 400, "\(token)")
            }
            #expect(try await service.get("owners", prefer: "odata.track-changes").status == 501)
        }
    }

    @Test("A view's query runs by its identifier, in pages")
    func views() async throws {
        try await withWorkshop { service in
            for name in ["a", "b", "c", "x"] { _ = try await service.create("accounts", ["name": .string(name)]) }
            let view = try await service.create(
                "savedqueries",
                [
                    "name": "View", "returnedtypecode": "account",
                    "fetchxml": """
                    <fetch><entity name="account"><attribute name="name"/><order attribute="name" descending="true"/>\
                    <filter><condition attribute="name" operator="ne" value="x"/></filter></entity></fetch>
                    """,
                ]
            )
            #expect(try await service.get("accounts?savedQuery=\(view)").names("name") == ["c", "b", "a"])
            let page = try await service.get("accounts?savedQuery=\(view)", prefer: "odata.maxpagesize=2")
            #expect(page.names("name") == ["c", "b"])
            let next = try #require(page.json["@odata.nextLink"]?.stringValue)
            #expect(try await service.get(next, prefer: "odata.maxpagesize=2").names("name") == ["a"])
            #expect(try await service.get("accounts?savedQuery=\(ServiceIdentity().userID)").status == 404)
            #expect(try await service.get("accounts?savedQuery=x").status == 400)
            #expect(try await service.get("teams?savedQuery=\(view)").status == 400)
            let missing = try await service.get("accounts?userQuery=\(view)")
            #expect(missing.status == 501)
            #expect(missing.errorMessage.contains("userQuery"))
        }
    }
}
