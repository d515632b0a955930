// The rows that a row is related to.
extension EntitySet where Row: ODataEntity {
    /// The rows of a collection of one row, to be queried, or created in it:
    /// `client.accounts.related(\.contactCustomerAccounts, of: .id(id)).where { … }.all()`.
    ///
    /// - Parameters:
    ///   - collection: the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public func related<Target: ODataRow>(
        _ collection: KeyPath<Row.Columns, CollectionNavigation<Row, Target>>,
        of key: RowKey<Row>
    ) -> EntitySet<Target> {
        let navigationProperty = Row.columns[keyPath: collection].navigationProperty
        return EntitySet<Target>(client, source: .related(navigationProperty, of: key.predicate, in: source))
    }

    /// Adds a row to a collection of another row.
    ///
    /// - Parameters:
    ///   - reference: the row to add.
    ///   - collection: the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public func associate<Target: ODataRow>(
        _ reference: Reference<Target>,
        with collection: KeyPath<Row.Columns, CollectionNavigation<Row, Target>>,
        of key: RowKey<Row>
    ) throws {
        let name = Row.columns[keyPath: collection].navigationProperty
        try client.run(as: CallName("associate", in: source)) {
            $0.associate(reference, with: name, of: key.predicate, in: source)
        }
    }

    /// Takes a row out of a collection of another row; the row itself stays.
    ///
    /// - Parameters:
    ///   - reference: the row to take out.
    ///   - collection: the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public func disassociate<Target: ODataRow>(
        _ reference: Reference<Target>,
        from collection: KeyPath<Row.Columns, CollectionNavigation<Row, Target>>,
        of key: RowKey<Row>
    ) throws {
        let name = Row.columns[keyPath: collection].navigationProperty
        try client.run(as: CallName("disassociate", in: source)) {
            $0.disassociate(reference, from: name, of: key.predicate, in: source)
        }
    }
}
