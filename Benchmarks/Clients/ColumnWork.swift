import ContosoBindings
import Dataverse
import Foundation

/// Setting columns, and keeping what is in them, beside the same with stored properties.
enum ColumnWork {
    /// May have changed the value, as far as the compiler knows, so that it leaves out no work before it.
    @_optimize(none)
    private static func mayChange<Value>(_ value: inout Value) {}

    // MARK: Setting

    static func setText(typed count: Int) {
        var row = JSONWork.newRecords.first.map { Account(record: $0) } ?? Account()
        for _ in 0..<count {
            row.name = "Fabrikam"
            mayChange(&row)
        }
    }

    static func setText(stored count: Int) {
        var row = JSONWork.newCodableRows.first ?? CodableAccount()
        for _ in 0..<count {
            row.name = "Fabrikam"
            mayChange(&row)
        }
    }

    // MARK: Keeping: what is read goes into another struct, as apps do with it.

    private struct Kept {
        let accountid: UUID?
        let name: String?
        let accountnumber: String?
        let numberofemployees: Int32?
        let revenue: Decimal?
        let createdon: Date?
        let creditonhold: Bool?
    }

    static func keepSeven(typed count: Int) {
        var rows = SamplePage.accounts
        for _ in stride(from: 0, to: count, by: rows.count) {
            mayChange(&rows)
            var kept = rows.map { row in
                Kept(
                    accountid: row.accountid,
                    name: row.name,
                    accountnumber: row.accountnumber,
                    numberofemployees: row.numberofemployees,
                    revenue: row.revenue,
                    createdon: row.createdon,
                    creditonhold: row.creditonhold
                )
            }
            mayChange(&kept)
        }
    }

    static func keepSeven(stored count: Int) {
        var rows = SamplePage.accounts.map { CodableAccount($0) }
        for _ in stride(from: 0, to: count, by: rows.count) {
            mayChange(&rows)
            var kept = rows.map { row in
                Kept(
                    accountid: row.accountid,
                    name: row.name,
                    accountnumber: row.accountnumber,
                    numberofemployees: row.numberofemployees,
                    revenue: row.revenue,
                    createdon: row.createdon,
                    creditonhold: row.creditonhold
                )
            }
            mayChange(&kept)
        }
    }
}

extension CodableAccount {
    fileprivate init(_ row: Account) {
        self.init(
            accountid: row.accountid,
            name: row.name,
            accountnumber: row.accountnumber,
            numberofemployees: row.numberofemployees,
            revenue: row.revenue,
            creditonhold: row.creditonhold,
            createdon: row.createdon
        )
    }
}
