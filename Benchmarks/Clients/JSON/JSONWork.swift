import ContosoBindings
import Dataverse
import Foundation

/// Reading a page of 5,000 rows and every value in it, and writing 1,000 rows, with this project's JSON and with Foundation's.
enum JSONWork {
    /// Takes a value that nobody needs, so that the compiler does not leave out the work for it.
    @_optimize(none)
    static func use(_ value: some Any) {}

    // MARK: Reading

    static func copy(_ json: [UInt8]) {
        use(
            [UInt8](unsafeUninitializedCapacity: json.count) { buffer, count in
                count = json.count
                _ = buffer.initialize(from: json)
            }
        )
    }

    static func readRecords(_ json: [UInt8]) throws { use(try JSONReader.value(from: json)) }

    /// Every value of every row.
    static func readTypedRows(_ json: [UInt8]) throws {
        let page = try JSONReader.value(from: json)
        for value in page.objectValue?["value"]?.arrayValue ?? [] {
            if let record = value.objectValue { readAll(Account(record: record)) }
        }
    }

    static func decodeCodableRows(_ json: Data) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        use(try decoder.decode(CodablePage.self, from: json))
    }

    @inline(never)
    private static func readAll(_ row: Account) {
        use(row.accountid)
        use(row.name)
        use(row.accountnumber)
        use(row.numberofemployees)
        use(row.revenue)
        use(row.creditlimit)
        use(row.creditonhold)
        use(row.createdon)
        use(row.modifiedon)
        use(row.emailaddress1)
        use(row.telephone1)
        use(row.websiteurl)
        use(row.description)
        use(row.address1City)
        use(row.address1Country)
        use(row.address1Latitude)
        use(row.statecode)
        use(row.statuscode)
        use(row.versionnumber)
    }

    // MARK: Writing

    static let newRecords = SamplePage.accounts.map { row in
        var account = Account {
            $0.name = row.name
            $0.accountnumber = row.accountnumber
            $0.numberofemployees = row.numberofemployees
            $0.revenue = row.revenue
            $0.creditonhold = row.creditonhold
            $0.emailaddress1 = row.emailaddress1
        }
        // The creation date is read-only; an import sets it under another name.
        account.record["overriddencreatedon"] = row.createdon?.json ?? .null
        return account.record
    }

    static let newCodableRows = SamplePage.accounts.map { row in
        CodableAccount(
            name: row.name,
            accountnumber: row.accountnumber,
            numberofemployees: row.numberofemployees,
            revenue: row.revenue,
            creditonhold: row.creditonhold,
            createdon: row.createdon,
            emailaddress1: row.emailaddress1
        )
    }

    static func writeRecords(_ records: [Record]) {
        use(JSONWriter.bytes(from: .object(["Targets": .array(records.map { .object($0) })])))
    }

    static func encodeCodableRows(_ rows: [CodableAccount]) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        use(try encoder.encode(["Targets": rows]))
    }
}
