// How rows show themselves in a debugger and in a log. They have no `description` of their own: that is the name of a
// column of many tables.
extension ODataStructuredType {
    /// The table, the key, and the columns that are there; changed ones are marked, and formatted values stand behind
    /// the values they are for: `account(5a1b…) [name: "Contoso" (changed), revenue: 1000 “$1,000.00”]`.
    public var debugDescription: String {
        let columns = RowColumn.columns(of: record).map { column in
            let value = column.value.debugDescription
            var text = "\(column.name): \(value)"
            if let formatted = column.formatted, formatted != value, formatted != column.value.stringValue {
                text += " “\(formatted)”"
            }
            if column.isChanged { text += " (changed)" }
            return text
        }
        return "\(Self.label(of: record)) [\(columns.joined(separator: ", "))]"
    }

    /// The columns that are there, for debuggers and `dump`.
    public var customMirror: Mirror {
        let children = RowColumn.columns(of: record).map { column in
            (label: column.isChanged ? "\(column.name) (changed)" : column.name, value: column.value.content)
        }
        return Mirror(self, children: children, displayStyle: .struct)
    }

    private static func label(of record: Record) -> String {
        guard let table = Self.self as? any ODataEntity.Type else { return "\(Self.self)" }
        let schema = table.schema
        let name = schema.logicalName.isEmpty ? "\(Self.self)" : schema.logicalName
        let keys = schema.key.compactMap { record[$0].map { $0.stringValue ?? $0.debugDescription } }
        return keys.isEmpty ? name : "\(name)(\(keys.joined(separator: ",")))"
    }
}

/// A member of a row that is not an annotation.
private struct RowColumn {
    let name: String
    let value: Value
    let formatted: String?
    let isChanged: Bool

    static func columns(of record: Record) -> [RowColumn] {
        record.compactMap { name, value in
            // `primarycontactid@odata.bind` is how a lookup is set, everything else with an @ describes something.
            guard !name.contains("@") || name.hasSuffix("@odata.bind") else { return nil }
            return RowColumn(
                name: name,
                value: value,
                formatted: record.formattedValue(of: name),
                isChanged: record.isChanged(name)
            )
        }
    }
}

extension Value {
    /// What the value holds, without the case around it.
    fileprivate var content: Any {
        switch self {
        case .null: Any?.none as Any
        case .bool(let flag): flag
        case .integer(let number): number
        case .decimal(let number): number
        case .double(let number): number
        case .string(let text): text
        case .array(let elements): elements.map(\.content)
        case .object(let record): record
        }
    }
}
