import DataverseEmulator
import ODataCore
import Testing

@Suite("$apply")
struct ApplyTests {
    /// Accounts of two industries, one of them with a contact.
    private static func withAccounts(_ body: @Sendable (Service) async throws -> Void) async throws {
        try await withContoso { service in
            let contact = try await service.create("contacts", ["firstname": "Ann", "lastname": "Lee"])
            for (number, revenue) in [0.1, 0.2, 0.7, 10.5, 20].enumerated() {
                var row: Value = [
                    "name": .string("A\(number)"), "industrycode": .integer(number < 3 ? 1 : 2),
                    "revenue": .double(revenue), "numberofemployees": .integer(Int64(number)),
                ]
                if number < 2, case .object(var record) = row {
                    record["primarycontactid@odata.bind"] = .string("/contacts(\(contact))")
                    row = .object(record)
                }
                _ = try await service.create("accounts", row)
            }
            _ = try await service.create("accounts", ["name": "empty"])
            try await body(service)
        }
    }

    @Test("Aggregates of all rows, decimals exactly")
    func aggregate() async throws {
        try await Self.withAccounts { service in
            let reply = try await service.get(
                """
                accounts?$apply=aggregate($count as rows,revenue with sum as total,revenue with average as mean,\
                revenue with min as least,revenue with max as most,industrycode with countdistinct as industries,\
                numberofemployees with sum as people)
                """
            )
            #expect(reply.status == 200, "\(reply.text)")
            let row = try #require(reply.rows.first)
            #expect(reply.rows.count == 1)
            #expect(row["rows"] == 6)
            #expect(row["total"] == .decimal(31.5))
            #expect(row["mean"] == .decimal(6.3))
            #expect(row["least"] == .decimal(0.1))
            #expect(row["most"] == 20)
            #expect(row["industries"] == 2)
            #expect(row["people"] == 10)
            let none = try await service.get(
                "accounts?$apply=filter(name eq 'no')/aggregate(revenue with sum as total)"
            )
            #expect(none.rows.map { $0["total"] } == [.null])
        }
    }

    @Test("Groups, by columns and by columns of related rows")
    func groups() async throws {
        try await Self.withAccounts { service in
            let plain = try await service.get(
                "accounts?$apply=groupby((industrycode),aggregate(revenue with sum as total,$count as n))&$orderby=total desc"
            )
            #expect(plain.rows.map { $0["industrycode"] } == [2, 1, .null])
            #expect(plain.rows.map { $0["total"] } == [.decimal(30.5), 1, .null])
            #expect(plain.rows.map { $0["n"] } == [2, 3, 1])
            let distinct = try await service.get("accounts?$apply=filter(industrycode ne null)/groupby((industrycode))")
            #expect(Set(distinct.rows.compactMap { $0["industrycode"]?.integerValue }) == [1, 2])
            let related = try await service.get(
                "accounts?$apply=filter(primarycontactid ne null)/groupby((primarycontactid/fullname,industrycode),aggregate($count as n))"
            )
            #expect(related.rows.count == 1)
            #expect(related.rows.first?["primarycontactid"]?["fullname"] == "Ann Lee")
            #expect(related.rows.first?["n"] == 2)
        }
    }

    @Test("Steps go on from the rows before them")
    func steps() async throws {
        try await Self.withAccounts { service in
            func names(_ apply: String) async throws -> [String] {
                let reply = try await service.get("accounts?$apply=\(apply)")
                #expect(reply.status == 200, "\(apply): \(reply.text)")
                return reply.names("name")
            }
            #expect(try await names("filter(revenue gt 0.15)/orderby(revenue desc)/top(2)") == ["A4", "A3"])
            #expect(try await names("orderby(revenue desc)/skip(1)/top(2)") == ["A3", "A2"])
            #expect(try await names("orderby(revenue desc)/top(3)/filter(revenue lt 15)") == ["A3", "A2"])
            #expect(try await names("topcount(2,revenue)") == ["A4", "A3"])
            #expect(try await names("filter(revenue ne null)/bottomcount(1,revenue)") == ["A0"])
            #expect(try await names("identity&$filter=revenue ge 10&$orderby=name desc") == ["A4", "A3"])
            let computed = try await service.get(
                "accounts?$apply=filter(revenue ne null)/compute(revenue mul 2 as twice)/filter(twice gt 20)&$select=name,twice&$orderby=name"
            )
            #expect(computed.rows.map { $0["twice"] } == [21, 40])
            #expect(computed.rows.first?.names == ["name", "twice"])
            let having = try await service.get(
                "accounts?$apply=groupby((industrycode),aggregate($count as n))/filter(n gt 1)/aggregate(n with max as most)"
            )
            #expect(having.rows.map { $0["most"] } == [3])
        }
    }

    @Test("Results have pages and a count")
    func pages() async throws {
        try await Self.withAccounts { service in
            let query = "accounts?$apply=groupby((name))&$orderby=name&$count=true"
            var reply = try await service.get(query, prefer: "odata.maxpagesize=4")
            #expect(reply.json["@odata.count"] == 6)
            #expect(reply.names("name") == ["A0", "A1", "A2", "A3"])
            let next = try #require(reply.json["@odata.nextLink"]?.stringValue)
            reply = try await service.get(next, prefer: "odata.maxpagesize=4")
            #expect(reply.names("name") == ["A4", "empty"])
            #expect(reply.json["@odata.nextLink"] == nil)
        }
    }

    @Test("What is not supported is refused by its name, what is wrong with 400")
    func refused() async throws {
        try await Self.withAccounts { service in
            for (apply, word) in [
                ("concat(identity,aggregate($count as n))", "concat"), ("expand(contacts)", "expand"),
                ("groupby((industrycode),topcount(1,revenue))", "groupby"),
                ("aggregate(revenue with Custom.median as m)", "Custom.median"),
                ("aggregate(contact_customer_accounts/$count as n)", "contact_customer_accounts"),
            ] {
                let reply = try await service.get("accounts?$apply=\(apply)")
                #expect(reply.status == 501, "\(apply): \(reply.text)")
                #expect(reply.errorMessage.contains(word), "\(reply.errorMessage)")
            }
            for apply in [
                "aggregate(revenue)", "aggregate(nosuch with sum as x)", "nonsense(1)", "groupby(industrycode)",
                "aggregate(name with sum as x)", "aggregate(revenue with wrong as x)", "filter(revenue gt 1", "",
                "groupby((industrycode))/filter(revenue gt 1)", "aggregate($count as n,$count as n)",
            ] {
                #expect(try await service.get("accounts?$apply=\(apply)").status == 400, "\(apply)")
            }
        }
    }
}
