/// The columns of rows that no struct was generated for: they are reached by their names.
///
///     client.table("account").where { $0["name"] == "Contoso" && $0["createdon"] > yesterday }
public struct UntypedColumns<Row: ODataRow>: Sendable {
    /// The column with a name, of the type that it is compared with.
    public subscript<ColumnType: ColumnValue>(name: String) -> Column<Row, ColumnType> { Column(named: name) }

    /// The column with a name, where nothing says which type it has.
    public subscript(name: String) -> Column<Row, Value> { Column(named: name) }

    /// The column with a name and a type: `$0["createdon", Date.self].year == 2024`.
    public subscript<ColumnType: ColumnValue>(name: String, type: ColumnType.Type) -> Column<Row, ColumnType> {
        Column(named: name)
    }

    /// The single-valued navigation property with a name, to go on to the columns of the other row, or to expand it:
    /// `.where { $0.lookup("primarycontactid")["fullname"] == "Ann" }`.
    ///
    /// - Parameters:
    ///   - navigationProperty: the name of the navigation property.
    ///   - table: the struct of the other table, where there is one.
    public func lookup<Target: ODataRow>(
        _ navigationProperty: String,
        to table: Target.Type = Record.self
    ) -> Lookup<Row, Target> {
        Lookup(navigationProperty)
    }

    /// The collection-valued navigation property with a name, for conditions on its rows, or to expand it:
    /// `.expand { $0.collection("Account_Tasks").select("subject").top(5) }`.
    ///
    /// - Parameters:
    ///   - navigationProperty: the name of the navigation property.
    ///   - table: the struct of the other table, where there is one.
    public func collection<Target: ODataRow>(
        _ navigationProperty: String,
        of table: Target.Type = Record.self
    ) -> CollectionNavigation<Row, Target> {
        CollectionNavigation(navigationProperty)
    }
}

extension PathStep where Destination: ODataRow, Destination.Columns == UntypedColumns<Destination> {
    /// The column of the other row with a name, of the type that it is compared with.
    public subscript<ColumnType: ColumnValue>(name: String) -> ColumnPath<Row, Column<Destination, ColumnType>> {
        self[dynamicMember: \.[name]]
    }

    /// The column of the other row with a name, where nothing says which type it has.
    public subscript(name: String) -> ColumnPath<Row, Column<Destination, Value>> { self[dynamicMember: \.[name]] }
}
