import HTTPTypes
import ODataCore

/// What the `Prefer` header asks for.
struct Preferences: Sendable {
    var maxPageSize: Int?
    var returnsRepresentation = false
    var continuesOnError = false
    var tracksChanges = false
    /// The annotation patterns of `odata.include-annotations`: names, `Namespace.*` or `*`, with `-` to exclude.
    var annotations: [String] = []

    init(_ fields: HTTPFields) {
        for header in fields[values: .prefer] {
            for preference in Self.split(header) { apply(preference) }
        }
    }

    private mutating func apply(_ preference: String) {
        let parts = preference.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
        guard let name = parts.first?.lowercased() else { return }
        let value = parts.count > 1 ? parts[1].filter { $0 != "\"" } : ""
        switch name.hasPrefix("odata.") ? String(name.dropFirst(6)) : name {
        case "maxpagesize": maxPageSize = Int(value).flatMap { $0 > 0 ? $0 : nil }
        case "return": returnsRepresentation = value == "representation"
        case "track-changes": tracksChanges = value != "false"
        case "continue-on-error": continuesOnError = value != "false"
        case "include-annotations":
            annotations = value.split(separator: ",").map { String($0.trimmingPrefix { $0 == " " }) }
        default: break
        }
    }

    /// Whether an annotation is wanted. The last pattern that fits decides.
    func includes(_ term: String) -> Bool {
        var isIncluded = false
        for pattern in annotations {
            let isExclusion = pattern.hasPrefix("-")
            let name = isExclusion ? String(pattern.dropFirst()) : pattern
            let fits = name == "*" || name == term || (name.hasSuffix(".*") && term.hasPrefix(name.dropLast()))
            if fits { isIncluded = !isExclusion }
        }
        return isIncluded
    }

    /// Divides a header at the commas that are not inside quotes.
    private static func split(_ header: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in header {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { String($0.trimmingPrefix { $0 == " " }) }.filter { !$0.isEmpty }
    }
}

extension HTTPField.Name {
    // The initialiser fails for characters that a field name must not have; these are letters and dashes.
    static let preferenceApplied = HTTPField.Name("Preference-Applied") ?? .accept
    static let emulatorFault = HTTPField.Name("Emulator-Fault") ?? .accept
}

/// The annotations that rows can carry.
enum RowAnnotation {
    static let formattedValue: StaticString = "@OData.Community.Display.V1.FormattedValue"
    static let lookupTable: StaticString = "@Microsoft.Dynamics.CRM.lookuplogicalname"
    static let navigationProperty: StaticString = "@Microsoft.Dynamics.CRM.associatednavigationproperty"

    /// Those of them that a request asked for.
    struct Wanted: Sendable {
        let formattedValues: Bool
        let lookupTables: Bool
        let navigationProperties: Bool
        let totals: Bool

        /// Whether a column can have any annotation.
        var isAny: Bool { formattedValues || lookupTables || navigationProperties }

        init(_ preferences: Preferences) {
            formattedValues = preferences.includes("OData.Community.Display.V1.FormattedValue")
            lookupTables = preferences.includes("Microsoft.Dynamics.CRM.lookuplogicalname")
            navigationProperties = preferences.includes("Microsoft.Dynamics.CRM.associatednavigationproperty")
            totals = preferences.includes("Microsoft.Dynamics.CRM.totalrecordcount")
        }
    }
}
