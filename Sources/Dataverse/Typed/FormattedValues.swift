/// The texts that the service shows for the values of a row: `account.formatted.revenue` is `"$1,000.00"`.
///
/// They are there when the query asked for annotations, see ``QueryBuilding/includeAnnotations(_:)``.
@dynamicMemberLookup
public struct FormattedValues<Row: ODataRow>: Sendable {
    let record: Record

    /// The text for a column.
    public subscript<C: SelectableColumn<Row>>(dynamicMember path: KeyPath<Row.Columns, C>) -> String? {
        record.formattedValue(of: Row.columns[keyPath: path].columnName)
    }
}

/// The rows that were read together with a row: `account.expanded.primarycontactid?.fullname`.
@dynamicMemberLookup
public struct ExpandedRows<Row: ODataRow>: Sendable {
    let record: Record

    /// The row a lookup refers to; `nil` if it refers to none or was not expanded.
    public subscript<Target: ODataRow>(dynamicMember path: KeyPath<Row.Columns, Lookup<Row, Target>>) -> Target? {
        record[Row.columns[keyPath: path].navigationProperty]?.objectValue.map(Target.init(record:))
    }

    /// The row that a lookup of a more general table refers to; `nil` if it refers to none or was not expanded.
    public subscript<Target>(dynamicMember path: KeyPath<Row.Columns, GeneralLookup<Row, Target>>) -> Target? {
        record[Row.columns[keyPath: path].navigationProperty]?.objectValue.map(Target.init(record:))
    }

    /// The rows that a lookup of several tables was expanded to, by table.
    public subscript<Targets>(
        dynamicMember path: KeyPath<Row.Columns, PolymorphicLookup<Row, Targets>>
    ) -> ExpandedTargets<Row, Targets> {
        ExpandedTargets(record: record)
    }

    /// The rows of a collection; `nil` if it was not expanded.
    public subscript<Target: ODataRow>(
        dynamicMember path: KeyPath<Row.Columns, CollectionNavigation<Row, Target>>
    ) -> [Target]? {
        Row.columns[keyPath: path].rows(in: record)
    }
}

extension ODataEntity {
    /// The texts that the service shows for the values of this row.
    public var formatted: FormattedValues<Self> { FormattedValues(record: record) }

    /// The rows that were read together with this one.
    public var expanded: ExpandedRows<Self> { ExpandedRows(record: record) }
}
