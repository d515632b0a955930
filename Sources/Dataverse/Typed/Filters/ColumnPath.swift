/// Something that leads from a row to the columns of another one, or of a complex value: a lookup, a column of a
/// complex type, the row of a lambda, or a path that ends with one of these.
///
///     .where { $0.primarycontactid.fullname == "Ann Lee" }
///     .orderBy { $0.parentaccountid.primarycontactid.lastname.ascending }
///
/// A column that has the name of a member of the step itself is reached by its key path: `$0.ownerid[\.name]`.
///
/// Source: OData URL Conventions 4.01, section 5.1.1.15 "Path Expressions".
@dynamicMemberLookup
public protocol PathStep<Row, Destination>: Sendable {
    /// The rows that the path begins at.
    associatedtype Row
    /// Whose columns the path leads to.
    associatedtype Destination: ColumnSource
    /// The path so far, without a slash at its end.
    var pathText: String { get }
}

extension PathStep {
    /// A column, lookup or collection at the end of the path.
    public subscript<Element>(dynamicMember path: KeyPath<Destination.Columns, Element>) -> ColumnPath<Row, Element> {
        self[path]
    }

    /// A column, lookup or collection at the end of the path.
    public subscript<Element>(path: KeyPath<Destination.Columns, Element>) -> ColumnPath<Row, Element> {
        ColumnPath(pathPrefix: pathText + "/", pathEnd: Destination.columns[keyPath: path])
    }

    /// The same row as one of a derived type: `$0.ownerid.as(Systemuser.self).fullname`.
    ///
    /// Source: OData URL Conventions 4.01, section 4.11 "Addressing Derived Types".
    public func `as`<Derived: ODataEntity>(_ type: Derived.Type) -> DerivedPath<Row, Derived> {
        DerivedPath(pathText: "\(pathText)/\(Derived.schema.typeName)")
    }

    /// Whether the row is of a derived type.
    ///
    /// Source: OData URL Conventions 4.01, section 5.1.1.10.2 "isof".
    public func isOf(_ type: (some ODataEntity).Type) -> Filter<Row> {
        Filter(term: "isof(\(pathText),\(type.schema.typeName))")
    }
}

/// A column, lookup or collection that is reached through other rows.
///
/// The members have long names because a column of the same name would be hidden by them.
public struct ColumnPath<Row, PathEnd: Sendable>: Sendable {
    let pathPrefix: String
    let pathEnd: PathEnd
}

extension ColumnPath: FilterOperand where PathEnd: FilterOperand {
    public typealias ColumnType = PathEnd.ColumnType
    public var expressionText: String { pathPrefix + pathEnd.expressionText }
}

extension ColumnPath: PathStep where PathEnd: PathStep {
    public typealias Destination = PathEnd.Destination
    public var pathText: String { pathPrefix + pathEnd.pathText }
}

extension ColumnPath: CollectionStep where PathEnd: CollectionStep {
    public typealias Element = PathEnd.Element
    public var collectionText: String { pathPrefix + pathEnd.collectionText }
}

/// A row seen as one of a derived type.
public struct DerivedPath<Row, Destination: ODataEntity>: PathStep {
    public let pathText: String
}

extension Lookup: PathStep {
    public typealias Destination = Target
    public var pathText: String { navigationProperty }
}

extension Column: PathStep where ColumnType: ColumnSource {
    public typealias Destination = ColumnType
    public var pathText: String { columnName }
}

extension ReadOnlyColumn: PathStep where ColumnType: ColumnSource {
    public typealias Destination = ColumnType
    public var pathText: String { columnName }
}

extension Filter where Row: ODataEntity {
    /// Whether a row is of a derived type: `.where { _ in .isOf(Employee.self) }`.
    public static func isOf(_ type: (some ODataEntity).Type) -> Filter {
        Filter(term: "isof(\(type.schema.typeName))")
    }
}
