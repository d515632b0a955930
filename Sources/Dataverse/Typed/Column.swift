/// A column that can be read and written, as generated code declares it.
///
/// The same declaration serves `account.name`, `account.name = "Contoso"`, `.where { $0.name == "Contoso" }`,
/// `.select { [$0.name] }` and `.orderBy { $0.name.ascending }`.
public struct Column<Row, ColumnType: ColumnValue>: FilterOperand, SelectableColumn {
    @usableFromInline let memberName: ColumnName

    /// A column with this property name.
    @inlinable
    public init(_ name: StaticString) { memberName = ColumnName(name) }

    /// A column whose property name is known at run time only.
    public init(named name: String) { memberName = ColumnName(named: name) }

    /// The name of the property in the metadata.
    public var columnName: String { memberName.text }

    public var expressionText: String { columnName }
}

/// A column that the service sets: it can be read, filtered and ordered, and assigning to it does not compile.
public struct ReadOnlyColumn<Row, ColumnType: ColumnValue>: FilterOperand, SelectableColumn {
    @usableFromInline let memberName: ColumnName

    /// A read-only column with this property name.
    @inlinable
    public init(_ name: StaticString) { memberName = ColumnName(name) }

    /// The name of the property in the metadata.
    public var columnName: String { memberName.text }

    public var expressionText: String { columnName }
}

/// A column that is set when a row is created and stays as it is: it can be read, filtered and ordered, assigning to it
/// does not compile, and `initialize` sets it in a row that is to be created.
///
///     Person { $0.initialize(\.username, with: "anna") }
public struct CreateOnlyColumn<Row, ColumnType: ColumnValue>: FilterOperand, SelectableColumn {
    @usableFromInline let memberName: ColumnName

    /// A column with this property name.
    @inlinable
    public init(_ name: StaticString) { memberName = ColumnName(name) }

    /// A column whose property name is known at run time only.
    public init(named name: String) { memberName = ColumnName(named: name) }

    /// The name of the property in the metadata.
    public var columnName: String { memberName.text }

    public var expressionText: String { columnName }
}

/// Anything that `$select` can name.
public protocol SelectableColumn<Row>: Sendable {
    /// The rows that have the column.
    associatedtype Row
    /// The name for `$select`. (Not `name`, which is what many tables call a column: `$0.parentaccountid.name`.)
    var columnName: String { get }
}
