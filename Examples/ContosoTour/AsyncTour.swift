import ContosoBindings
import Dataverse

/// The tour with the asynchronous client. `SyncTour` is the same without `await`.
struct AsyncTour {
    private let client: AsyncDataverseClient

    init(environment: String) throws {
        client = try AsyncDataverseClient(
            environment: environment,
            credential: StaticTokenCredential("demo"),
            transport: NarratingTransport()
        )
    }

    func run() async throws {
        print("  Create a contact, and an account that refers to it")
        let annaID = try await client.contacts.create(
            Contact {
                $0.firstname = "Anna"
                $0.lastname = "Lidman"
                $0.birthdate = DateOnly(year: 1988, month: 2, day: 29)
            }
        )
        let contoso = try await client.accounts.createReturning(
            Account {
                $0.name = "Contoso"
                $0.accountnumber = "C-1"
                $0.revenue = 1_250_000.50
                $0.industrycode = .consulting
                $0.primarycontactid = Reference(annaID)
            }
        )
        print("    the service stored “\(contoso.name ?? "")” as version \(contoso.etag ?? "?")")

        print("  Read it by its alternate key, together with the contact")
        let read = try await client.accounts
            .select { [$0.name, $0.revenue] }
            .expand { $0.primarycontactid.select { [$0.fullname] } }
            .includeAnnotations()
            .retrieve(.accountnumber("C-1"))
        print(
            "    \(read?.name ?? ""): \(read?.formatted.revenue ?? "no revenue"), ask for "
                + "\(read?.expanded.primarycontactid?.fullname ?? "nobody")"
        )

        print("  Create a deal; its customer is an account here, and could be a contact")
        if let id = contoso.id {
            let dealID = try await client.opportunities.create(
                Opportunity {
                    $0.name = "First deal"
                    $0.customerid = .account(Reference(id))
                    $0.salesstage = .propose
                }
            )
            let deal = try await client.opportunities.includeAnnotations().retrieve(.id(dealID))
            if case .account(let customer)? = deal?.customerid {
                print("    “\(deal?.name ?? "")” is a deal with the account \(customer.name ?? "without a name")")
            }
            try await client.opportunities.delete(dealID)
        }

        print("  Create five more, and query them")
        for number in 1...5 {
            try await client.accounts.create(
                Account {
                    $0.name = "Fabrikam \(number)"; $0.revenue = Decimal(number * 100_000)
                }
            )
        }
        let large = try await client.accounts
            .where { $0.name.hasPrefix("Fabrikam") && $0.revenue >= 200_000 }
            .select { [$0.name, $0.revenue] }
            .orderBy { $0.revenue.descending }
            .pageSize(2)
            .all()
        print("    \(large.count) accounts: \(large.compactMap(\.name).joined(separator: ", "))")

        print("  Change one column; only that one is sent, and only if nobody else has changed the row")
        var changed = contoso
        changed.revenue = 2_000_000
        try await client.accounts.update(changed, ifMatch: .unchanged)
        do {
            try await client.accounts.update(changed, ifMatch: .unchanged)
        } catch DataverseError.preconditionFailed {
            print("    the second attempt was refused: the row has a new version")
        }

        print("  Upsert by alternate key: the first creates the row, the second changes it")
        for name in ["Northwind", "Northwind Traders"] {
            try await client.accounts.upsert(.accountnumber("N-7")) { $0.name = name }
        }

        print("  Without generated code: table name and record")
        let untyped = try await client.table("account").where { $0["accountnumber"] == "N-7" }.first()
        print("    \(untyped?["name"]?.stringValue ?? "not found")")

        print("  Delete everything again")
        for account in try await client.accounts.select({ [$0.accountid] }).all() {
            if let id = account.id { try await client.accounts.delete(id) }
        }
        try await client.contacts.delete(annaID)
        print("    \(try await client.accounts.query.count()) accounts are left")
    }
}
