import Dataverse
import Foundation

// `Customer` was written by `swift package generate-dataverse-bindings`.
let customer = Customer {
    $0.name = "Contoso"
    $0.number = "C-1"
    $0.websiteurl = URL(string: "https://contoso.com")
}
print("\(Customer.schema.logicalName) \(customer.number ?? "no number"): \(customer.websiteurl?.host() ?? "no site")")
