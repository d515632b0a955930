import Benchmark
import ContosoBindings
import Dataverse

/// A row as most generators write it, for comparison: optional stored properties.
struct StoredAccount: Sendable {
    var accountid: UUID?
    var name: String?
    var accountnumber: String?
    var numberofemployees: Int32?
    var revenue: Decimal?
    var createdon: Date?
    var creditonhold: Bool?
}

extension StoredAccount {
    @inline(never)
    init(_ row: Account) {
        self.init(
            accountid: row.accountid,
            name: row.name,
            accountnumber: row.accountnumber,
            numberofemployees: row.numberofemployees,
            revenue: row.revenue,
            createdon: row.createdon,
            creditonhold: row.creditonhold
        )
    }

    @inline(never)
    init(_ row: StoredAccount) {
        self.init(
            accountid: row.accountid,
            name: row.name,
            accountnumber: row.accountnumber,
            numberofemployees: row.numberofemployees,
            revenue: row.revenue,
            createdon: row.createdon,
            creditonhold: row.creditonhold
        )
    }
}

/// Reading and writing columns, against stored properties that the optimizer may not see through.
func registerColumnBenchmarks() {
    let rows = SamplePage.accounts
    let stored = rows.map { StoredAccount($0) }

    Benchmark("Read a text column, 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { for row in rows { blackHole(row.name) } }
    }
    Benchmark("Read a stored text property, 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { for row in stored { blackHole(row.name) } }
    }
    Benchmark("Read a whole-number column, 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { for row in rows { blackHole(row.numberofemployees) } }
    }
    Benchmark("Read a stored whole-number property, 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { for row in stored { blackHole(row.numberofemployees) } }
    }
    Benchmark("Read seven columns, 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations {
            for row in rows {
                blackHole(row.accountid)
                blackHole(row.name)
                blackHole(row.accountnumber)
                blackHole(row.numberofemployees)
                blackHole(row.revenue)
                blackHole(row.createdon)
                blackHole(row.creditonhold)
            }
        }
    }
    Benchmark("Read seven stored properties, 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations {
            for row in stored {
                blackHole(row.accountid)
                blackHole(row.name)
                blackHole(row.accountnumber)
                blackHole(row.numberofemployees)
                blackHole(row.revenue)
                blackHole(row.createdon)
                blackHole(row.creditonhold)
            }
        }
    }
    Benchmark("Keep a text column of 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(rows.map { $0.name }) }
    }
    Benchmark("Keep a stored text property of 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(stored.map { $0.name }) }
    }
    Benchmark("Keep seven columns of 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(rows.map { StoredAccount($0) }) }
    }
    Benchmark("Keep seven stored properties of 1,000 rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(stored.map { StoredAccount($0) }) }
    }
    Benchmark("Write a text column, 1,000 times") { benchmark in
        var row = rows[0]
        for _ in benchmark.scaledIterations { for _ in 0..<1_000 { row.name = "Fabrikam"; blackHole(row) } }
    }
    Benchmark("Write a stored text property, 1,000 times") { benchmark in
        var row = stored[0]
        for _ in benchmark.scaledIterations { for _ in 0..<1_000 { row.name = "Fabrikam"; blackHole(row) } }
    }
}
