/// Which row of a table: by its primary key, or by an alternate key.
///
/// Generated code adds a function for each alternate key: `client.accounts.retrieve(.accountnumber("A-1"))`.
public struct RowKey<Row: ODataRow>: Sendable, Hashable {
    /// The part of the URL that names the row.
    public let predicate: KeyPredicate

    /// A row by any key.
    public init(_ predicate: KeyPredicate) { self.predicate = predicate }

    /// The row with a primary key.
    public static func id(_ id: Row.PrimaryKey) -> Self { RowKey(id.keyPredicate()) }

    /// The row that a reference is to.
    public static func reference(_ reference: Reference<Row>) -> Self { .id(reference.id) }

    /// The row with an alternate key.
    ///
    /// - Parameter values: the names and values of the key's columns; not empty.
    public static func alternate(_ values: (name: String, value: any ColumnValue)...) -> Self {
        RowKey(KeyPredicate(named: values))
    }
}
