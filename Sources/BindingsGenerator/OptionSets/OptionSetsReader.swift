import CSDL
import ODataCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Reads option sets from replies of the metadata API.
///
/// A file holds one reply, an array of replies, or an object with a reply for each table:
///
///     EntityDefinitions(LogicalName='account')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata
///         ?$select=LogicalName,EntityLogicalName&$expand=OptionSet,GlobalOptionSet
///     EntityDefinitions?$select=LogicalName&$expand=Attributes(…)
///     { "account": { "value": […] }, "contact": […] }
///
/// The same with State, Status, MultiSelectPicklist and Boolean in place of Picklist. The table of a column is its
/// `EntityLogicalName`, the `LogicalName` of the table whose `Attributes` it is in, the table that the reply's
/// `@odata.context` names, or the name in the object around it.
package struct OptionSetsReader {
    private(set) var optionSets = OptionSets()
    private(set) var diagnostics: [Diagnostic] = []
    private var file = ""

    /// Reads files.
    ///
    /// - Throws: ``GeneratorError`` where one cannot be read or is not what it should be.
    package static func read(files: [String]) throws(GeneratorError) -> (OptionSets, [Diagnostic]) {
        var reader = OptionSetsReader()
        for file in files {
            let data: Data
            do {
                data = try Data(contentsOf: URL(fileURLWithPath: file))
            } catch {
                let exists = FileManager.default.fileExists(atPath: file)
                let message = exists ? "the file cannot be read" : "there is no such file"
                throw GeneratorError(.badInput, [Diagnostic(.error, message, file: file)])
            }
            try reader.read(Array(data), name: file)
        }
        return (reader.optionSets, reader.diagnostics)
    }

    /// Reads one file.
    mutating func read(_ bytes: [UInt8], name: String) throws(GeneratorError) {
        file = name
        optionSets.files.append(name)
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let value: Value
        do throws(JSONError) {
            value = try JSONReader.value(from: bytes)
        } catch {
            throw GeneratorError(
                .badInput,
                [
                    Diagnostic(
                        .error,
                        "the file is not JSON: \(error.reason)",
                        file: name,
                        position: OptionSetsReader.position(of: error.offset, in: bytes)
                    )
                ]
            )
        }
        let before = columnCount
        try read(value, table: nil, path: "$", depth: 0)
        if columnCount == before {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    "the file has no column with options; it should hold replies to requests such as "
                        + "EntityDefinitions(LogicalName='account')/Attributes/"
                        + "Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet",
                    file: name
                )
            )
        }
    }

    private var columnCount: Int { optionSets.columns.values.reduce(0) { $0 + $1.count } }

    // MARK: Replies

    private mutating func read(_ value: Value, table: String?, path: String, depth: Int) throws(GeneratorError) {
        guard depth < 10 else { throw failure("the values are nested too deep for replies of the metadata API", path) }
        switch value {
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                try read(element, table: table, path: "\(path)[\(index)]", depth: depth + 1)
            }
        case .object(let record):
            try read(record, table: table, path: path, depth: depth)
        case .null:
            break
        default:
            throw failure("expected an object or an array, found \(value.kindName)", path)
        }
    }

    private mutating func read(_ record: Record, table: String?, path: String, depth: Int) throws(GeneratorError) {
        let table = record.text("EntityLogicalName") ?? OptionSetsReader.table(inContextOf: record) ?? table
        if let error = record["error"]?.objectValue {
            throw failure("this is an error of the service: \(error.text("message") ?? "without a message")", path)
        }
        if let attributes = record["Attributes"] {
            let table = record.text("LogicalName") ?? table
            try read(attributes, table: table, path: path + ".Attributes", depth: depth + 1)
        } else if let column = record.text("LogicalName"), record.isColumn {
            try addColumn(column, record, table: table, path: path)
        } else if let value = record["value"] {
            try read(value, table: table, path: path + ".value", depth: depth + 1)
        } else {
            for (name, member) in record where member.arrayValue != nil || member.objectValue != nil {
                try read(member, table: name, path: "\(path).\(name)", depth: depth + 1)
            }
        }
    }

    /// `account`, where `@odata.context` is `…/$metadata#EntityDefinitions('account')/Attributes/…`.
    private static func table(inContextOf record: Record) -> String? {
        guard let context = record.text("@odata.context"), let start = context.firstRange(of: "EntityDefinitions(")
        else {
            return nil
        }
        let key = context[start.upperBound...].prefix { $0 != ")" }
        guard let first = key.firstIndex(of: "'"), let last = key.lastIndex(of: "'"), first < last else { return nil }
        return String(key[key.index(after: first)..<last])
    }

    private mutating func addColumn(
        _ column: String,
        _ record: Record,
        table: String?,
        path: String
    ) throws(GeneratorError) {
        guard let table else {
            throw failure(
                "nothing says which table the column '\(column)' is of; add EntityLogicalName to the $select of the "
                    + "request, or put the reply into an object: { \"account\": … }",
                path
            )
        }
        let member = record["OptionSet"]?.objectValue == nil ? "GlobalOptionSet" : "OptionSet"
        guard let optionSet = record[member]?.objectValue else { return }
        let path = "\(path).\(member)"
        let name = column.lowercased()
        if let whenTrue = optionSet["TrueOption"]?.objectValue, let whenFalse = optionSet["FalseOption"]?.objectValue {
            optionSets.columns[table.lowercased(), default: [:]][name] = .boolean(
                whenTrue: OptionSetsReader.label(whenTrue["Label"]) ?? "",
                whenFalse: OptionSetsReader.label(whenFalse["Label"]) ?? ""
            )
            return
        }
        let isGlobal = optionSet["IsGlobal"]?.boolValue ?? (member == "GlobalOptionSet")
        let value = OptionSets.OptionSet(
            name: optionSet.text("Name") ?? "\(table)_\(column)",
            isGlobal: isGlobal || record["GlobalOptionSet"]?.objectValue != nil,
            displayName: OptionSetsReader.label(optionSet["DisplayName"]),
            description: OptionSetsReader.label(optionSet["Description"]),
            options: try options(optionSet["Options"], path: path + ".Options")
        )
        optionSets.columns[table.lowercased(), default: [:]][name] = .options(value)
    }

    private mutating func options(_ value: Value?, path: String) throws(GeneratorError) -> [OptionSets.Option] {
        guard let elements = value?.arrayValue else {
            throw failure("expected an array of options, found \(value?.kindName ?? "nothing")", path)
        }
        var options: [OptionSets.Option] = []
        var seen: Set<Int32> = []
        for (index, element) in elements.enumerated() {
            let path = "\(path)[\(index)]"
            guard let option = element.objectValue, let number = option["Value"]?.integerValue,
                let value = Int32(exactly: number)
            else { throw failure("expected an option with a whole number as its Value", path) }
            guard seen.insert(value).inserted else {
                diagnostics.append(
                    Diagnostic(.warning, "\(path): a second option has the value \(value) and is left out", file: file)
                )
                continue
            }
            let label = OptionSetsReader.label(option["Label"]) ?? option.text("InvariantName") ?? ""
            options.append(
                OptionSets.Option(
                    value: value,
                    label: label,
                    description: OptionSetsReader.label(option["Description"]),
                    state: option["State"]?.integerValue.flatMap { Int32(exactly: $0) }
                )
            )
        }
        return options
    }

    /// The text of a label: in English where it has one, as names in code are, or in the user's language.
    private static func label(_ value: Value?) -> String? {
        if let text = value?.stringValue { return text.isEmpty ? nil : text }
        guard let record = value?.objectValue else { return nil }
        let labels = (record["LocalizedLabels"]?.arrayValue ?? []).compactMap(\.objectValue)
        let chosen =
            labels.first { $0["LanguageCode"]?.integerValue == 1033 } ?? record["UserLocalizedLabel"]?.objectValue
            ?? labels.first
        guard let text = chosen?.text("Label"), !text.isEmpty else { return nil }
        return text
    }

    // MARK: Errors

    private func failure(_ message: String, _ path: String) -> GeneratorError {
        GeneratorError(.badInput, [Diagnostic(.error, "\(path): \(message)", file: file)])
    }

    private static func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return SourcePosition(line: line, column: before.count - start + 1)
    }
}

extension Record {
    fileprivate func text(_ name: String) -> String? { self[name]?.stringValue }

    /// Whether this is the definition of a column with options.
    fileprivate var isColumn: Bool { contains("OptionSet") || contains("GlobalOptionSet") }
}
