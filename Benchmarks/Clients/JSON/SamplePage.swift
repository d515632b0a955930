import ContosoBindings
import Dataverse
import Foundation

/// A page of 5,000 accounts as Dataverse answers it: 17 values a row, 3.5 MB.
enum SamplePage {
    static let rowCount = 5_000

    static let json: [UInt8] = {
        var text = #"{"@odata.context":"https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#accounts","value":["#
        for number in 0..<rowCount {
            if number > 0 { text += "," }
            text += row(number)
        }
        text += #"],"@odata.nextLink":"https://contoso.crm.dynamics.com/api/data/v9.2/accounts?$skiptoken=2"}"#
        return Array(text.utf8)
    }()

    /// A thousand rows, read from JSON.
    static let accounts: [Account] = {
        let page = try? JSONReader.value(from: json)
        let rows = page?.objectValue?["value"]?.arrayValue?.prefix(1_000) ?? []
        return rows.compactMap { $0.objectValue.map(Account.init(record:)) }
    }()

    private static func row(_ number: Int) -> String {
        let hex = String(number, radix: 16)
        let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - hex.count) + hex
        return """
            {"@odata.etag":"W/\\"\(1_000_000 + number)\\"","accountid":"\(id)","name":"Contoso \(number) – größte Firma",\
            "accountnumber":"C-\(number)","numberofemployees":\(number * 7),"revenue":\(number * 1_000).2500,\
            "creditlimit":50000.0000000000,"creditonhold":\(number % 2 == 0),"createdon":"2026-02-\(10 + number % 18)T09:30:00Z",\
            "modifiedon":"2026-03-\(10 + number % 18)T17:05:42Z","emailaddress1":"info\(number)@contoso.com",\
            "telephone1":"+49 30 \(number)","websiteurl":"https://contoso.com/\(number)","description":null,\
            "address1_city":"Berlin","address1_country":"Germany","address1_latitude":52.520008,"statecode":0,\
            "statuscode":1,"_primarycontactid_value":"\(id)","versionnumber":\(1_000_000 + number)}
            """
    }
}
