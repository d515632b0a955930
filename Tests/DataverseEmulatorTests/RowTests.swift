import DataverseEmulator
import Foundation
import ODataCore
import Testing

@Suite("Rows")
struct RowTests {
    @Test("Create answers 204 with the address, or 201 with the row")
    func create() async throws {
        try await withContoso { service in
            let reply = try await service.send(.POST, "accounts", ["name": "Contoso", "revenue": 12.5])
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            #expect(reply.headers.first(name: "OData-Version") == "4.0")
            #expect(reply.headers.first(name: "x-ms-service-request-id") != nil)
            #expect(UUID(uuidString: reply.createdKey) != nil)
            #expect(reply.headers.first(name: "OData-EntityId") == service.root + "accounts(\(reply.createdKey))")

            let full = try await service.send(
                .POST,
                "accounts?$select=name",
                ["name": "Fabrikam"],
                headers: [("Prefer", "return=representation")]
            )
            #expect(full.status == 201)
            #expect(full.headers.first(name: "Preference-Applied") == "return=representation")
            #expect(full.headers.first(name: "Content-Type") == "application/json; odata.metadata=minimal")
            #expect(full.json["name"] == "Fabrikam")
            #expect(full.json["@odata.context"]?.stringValue == service.root + "$metadata#accounts(name)/$entity")
            #expect(full.etag?.hasPrefix("W/\"") == true)
            #expect(full.json["accountid"]?.stringValue == full.createdKey)
            #expect(full.json["revenue"] == nil)
        }
    }

    @Test("The service fills in what Dataverse fills in")
    func defaults() async throws {
        try await withContoso { service in
            let key = try await service.create("contacts", ["firstname": "Ann", "lastname": "Lee", "creditlimit": 10])
            let row = try await service.get("contacts(\(key))").json
            #expect(row["fullname"] == "Ann Lee")
            #expect(row["statecode"] == 0)
            #expect(row["statuscode"] == 1)
            #expect(row["creditlimit_base"] == 10)
            #expect(row["jobtitle"] == .null)
            #expect(row["createdon"]?.stringValue?.hasSuffix("Z") == true)
            #expect(row["createdon"] == row["modifiedon"])
            #expect(row["_createdby_value"]?.stringValue == ServiceIdentity().userID)
            #expect(row["_ownerid_value"]?.stringValue == ServiceIdentity().userID)
            #expect(row["@odata.etag"]?.stringValue == "W/\"\(row["versionnumber"]?.integerValue ?? 0)\"")

            _ = try await service.send(.PATCH, "contacts(\(key))", ["lastname": "Moe", "statecode": 1])
            let changed = try await service.get("contacts(\(key))").json
            #expect(changed["fullname"] == "Ann Moe")
            #expect(changed["statuscode"] == 2)
            #expect(changed["createdon"] == row["createdon"])
            #expect((changed["versionnumber"]?.integerValue ?? 0) > (row["versionnumber"]?.integerValue ?? 0))
        }
    }

    @Test("Amounts follow the exchange rate of the row's currency")
    func currencies() async throws {
        try await withContoso { service in
            let currency = try await service.create(
                "transactioncurrencies",
                ["currencyname": "Euro", "isocurrencycode": "EUR", "exchangerate": 0.8]
            )
            let key = try await service.create(
                "accounts",
                ["revenue": 100, "transactioncurrencyid@odata.bind": .string("/transactioncurrencies(\(currency))")]
            )
            let row = try await service.get("accounts(\(key))").json
            #expect(row["exchangerate"] == .decimal(0.8))
            #expect(row["revenue_base"] == 125)
        }
    }

    @Test("Every type of value survives the way to the database and back")
    func values() async throws {
        try await withContoso { service in
            let body: Value = [
                "contoso_name": "Ünïcode \"quotes\" \\ \u{1}\n😀 '; DROP TABLE accounts; --",
                "contoso_budget": .decimal(try #require(Decimal(string: "12345678901234567890.0123456789"))),
                "contoso_startson": "2024-02-29T23:59:59.1234567Z", "contoso_dueon": "1999-12-31",
                "contoso_ismilestone": true, "contoso_hours": 1e-300, "contoso_phase": -2_147_483_648,
                "contoso_externalid": "ABCDEF01-2345-6789-ABCD-EF0123456789", "contoso_attachment": "AAEC/w==",
            ]
            let key = try await service.create("contoso_projects", body)
            let row = try await service.get("contoso_projects(\(key))").json
            for (name, value) in body.objectValue?.names.map({ ($0, body[$0]) }) ?? []
            where name != "contoso_externalid" {
                #expect(row[name] == value, "\(name)")
            }
            #expect(row["contoso_externalid"] == "abcdef01-2345-6789-abcd-ef0123456789")

            _ = try await service.send(
                .PATCH,
                "contoso_projects(\(key))",
                ["contoso_startson": "0001-01-01T00:00:00Z", "contoso_budget": -0.5, "contoso_hours": .null]
            )
            let changed = try await service.get("contoso_projects(\(key))").json
            #expect(changed["contoso_startson"] == "0001-01-01T00:00:00Z")
            #expect(changed["contoso_budget"] == .decimal(-0.5))
            #expect(changed["contoso_hours"] == .null)
            // An offset is turned into UTC.
            _ = try await service.send(
                .PATCH,
                "contoso_projects(\(key))",
                ["contoso_startson": "2024-01-01T01:30:00+02:00"]
            )
            let utc = try await service.get("contoso_projects(\(key))?$select=contoso_startson").json
            #expect(utc["contoso_startson"] == "2023-12-31T23:30:00Z")
        }
    }

    @Test("A body that does not fit is refused with the reason")
    func wrongBodies() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A"])
            let cases: [(body: String, code: String, message: String)] = [
                (
                    #"{"nosuch":1}"#, "0x80048d19",
                    "Invalid property 'nosuch' was found in entity 'Microsoft.Dynamics.CRM.account'."
                ),
                (#"{"numberofemployees":"many"}"#, "0x80048d19", "'Edm.Int32' of the property 'numberofemployees'"),
                (#"{"numberofemployees":3000000000}"#, "0x80048d19", "Edm.Int32"),
                (#"{"numberofemployees":1.5}"#, "0x80048d19", "Edm.Int32"),
                (#"{"name":5}"#, "0x80048d19", "Edm.String"),
                (#"{"creditonhold":"true"}"#, "0x80048d19", "Edm.Boolean"),
                (#"{"revenue":"x"}"#, "0x80048d19", "Edm.Decimal"),
                (#"{"accountnumber":"123456789012345678901"}"#, "0x80044331", "maximum allowed length of '20'"),
                (
                    #"{"_primarycontactid_value":"00000000-0000-0000-0000-000000000001"}"#, "0x80060888",
                    "Navigation properties"
                ),
                (#"{"nosuch@odata.bind":"/accounts(1)"}"#, "0x80048d19", "undeclared property 'nosuch'"),
                (#"{"primarycontactid@odata.bind":"/contacts"}"#, "0x80048d19", "not the address of a row"),
                (#"{"primarycontactid@odata.bind":"/accounts(\#(key))"}"#, "0x80048d19", "does not fit"),
                (#"{"name":"x""#, "0x80048d19", "no JSON"), ("[]", "0x80048d19", "an array"),
            ]
            for (body, code, message) in cases {
                for reply in [
                    try await service.send(.POST, "accounts", raw: Array(body.utf8)),
                    try await service.send(.PATCH, "accounts(\(key))", raw: Array(body.utf8)),
                ] {
                    #expect(reply.status == 400, "\(body)")
                    #expect(reply.errorCode == code, "\(body): \(reply.text)")
                    #expect(reply.errorMessage.contains(message), "\(body): \(reply.text)")
                }
            }
            #expect(try await service.get("accounts/$count").text == "1")
            let missing = try await service.send(
                .POST,
                "accounts",
                ["primarycontactid@odata.bind": "/contacts(00000000-0000-0000-0000-000000000001)"]
            )
            #expect(missing.status == 404)
            #expect(missing.errorCode == "0x80040217")
        }
    }

    @Test("Read-only columns and annotations in a body are passed over")
    func ignoredMembers() async throws {
        try await withContoso { service in
            let key = try await service.create(
                "accounts",
                [
                    "@odata.type": "Microsoft.Dynamics.CRM.account", "name": "A", "versionnumber": 1,
                    "createdon": "2000-01-01T00:00:00Z", "revenue@OData.Community.Display.V1.FormattedValue": "$1",
                ]
            )
            let row = try await service.get("accounts(\(key))").json
            #expect(row["createdon"]?.stringValue?.hasPrefix("2000") == false)
            #expect(row["versionnumber"] != 1)
        }
    }

    @Test("Retrieve by key, by alternate key, and what is not there")
    func retrieve() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A", "accountnumber": "N/1'2"])
            for path in [
                "accounts(\(key))", "accounts(accountid=\(key))", "accounts(accountnumber='N%2F1''2')",
                "accounts(accountnumber='n%2F1''2')", "accounts(accountnumber=@p)?@p='N/1''2'",
                "accounts(\(key.uppercased()))",
            ] {
                let reply = try await service.get(path)
                #expect(reply.status == 200, "\(path)")
                #expect(reply.json["accountid"]?.stringValue == key)
            }
            let missing = try await service.get("accounts(00000000-0000-0000-0000-000000000001)")
            #expect(missing.status == 404)
            #expect(missing.errorCode == "0x80040217")
            #expect(
                missing.errorMessage == "Entity 'account' With Id = 00000000-0000-0000-0000-000000000001 Does Not Exist"
            )
            let noKey = try await service.get("accounts(accountnumber='none')")
            #expect(noKey.status == 404)
            #expect(noKey.errorCode == "0x80060891")
            #expect(try await service.get("accounts(name='A')").status == 400)
            #expect(try await service.get("accounts('\(key)')").status == 400)
            #expect(try await service.get("nosuch").status == 404)
            #expect(try await service.get("nosuch").errorCode == "0x8006088a")
            let known = try await service.get("accounts(\(key))")
            let etag = try #require(known.etag)
            #expect(known.headers.first(name: "ETag") == etag)
            let same = try await service.send(.GET, "accounts(\(key))", headers: [("If-None-Match", etag)])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)
        }
    }

    @Test("PATCH updates, creates, or does only one of both")
    func patch() async throws {
        try await withContoso { service in
            let key = "11111111-0000-4000-8000-000000000001"
            let path = "accounts(\(key))"
            #expect(try await service.send(.PATCH, path, ["name": "x"], headers: [("If-Match", "*")]).status == 404)
            let created = try await service.send(.PATCH, path, ["name": "one"])
            #expect(created.status == 204)
            #expect(created.createdKey == key)
            let again = try await service.send(.PATCH, path, ["name": "two"], headers: [("If-None-Match", "*")])
            #expect(again.status == 412)
            #expect(again.errorCode == "0x80040237")
            #expect(try await service.send(.PATCH, path, ["name": "three"], headers: [("If-Match", "*")]).status == 204)
            let etag = try #require(try await service.get(path).etag)
            let full = try await service.send(
                .PATCH,
                path + "?$select=name",
                ["name": "four"],
                headers: [("If-Match", etag), ("Prefer", "return=representation")]
            )
            #expect(full.status == 200)
            #expect(full.json["name"] == "four")
            #expect(full.etag != etag)
            let stale = try await service.send(.PATCH, path, ["name": "five"], headers: [("If-Match", etag)])
            #expect(stale.status == 412)
            #expect(stale.errorCode == "0x80060882")
            #expect(try await service.get(path).json["name"] == "four")

            let alternate = "accounts(accountnumber='K1')"
            #expect(try await service.send(.PATCH, alternate, ["name": "first"]).status == 204)
            #expect(try await service.send(.PATCH, alternate, ["name": "second"]).status == 204)
            #expect(try await service.get(alternate).json["name"] == "second")
            #expect(try await service.get("accounts/$count").text == "2")
            #expect(try await service.send(.PATCH, path, ["accountid": .string(key)]).status == 204)
            let other = try await service.send(.PATCH, path, ["accountid": "11111111-0000-4000-8000-000000000002"])
            #expect(other.status == 400)
        }
    }

    @Test("Keys are unique, whatever the case of their letters")
    func uniqueness() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["accountnumber": "A-1"])
            for body: Value in [["accountnumber": "A-1"], ["accountnumber": "a-1"]] {
                let reply = try await service.send(.POST, "accounts", body)
                #expect(reply.status == 412)
                #expect(reply.errorCode == "0x80060892")
            }
            let reply = try await service.send(.POST, "accounts", ["accountid": .string(key)])
            #expect(reply.status == 412)
            #expect(reply.errorCode == "0x80040237")
            let second = try await service.create("accounts", ["accountnumber": "A-2"])
            let patched = try await service.send(.PATCH, "accounts(\(second))", ["accountnumber": "A-1"])
            #expect(patched.status == 412)
            // A row keeps its own key, and rows without a value have none.
            #expect(try await service.send(.PATCH, "accounts(\(second))", ["accountnumber": "a-2"]).status == 204)
            #expect(try await service.send(.POST, "accounts", ["accountnumber": .null]).status == 204)
            #expect(try await service.send(.POST, "accounts", ["name": "none"]).status == 204)
        }
    }

    @Test("An alternate key of several columns, one of them a lookup")
    func compositeKey() async throws {
        try await withContoso { service in
            let account = try await service.create("accounts", ["name": "A"])
            let path = "contoso_projects(_contoso_account_value=\(account),contoso_name='P')"
            #expect(try await service.get(path).status == 404)
            #expect(try await service.send(.PATCH, path, ["contoso_code": "C"]).status == 204)
            let row = try await service.get(path + "?$expand=contoso_Account($select=name)").json
            #expect(row["contoso_code"] == "C")
            #expect(row["contoso_Account"]?["name"] == "A")
            let bind = Value.string("/accounts(\(account))")
            let again = try await service.send(
                .POST,
                "contoso_projects",
                ["contoso_name": "p", "contoso_Account@odata.bind": bind]
            )
            #expect(again.status == 412)
            #expect(again.errorCode == "0x80060892")
            #expect(try await service.send(.POST, "contoso_projects", ["contoso_name": "p"]).status == 204)
        }
    }

    @Test("Delete, with and without If-Match")
    func delete() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A"])
            let stale = try await service.send(.DELETE, "accounts(\(key))", headers: [("If-Match", "W/\"1\"")])
            #expect(stale.status == 412)
            #expect(try await service.send(.DELETE, "accounts(\(key))").status == 204)
            #expect(try await service.send(.DELETE, "accounts(\(key))").status == 404)
            #expect(try await service.get("accounts(\(key))").status == 404)
            #expect(try await service.send(.DELETE, "accounts").status == 405)
        }
    }

    @Test("Single properties: read, raw, set, cleared")
    func properties() async throws {
        try await withContoso { service in
            let key = try await service.create("accounts", ["name": "A\"B", "revenue": 1.5])
            let path = "accounts(\(key))/name"
            let reply = try await service.get(path)
            #expect(reply.json["value"] == "A\"B")
            #expect(reply.json["@odata.context"]?.stringValue == service.root + "$metadata#accounts(\(key))/name")
            #expect(try await service.get(path + "/$value").text == "A\"B")
            #expect(try await service.get("accounts(\(key))/revenue/$value").text == "1.5")
            #expect(try await service.send(.PUT, path, ["value": "C"]).status == 204)
            #expect(try await service.get(path).json["value"] == "C")
            #expect(try await service.send(.DELETE, path).status == 204)
            #expect(try await service.get(path).status == 204)
            #expect(try await service.get("accounts(\(key))/nosuch").status == 404)
            #expect(try await service.send(.PUT, path, ["v": 1]).status == 400)
        }
    }

    @Test("A refused write leaves nothing behind")
    func atomicity() async throws {
        try await withContoso { service in
            let reply = try await service.send(
                .POST,
                "accounts",
                [
                    "name": "A", "primarycontactid": ["lastname": "L"],
                    "contact_customer_accounts": [["lastname": "M"], ["nosuch": 1]],
                ]
            )
            #expect(reply.status == 400)
            #expect(try await service.get("accounts/$count").text == "0")
            #expect(try await service.get("contacts/$count").text == "0")
        }
    }
}
