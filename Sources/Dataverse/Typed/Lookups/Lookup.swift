/// A single-valued navigation property: the row of another table that this one refers to.
///
/// Reading it gives a ``Reference`` from the value the service sends (`_primarycontactid_value` in Dataverse); setting
/// it sends `primarycontactid@odata.bind`.
///
/// Sources: OData JSON Format 4.0, section 8.5 "Bind Operation"; Dataverse Web API, "Lookup properties".
public struct Lookup<Row, Target: ODataRow>: FilterOperand, SelectableColumn {
    /// The name of the navigation property.
    public let navigationProperty: String
    /// The property with the key of the other row, where there is one.
    public let valueColumn: String?

    /// - Parameters:
    ///   - navigationProperty: the name of the navigation property.
    ///   - value: the property with the key of the other row, where there is one.
    @inlinable
    public init(_ navigationProperty: String, value: String? = nil) {
        self.navigationProperty = navigationProperty
        self.valueColumn = value
    }

    /// What `$select` names: the property with the key.
    public var columnName: String { valueColumn ?? navigationProperty }

    /// What a filter compares: the property with the key, or the key of the other row.
    public var expressionText: String {
        if let valueColumn { return valueColumn }
        guard let key = Target.entitySchema?.key, key.count == 1 else { return navigationProperty }
        return "\(navigationProperty)/\(key[0])"
    }

    /// Reads the reference: from the key property, or from the expanded row.
    public func reference(in record: Record) -> Reference<Target>? {
        if let pending = record[AnnotationName.bind(navigationProperty)] {
            return pending.stringValue.flatMap { Reference(url: $0) }
        }
        let expanded = record[navigationProperty]?.objectValue
        let schema = Target.entitySchema
        let expandedKey = expanded.flatMap {
            Target.PrimaryKey(record: schema?.keyRecord(of: $0) ?? $0, key: schema?.key ?? [])
        }
        guard let valueColumn, let value = record[valueColumn], !value.isNull else {
            return expandedKey.map { Reference($0) }
        }
        // A polymorphic lookup's value belongs to the navigation property that the service names.
        if let owner = record[AnnotationName.navigationProperty(of: valueColumn)]?.stringValue,
            owner != navigationProperty
        {
            return nil
        }
        guard let key = Target.PrimaryKey(record: [valueColumn: value], key: [valueColumn]) else { return nil }
        return Reference(
            key,
            entitySetName: Target.entitySchema?.entitySetName,
            table: record[AnnotationName.lookupTable(of: valueColumn)]?.stringValue,
            name: record.formattedValue(of: valueColumn)
        )
    }

    /// Sets the reference that is sent with the row, or clears it.
    public func set(_ reference: Reference<Target>?, in record: inout Record) {
        record[AnnotationName.bind(navigationProperty)] = reference.map { .string($0.bindingURL) } ?? .null
    }
}

extension Lookup {
    public typealias ColumnType = Reference<Target>
}

/// A collection-valued navigation property: the rows of another table that refer to this one, or are associated.
public struct CollectionNavigation<Row, Target: ODataRow>: Sendable {
    /// The name of the navigation property.
    public let navigationProperty: String

    /// - Parameter navigationProperty: the name of the navigation property.
    @inlinable
    public init(_ navigationProperty: String) { self.navigationProperty = navigationProperty }

    /// The expanded rows, or `nil` if the collection was not expanded.
    public func rows(in record: Record) -> [Target]? {
        record[navigationProperty]?.arrayValue?.compactMap { $0.objectValue.map(Target.init(record:)) }
    }

    /// Sets the rows that are created together with this one.
    public func set(_ rows: [Target]?, in record: inout Record) {
        record[navigationProperty] = rows.map { .array($0.map { .object($0.record) }) }
    }
}
