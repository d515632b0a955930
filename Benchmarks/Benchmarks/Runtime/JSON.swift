import Benchmark
import ContosoBindings
import Dataverse
import Foundation

/// A row as an app would decode it with Foundation.
struct CodableAccount: Codable, Sendable {
    var accountid: UUID?
    var name: String?
    var accountnumber: String?
    var numberofemployees: Int32?
    var revenue: Decimal?
    var creditlimit: Decimal?
    var creditonhold: Bool?
    var createdon: Date?
    var modifiedon: Date?
    var emailaddress1: String?
    var telephone1: String?
    var websiteurl: String?
    var description: String?
    var address1_city: String?
    var address1_country: String?
    var address1_latitude: Double?
    var statecode: Int32?
    var statuscode: Int32?
    var versionnumber: Int64?
}

/// Reading a page of 5,000 rows and every value in it; writing 1,000 rows.
func registerJSONBenchmarks() {
    let json = SamplePage.json
    let data = Data(json)

    Benchmark("Page of 5,000 rows: bytes copied") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(
                [UInt8](unsafeUninitializedCapacity: json.count) { buffer, count in
                    count = json.count
                    _ = buffer.initialize(from: json)
                }
            )
        }
    }
    Benchmark("Page of 5,000 rows: records") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(try JSONReader.value(from: json)) }
    }
    Benchmark("Page of 5,000 rows: typed rows, every value read") { benchmark in
        for _ in benchmark.scaledIterations {
            let page = try JSONReader.value(from: json)
            for value in page.objectValue?["value"]?.arrayValue ?? [] {
                if let record = value.objectValue { readAll(Account(record: record)) }
            }
        }
    }
    Benchmark("Page of 5,000 rows: JSONDecoder into Codable structs") { benchmark in
        struct Page: Decodable { let value: [CodableAccount] }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        for _ in benchmark.scaledIterations { blackHole(try decoder.decode(Page.self, from: data)) }
    }

    let rows = SamplePage.accounts
    let codable = rows.map { row in
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
    let records = rows.map { row in
        Account {
            $0.name = row.name
            $0.accountnumber = row.accountnumber
            $0.numberofemployees = row.numberofemployees
            $0.revenue = row.revenue
            $0.creditonhold = row.creditonhold
            $0.overridden(createdOn: row.createdon)
            $0.emailaddress1 = row.emailaddress1
        }.record
    }
    Benchmark("1,000 new rows as JSON") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(JSONWriter.bytes(from: .object(["Targets": .array(records.map { .object($0) })])))
        }
    }
    Benchmark("1,000 new rows as JSON: JSONEncoder") { benchmark in
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        for _ in benchmark.scaledIterations { blackHole(try encoder.encode(["Targets": codable])) }
    }
}

@inline(never)
private func readAll(_ row: Account) {
    blackHole(row.accountid)
    blackHole(row.name)
    blackHole(row.accountnumber)
    blackHole(row.numberofemployees)
    blackHole(row.revenue)
    blackHole(row.creditlimit)
    blackHole(row.creditonhold)
    blackHole(row.createdon)
    blackHole(row.modifiedon)
    blackHole(row.emailaddress1)
    blackHole(row.telephone1)
    blackHole(row.websiteurl)
    blackHole(row.description)
    blackHole(row.address1City)
    blackHole(row.address1Country)
    blackHole(row.address1Latitude)
    blackHole(row.statecode)
    blackHole(row.statuscode)
    blackHole(row.versionnumber)
}

extension Account {
    /// The creation date is read-only; an import sets it under another name.
    fileprivate mutating func overridden(createdOn date: Date?) { record["overriddencreatedon"] = date?.json ?? .null }
}
