import Foundation
import ODataCore

/// Options of choice columns, in a file with replies of the metadata API.
///
/// The file holds one reply or an array of them, to requests such as
/// `EntityDefinitions?$select=LogicalName&$expand=Attributes(…)` or
/// `EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet`.
/// Columns say their table as `EntityLogicalName`, or are members of a table's `Attributes`.
struct OptionSetsFile {
    private(set) var options: [String: [String: ChoiceLabels]] = [:]

    /// - Throws: ``OptionSetsError`` if the text is no JSON or has columns without a table.
    init(_ bytes: [UInt8], name: String) throws {
        do {
            try read(try JSONReader.value(from: bytes), table: nil, depth: 0)
        } catch let error as OptionSetsError {
            throw OptionSetsError("\(name): \(error)")
        } catch {
            throw OptionSetsError("\(name): the file is no JSON: \(error)")
        }
    }

    private mutating func read(_ value: Value, table: String?, depth: Int) throws {
        guard depth < 10 else { throw OptionSetsError("the file is nested too deep") }
        for element in value.arrayValue ?? [] { try read(element, table: table, depth: depth + 1) }
        guard let record = value.objectValue else { return }
        if let name = record.text("LogicalName"), let attributes = record["Attributes"] {
            try read(attributes, table: name, depth: depth + 1)
        } else if let column = record.text("LogicalName"),
            let labels = MetadataChoice.labels(record["OptionSet"]) ?? MetadataChoice.labels(record["GlobalOptionSet"])
        {
            guard let table = record.text("EntityLogicalName") ?? table else {
                throw OptionSetsError("the column '\(column)' has no 'EntityLogicalName' that says its table")
            }
            options[table.lowercased(), default: [:]][column.lowercased()] = labels
        } else {
            for (name, member) in record.members where name == "value" || member.objectValue?["value"] != nil {
                try read(member, table: record.text("EntityLogicalName") ?? table, depth: depth + 1)
            }
            for (name, member) in record.members where member.arrayValue != nil && name != "value" {
                try read(member, table: table ?? name, depth: depth + 1)
            }
        }
    }
}

/// Why a file with option sets cannot be used.
public struct OptionSetsError: Error, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
