/// What a lookup of several tables refers to. Generated code has an enum for it, with a case for each table:
///
///     order.customerid = .account(Reference(accountID))
///     if case .contact(let contact)? = order.customerid { … }
///
/// Dataverse says which table a row is of in annotations only: read with ``QueryBuilding/includeAnnotations(_:)``, or
/// every reference that was read is ``EntityReference`` in the case `other`.
public protocol LookupTargets: IdentifierColumnType {
    /// The tables, those without a case of their own included.
    static var tables: [LookupTable] { get }
    /// The case for the table that a reference names.
    init(_ reference: EntityReference)
    /// The reference, with its table.
    var reference: EntityReference { get }
}

/// A table that a lookup can refer to.
public struct LookupTable: Sendable, Hashable {
    /// The name of the table, such as `account`.
    public let name: String
    /// The entity set with its rows, where there is one.
    public let entitySetName: String?
    /// The navigation property that leads to its rows; `nil` where one property leads to all tables.
    public let navigationProperty: String?

    /// A table, as generated code names it.
    @inlinable
    public init(_ name: String, in entitySetName: String?, through navigationProperty: String? = nil) {
        self.name = name
        self.entitySetName = entitySetName
        self.navigationProperty = navigationProperty
    }
}

extension LookupTargets {
    /// Where ``tables`` has the table that a reference names; -1 where it has not. Of tables of several namespaces with the
    /// same name, the one with the entity set of the reference counts.
    ///
    /// Generated code finds its case by it: a `switch` over a hundred names takes the compiler seconds.
    public static func index(of reference: EntityReference) -> Int {
        guard let name = reference.table, let first = tables.firstIndex(where: { $0.name == name }) else { return -1 }
        guard let set = reference.entitySetName, tables[first].entitySetName != set else { return first }
        return tables.firstIndex { $0.name == name && $0.entitySetName == set } ?? first
    }

    /// Two are equal when they are the same row, whatever else is known about it.
    public static func == (left: Self, right: Self) -> Bool {
        let (left, right) = (left.reference, right.reference)
        return left.id == right.id && left.table == right.table
    }

    public func hash(into hasher: inout Hasher) {
        let reference = reference
        hasher.combine(reference.id)
        hasher.combine(reference.table)
    }

    public init(json: Value) throws(ColumnValueError) {
        self.init(EntityReference(id: try UUID(json: json)))
    }

    public var json: Value { .string(bindingURL) }

    /// A filter compares the key.
    public var urlLiteral: String { reference.id.urlLiteral }

    /// The table of the reference, where it is one of those that the metadata names.
    var table: LookupTable? {
        guard let name = reference.table else { return nil }
        return Self.tables.first { $0.name == name }
    }

    /// What `@odata.bind` sends: the URL of the row, relative to the service.
    var bindingURL: String {
        let reference = reference
        let entitySetName = reference.entitySetName ?? table?.entitySetName ?? reference.table ?? ""
        return "/\(entitySetName)\(reference.id.keyPredicate().urlText)"
    }

    /// Reads a reference that was set, or `nil` where it was cleared.
    static func pending(_ value: Value, table: LookupTable?) -> Self? {
        guard let url = value.stringValue, let row = Reference<UntypedEntity>(url: url) else { return nil }
        let table = table ?? tables.first { $0.entitySetName == row.entitySetName }
        return Self(EntityReference(id: row.id, table: table?.name, entitySetName: row.entitySetName))
    }

    /// Reads the reference that the service sent as the value of a lookup.
    static func sent(_ column: String, in record: Record) -> Self? {
        guard let id = try? record.value(column, as: UUID.self) else { return nil }
        var table = record[AnnotationName.lookupTable(of: column)]?.stringValue
        if table == nil, let property = record[AnnotationName.navigationProperty(of: column)]?.stringValue {
            table = tables.first { $0.navigationProperty == property }?.name
        }
        return Self(EntityReference(id: id, table: table, name: record.formattedValue(of: column)))
    }
}
