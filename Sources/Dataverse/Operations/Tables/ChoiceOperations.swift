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

    /// What is sent of an untyped row of a Dataverse table: the names of its columns in lower case, as Dataverse has
    /// them, and values in place of the labels of choices. Generated rows, and rows of other services, stay as they
    /// are.
    ///
    /// - Parameters:
    ///   - record: the values to send.
    ///   - row: the row that they belong to.
    func written<Row: ODataRow>(
        _ record: Record,
        of row: Row,
        in source: EntitySetSource
    ) -> ODataOperation<Record> {
        let prepared: ODataOperation<Record> =
            Row.entitySchema == nil
            ? written([record], of: Row.self, in: source).map { $0.first ?? record } : .done(record)
        return prepared.map { record throws(DataverseError) in try record.resolvingNewRows(contentIDs) }
    }

    /// What is sent of untyped rows of a Dataverse table.
    func written<Row: ODataRow>(
        _ records: [Record],
        of row: Row.Type,
        in source: EntitySetSource
    ) -> ODataOperation<[Record]> {
        guard Row.entitySchema == nil, case .table(let table) = source else { return .done(records) }
        let records = records.map(\.withLogicalNames)
        guard service.configuration.resolvesChoiceLabels else { return .done(records) }
        return resolveChoiceLabels(in: records, of: table)
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
    /// The record with the names of its columns in lower case. Names of navigation properties, which annotations and
    /// related rows have, keep their case: Dataverse compares them with regard to it.
    fileprivate var withLogicalNames: Record {
        let isLogical = allSatisfy { name, value in
            name.contains("@") || value.isStructured || !name.utf8.contains { (0x41...0x5A).contains($0) }
        }
        if isLogical { return self }
        return Record(
            members: map { name, value in
                (name.contains("@") || value.isStructured ? name : name.lowercased(), value)
            }
        )
    }

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

extension Value {
    /// Whether this is a row, or are rows, that are written together with another.
    fileprivate var isStructured: Bool {
        switch self {
        case .object: true
        case .array(let elements): elements.contains { $0.objectValue != nil }
        default: false
        }
    }
}
