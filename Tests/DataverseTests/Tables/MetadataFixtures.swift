import TestSupport

@testable import Dataverse

enum MetadataFixtures {
    static let tableID = "70816501-edb9-4740-a16c-6a5efbc05d84"
    static let table = "EntityDefinitions(\(tableID))"
    static let askForTable =
        "GET EntityDefinitions?$select=MetadataId,LogicalName,SchemaName,EntitySetName,PrimaryNameAttribute,"
        + "PrimaryIdAttribute&$filter=LogicalName eq 'new_product'"
    static let tableFound = """
        {"value":[{"MetadataId":"\(tableID)","LogicalName":"new_product","SchemaName":"new_Product",
        "EntitySetName":"new_products","PrimaryNameAttribute":"new_name","PrimaryIdAttribute":"new_productid"}]}
        """
    static let nothingFound = #"{"value":[]}"#

    /// The JSON of a label as the service wants it.
    static func label(_ text: String, user: Bool = false) -> String {
        let localized = localizedLabel(text, 1033)
        let userLabel = user ? #","UserLocalizedLabel":\#(localized)"# : ""
        return #"{"@odata.type":"Microsoft.Dynamics.CRM.Label","LocalizedLabels":[\#(localized)]\#(userLabel)}"#
    }

    static func label(_ texts: [(Int, String)]) -> String {
        let labels = texts.map { localizedLabel($1, $0) }.joined(separator: ",")
        return #"{"@odata.type":"Microsoft.Dynamics.CRM.Label","LocalizedLabels":[\#(labels)]}"#
    }

    private static func localizedLabel(_ text: String, _ language: Int) -> String {
        #"{"@odata.type":"Microsoft.Dynamics.CRM.LocalizedLabel","Label":"\#(text)","LanguageCode":\#(language)}"#
    }
}

extension Value {
    /// The JSON with all numbers in one form: 2, 2.0 and 2e0 are the same to a service.
    static func json(_ text: String) throws -> Value { try JSONReader.value(from: Array(text.utf8)).withPlainNumbers }

    var withPlainNumbers: Value {
        switch self {
        case .integer(let number): .decimal(Decimal(number))
        case .double(let number): .decimal(Decimal(number))
        case .array(let elements): .array(elements.map(\.withPlainNumbers))
        case .object(let record): .object(Record(members: record.map { ($0.name, $0.value.withPlainNumbers) }))
        default: self
        }
    }
}

extension EffectScript {
    /// What was sent and how long was waited, without the tokens: `GET EntityDefinitions?$filter=…`.
    var steps: [String] {
        effects.filter { !$0.hasPrefix("token") }.map { effect in
            let decoded = effect.removingPercentEncoding ?? effect
            return String(decoded.replacing("https://contoso.example/api/data/v9.2/", with: "").trimmingPrefix("send "))
        }
    }

    /// The JSON body of an exchange.
    func body(_ index: Int) throws -> Value {
        try JSONReader.value(from: exchanges[index].body ?? .bytes([])).withPlainNumbers
    }
}

/// Two options in two languages; one language is not the client's.
enum Priority: Int, ChoiceDefinition {
    case high = 2
    case low = 1

    var label: LocalizedLabel {
        switch self {
        case .high: [.french: "Haute"]
        case .low: [.french: "Basse"]
        }
    }
}

/// Options whose labels are the names of the cases.
enum Stage: Int, ChoiceDefinition {
    case draft = 1
    case done = 2
}
