import Foundation
import HTTPTypes

// Source: Dataverse Web API, "Query column definitions": all choice columns of a table in one request.
extension CallContext {
    /// The labels and values of the choice columns of a table, from the cache or from the service.
    func choices(of table: String) -> ODataOperation<ChoiceCache.Columns> {
        if let known = service.choices.columns(of: table, at: service.now()) { return .done(known) }
        let target =
            "EntityDefinitions" + KeyPredicate(named: [("LogicalName", table.lowercased())]).urlText
            + "/Attributes/\(MetadataWriter.namespace)PicklistAttributeMetadata"
            + QueryText.joined([("$select", "LogicalName"), ("$expand", "OptionSet($select=Options)")])
        return sendMetadata(ServiceRequest(.get, target)).map { reply throws(DataverseError) in
            let page: Page<Record> = try reply.page()
            var columns: ChoiceCache.Columns = [:]
            for definition in page.rows {
                let name = definition.metadataText("LogicalName").lowercased()
                if !name.isEmpty { columns[name] = ChoiceLabel.values(inDefinition: definition) }
            }
            service.choices.store(columns, for: table, at: service.now())
            return columns
        }
    }

    /// The value that a label of a choice column stands for; `nil` if there is no such option.
    func choiceValue(of label: String, in column: String, of table: String) -> ODataOperation<Int?> {
        choices(of: table).map { $0[column.lowercased()]?[ChoiceLabel.normalised(label)] }
    }

    /// Rows in which labels of choice columns are replaced by the values that they stand for. Nothing is asked for
    /// where no member is text.
    func resolveChoiceLabels(in records: [Record], of table: String) -> ODataOperation<[Record]> {
        guard records.contains(where: { $0.contains { ChoiceLabel.isCandidate($0.name, $0.value) } }) else {
            return .done(records)
        }
        return choices(of: table).map { columns in records.map { $0.resolvingLabels(columns) } }
    }
}

/// How labels are compared: without regard to case, accents and the amount of white space.
enum ChoiceLabel {
    static func normalised(_ label: String) -> String {
        let scalars = label.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.generalCategory != .nonspacingMark }
        return String(String.UnicodeScalarView(scalars)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .lowercased()
    }

    static func isCandidate(_ name: String, _ value: Value) -> Bool {
        guard let text = value.stringValue, !name.contains("@odata.") else { return false }
        return !text.allSatisfy(\.isWhitespace)
    }

    /// The values by label, in all languages; of options with the same label the first one counts.
    static func values(inDefinition column: Record) -> [String: Int] {
        var values: [String: Int] = [:]
        for option in column["OptionSet"]?.objectValue?["Options"]?.arrayValue ?? [] {
            guard let option = option.objectValue, let value = option.metadataInteger("Value") else { continue }
            for label in option["Label"]?.objectValue?["LocalizedLabels"]?.arrayValue ?? [] {
                guard let text = label.objectValue?["Label"]?.stringValue else { continue }
                let key = normalised(text)
                if !key.isEmpty, values[key] == nil { values[key] = value }
            }
        }
        return values
    }
}

extension Record {
    fileprivate func resolvingLabels(_ columns: ChoiceCache.Columns) -> Record {
        var resolved = self
        for (name, value) in self where ChoiceLabel.isCandidate(name, value) {
            guard let values = columns[name.lowercased()], let label = value.stringValue,
                let number = values[ChoiceLabel.normalised(label)]
            else { continue }
            if isChanged(name) {
                resolved[name] = Value(number)
            } else {
                resolved.load(Value(number), for: name)
            }
        }
        return resolved
    }
}
