/// A column that can be read and written, as generated code declares it.
///
/// The same declaration serves `account.name`, `account.name = "Contoso"`, `.where { $0.name == "Contoso" }`,
/// `.select { [$0.name] }` and `.orderBy { $0.name.ascending }`.
public struct Column<Row, ColumnType: ColumnValue>: FilterOperand, SelectableColumn {
    /// The name of the property in the metadata.
    public let columnName: String

    /// A column with this property name.
    @inlinable
    public init(_ name: String) { columnName = name }

    public var expressionText: String { columnName }
}

/// A column that the service sets: it can be read, filtered and ordered, and assigning to it does not compile.
public struct ReadOnlyColumn<Row, ColumnType: ColumnValue>: FilterOperand, SelectableColumn {
    /// The name of the property in the metadata.
    public let columnName: String

    /// A read-only column with this property name.
    @inlinable
    public init(_ name: String) { columnName = name }

    public var expressionText: String { columnName }
}

/// A column that is set when a row is created and stays as it is: it can be read, filtered and ordered, assigning to it
/// does not compile, and `initialize` sets it in a row that is to be created.
///
///     Person { $0.initialize(\.username, with: "anna") }
public struct CreateOnlyColumn<Row, ColumnType: ColumnValue>: FilterOperand, SelectableColumn {
    /// The name of the property in the metadata.
    public let name: String

    /// A column with this property name.
    @inlinable
    public init(_ name: String) { self.name = name }

    public var expressionText: String { name }
}

/// Anything that `$select` can name.
public protocol SelectableColumn<Row>: Sendable {
    /// The rows that have the column.
    associatedtype Row
    /// The name for `$select`. (Not `name`, which is what many tables call a column: `$0.parentaccountid.name`.)
    var columnName: String { get }
}

extension PolymorphicLookup {
    public var columnName: String { name }
}
