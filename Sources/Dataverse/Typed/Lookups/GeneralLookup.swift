/// A lookup of a table that others inherit from, with one navigation property for all of them: an owner that is a user
/// or a team.
///
///     Account { $0.ownerid = .systemuser(Reference(userID)) }          // ownerid@odata.bind
///     if case .team(let team)? = account.ownerid { … }
public struct GeneralLookup<Row, Target: ODataGeneralEntity>: FilterOperand, SelectableColumn {
    public typealias ColumnType = Target.Subtype

    /// The name of the navigation property.
    public let navigationProperty: String
    /// The property with the key of the other row, such as `_ownerid_value`.
    public let columnName: String

    /// - Parameters:
    ///   - navigationProperty: the name of the navigation property.
    ///   - value: the property with the key of the other row.
    @inlinable
    public init(_ navigationProperty: String, value: String) {
        self.navigationProperty = navigationProperty
        columnName = value
    }

    public var expressionText: String { columnName }

    /// Reads the reference: the one that was set, what the service sent, or that of the expanded row.
    public func reference(in record: Record) -> Target.Subtype? {
        if let pending = record[AnnotationName.bind(navigationProperty)] { return .pending(pending, table: nil) }
        if let sent = Target.Subtype.sent(columnName, in: record) { return sent }
        guard let expanded = record[navigationProperty]?.objectValue,
            let key = Target.schema.key.first, let id = try? expanded.value(key, as: UUID.self)
        else { return nil }
        let table = expanded[AnnotationName.type]?.stringValue?.split(separator: ".").last.map(String.init)
        return Target.Subtype(EntityReference(id: id, table: table))
    }

    /// Sets the reference that is sent with the row, or clears it.
    public func set(_ reference: Target.Subtype?, in record: inout Record) {
        record[AnnotationName.bind(navigationProperty)] = reference.map(\.json) ?? .null
    }
}

/// A generated struct for a table whose rows are all of tables that inherit from it.
public protocol ODataGeneralEntity: ODataEntity {
    /// A reference to a row, with a case for each of those tables.
    associatedtype Subtype: LookupTargets
}

extension GeneralLookup: Expandable, QueryBuilding {
    public typealias SourceRow = Row

    public var expandTerm: String { navigationProperty }

    public func building(_ change: (inout RowQuery<Target>) -> Void) -> Expansion<Row, Target> {
        Expansion(navigationProperty: navigationProperty).building(change)
    }
}

extension GeneralLookup: PathStep {
    public typealias Destination = Target
    public var pathText: String { navigationProperty }
}
