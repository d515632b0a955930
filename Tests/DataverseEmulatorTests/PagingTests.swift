import DataverseEmulator
import ODataCore
import Testing

@Suite("Paging")
struct PagingTests {
    private static func fill(_ service: Service, _ count: Int) async throws {
        for number in 0..<count {
            _ = try await service.create(
                "accounts",
                [
                    "name": .string("A\(number)"),
                    "revenue": number.isMultiple(of: 4) ? .null : .integer(Int64(number % 5)),
                ]
            )
        }
    }

    /// All names that a query's pages give, and how many pages there were.
    private static func names(
        _ service: Service,
        _ path: String,
        size: Int,
        between: (Int) async throws -> Void = { _ in }
    ) async throws -> (names: [String], pages: Int) {
        var names: [String] = []
        var next: String? = path
        var pages = 0
        while let link = next, pages < 100 {
            let reply = try await service.get(link, prefer: "odata.maxpagesize=\(size)")
            #expect(reply.status == 200, "\(reply.text)")
            names += reply.names("name")
            next = reply.json["@odata.nextLink"]?.stringValue
            pages += 1
            if next != nil { try await between(pages) }
        }
        return (names, pages)
    }

    @Test(
        "Pages together are the whole, in its order",
        arguments: [
            "accounts?$select=name", "accounts?$select=name&$orderby=revenue",
            "accounts?$select=name&$orderby=revenue desc,name",
            "accounts?$select=name&$orderby=name desc&$filter=revenue ne 3",
            "accounts?$select=name&$orderby=createdby/fullname,revenue",
        ]
    )
    func pages(path: String) async throws {
        try await withContoso { service in
            try await Self.fill(service, 23)
            let whole = try await service.get(path).names("name")
            let paged = try await Self.names(service, path, size: 4)
            #expect(paged.names == whole)
            #expect(paged.pages == (whole.count + 3) / 4)
        }
    }

    @Test("$top goes over pages, and the last page has no link")
    func top() async throws {
        try await withContoso { service in
            try await Self.fill(service, 10)
            let paged = try await Self.names(service, "accounts?$select=name&$top=7", size: 3)
            #expect(paged.names == (0..<7).map { "A\($0)" })
            #expect(paged.pages == 3)
            let exact = try await Self.names(service, "accounts?$select=name", size: 5)
            #expect(exact.pages == 2)
        }
    }

    @Test("Rows that come, go and move between pages neither repeat others nor hide them")
    func changes() async throws {
        try await withContoso { service in
            try await Self.fill(service, 20)
            let path = "accounts?$select=name&$orderby=name"
            let before = try await service.get(path).rows
            let paged = try await Self.names(service, path, size: 5) { page in
                guard page == 1 else { return }
                // The first row goes, one comes before the page's end, and one of the rest goes.
                for place in [0, 12] {
                    let key = before[place]["accountid"]?.stringValue ?? ""
                    #expect(try await service.send(.DELETE, "accounts(\(key))").status == 204)
                }
                _ = try await service.create("accounts", ["name": "A00"])
            }
            var expected = before.map { $0["name"]?.stringValue ?? "" }
            expected.remove(at: 12)
            #expect(paged.names == expected)
        }
    }

    @Test("The service's own page size and limit of counting")
    func limits() async throws {
        try await withContoso {
            $0.maximumPageSize = 5
            $0.countLimit = 7
        } _: { service in
            try await Self.fill(service, 9)
            let first = try await service.get("accounts?$count=true", prefer: "odata.include-annotations=\"*\"")
            #expect(first.rows.count == 5)
            #expect(first.json["@odata.count"] == 7)
            #expect(first.json["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"] == true)
            #expect(try await service.get("accounts/$count").text == "7")
            #expect(try await service.get("accounts", prefer: "odata.maxpagesize=100").rows.count == 5)
        }
    }

    @Test("Collections of a row have pages too")
    func collections() async throws {
        try await withContoso { service in
            let key = try await service.create(
                "accounts",
                ["contact_customer_accounts": .array((0..<7).map { ["firstname": .string("C\($0)")] })]
            )
            let reply = try await service.get(
                "accounts(\(key))/contact_customer_accounts?$select=firstname",
                prefer: "odata.maxpagesize=5"
            )
            #expect(reply.rows.count == 5)
            let next = try #require(reply.json["@odata.nextLink"]?.stringValue)
            #expect(try await service.get(next, prefer: "odata.maxpagesize=5").names("firstname") == ["C5", "C6"])
        }
    }
}
