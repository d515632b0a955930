/// A lookup whose row can be of several tables, with a navigation property for each of them: a customer that is an
/// account or a contact.
///
///     Opportunity { $0.customerid = .account(Reference(accountID)) }   // customerid_account@odata.bind
///     .where { $0.customerid == .contact(Reference(contactID)) }
///     .expand { $0.customerid.account.select { [$0.name] } }           // then row.expanded.customerid.account
///
/// Source: Dataverse Web API, "Multi-table lookups".
@dynamicMemberLookup
public struct PolymorphicLookup<Row, Targets: PolymorphicTargets>: FilterOperand, SelectableColumn {
    public typealias ColumnType = Targets

    /// The property with the key of the other row, such as `_customerid_value`.
    public let columnName: String

    /// - Parameter name: the property with the key of the other row.
    @inlinable
    public init(_ name: String) { columnName = name }

    public var expressionText: String { columnName }

    /// The lookup of one of the tables, to expand it or to compare its columns.
    @inlinable
    public subscript<Target: ODataRow>(
        dynamicMember path: KeyPath<Targets.Lookups, Lookup<Row, Target>>
    ) -> Lookup<Row, Target> {
        Targets.lookups[keyPath: path]
    }

    /// Reads the reference: the one that was set, or what the service sent.
    public func reference(in record: Record) -> Targets? {
        if record.hasChanges {
            for table in Targets.tables {
                guard let property = table.navigationProperty else { continue }
                if let pending = record[AnnotationName.bind(property)] { return .pending(pending, table: table) }
            }
        }
        return .sent(columnName, in: record)
    }

    /// Sets the reference that is sent with the row, or clears it.
    public func set(_ reference: Targets?, in record: inout Record) {
        for table in Targets.tables {
            guard let property = table.navigationProperty else { continue }
            record[AnnotationName.bind(property)] = nil
        }
        guard let property = navigationProperty(toSet: reference, in: record) else { return }
        record[AnnotationName.bind(property)] = reference.map(\.json) ?? .null
    }

    private func navigationProperty(toSet reference: Targets?, in record: Record) -> String? {
        guard let reference else {
            // Any of them clears the lookup; the one that is set says it best.
            return record[AnnotationName.navigationProperty(of: columnName)]?.stringValue
                ?? Targets.tables.first?.navigationProperty
        }
        if let property = reference.table?.navigationProperty { return property }
        // Properties are named like that where no relationship gives them another name.
        let name = columnName
        let lookup = name.hasPrefix("_") && name.hasSuffix("_value") ? name.dropFirst().dropLast(6) : name[...]
        return "\(lookup)_\(reference.reference.table ?? "")"
    }
}

/// The tables of a lookup that has a navigation property for each of them.
public protocol PolymorphicTargets: LookupTargets {
    /// The lookups, one for each table.
    associatedtype Lookups: Sendable
    /// The lookups, one for each table.
    static var lookups: Lookups { get }
}

/// The rows that a lookup of several tables was expanded to: `order.expanded.customerid.account?.name`.
@dynamicMemberLookup
public struct ExpandedTargets<Row: ODataRow, Targets: PolymorphicTargets>: Sendable {
    let record: Record

    /// The row; `nil` where it is of another table or was not expanded.
    public subscript<Target: ODataRow>(
        dynamicMember path: KeyPath<Targets.Lookups, Lookup<Row, Target>>
    ) -> Target? {
        record[Targets.lookups[keyPath: path].navigationProperty]?.objectValue.map(Target.init(record:))
    }
}
