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
    var address1City: String?
    var address1Country: String?
    var address1Latitude: Double?
    var statecode: Int32?
    var statuscode: Int32?
    var versionnumber: Int64?

    enum CodingKeys: String, CodingKey {
        case accountid, name, accountnumber, numberofemployees, revenue, creditlimit, creditonhold, createdon
        case modifiedon, emailaddress1, telephone1, websiteurl, description, statecode, statuscode, versionnumber
        case address1City = "address1_city"
        case address1Country = "address1_country"
        case address1Latitude = "address1_latitude"
    }
}

/// A page of them.
struct CodablePage: Decodable {
    let value: [CodableAccount]
}
