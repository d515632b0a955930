// Lookups by themselves, and relations of untyped rows.
extension AsyncEntitySet where Row: ODataEntity {
    /// Makes a lookup of a row refer to another row.
    ///
    /// - Parameters:
    ///   - reference: the row to refer to.
    ///   - lookup: the single-valued navigation property.
    ///   - key: the row that has the lookup.
    public func setReference<Target: ODataRow>(
        _ reference: Reference<Target>,
        of lookup: KeyPath<Row.Columns, Lookup<Row, Target>>,
        _ key: RowKey<Row>
    ) async throws {
        let name = Row.columns[keyPath: lookup].navigationProperty
        try await client.run(as: CallName("set reference", in: source)) {
            $0.setReference(reference, of: name, key.predicate, in: source)
        }
    }

    /// Makes a lookup of a row refer to no row.
    ///
    /// - Parameters:
    ///   - lookup: the single-valued navigation property.
    ///   - key: the row that has the lookup.
    public func removeReference<Target: ODataRow>(
        of lookup: KeyPath<Row.Columns, Lookup<Row, Target>>,
        _ key: RowKey<Row>
    ) async throws {
        let name = Row.columns[keyPath: lookup].navigationProperty
        try await client.run(as: CallName("remove reference", in: source)) {
            $0.removeReference(of: name, key.predicate, in: source)
        }
    }
}

extension AsyncEntitySet where Row == Record {
    /// The rows of a collection of one row, to be queried, or created in it.
    ///
    /// - Parameters:
    ///   - collection: the name of the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public func related(_ collection: String, of key: RowKey<Record>) -> AsyncEntitySet<Record> {
        AsyncEntitySet(client, source: .related(collection, of: key.predicate, in: source))
    }

    /// Adds a row to a collection of another row.
    ///
    /// - Parameters:
    ///   - reference: the row to add, with its entity set.
    ///   - collection: the name of the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public func associate(
        _ reference: Reference<Record>,
        with collection: String,
        of key: RowKey<Record>
    ) async throws {
        try await client.run(as: CallName("associate", in: source)) {
            $0.associate(reference, with: collection, of: key.predicate, in: source)
        }
    }

    /// Takes a row out of a collection of another row; the row itself stays.
    ///
    /// - Parameters:
    ///   - reference: the row to take out.
    ///   - collection: the name of the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public func disassociate(
        _ reference: Reference<Record>,
        from collection: String,
        of key: RowKey<Record>
    ) async throws {
        try await client.run(as: CallName("disassociate", in: source)) {
            $0.disassociate(reference, from: collection, of: key.predicate, in: source)
        }
    }

    /// Makes a lookup of a row refer to another row.
    ///
    /// - Parameters:
    ///   - reference: the row to refer to, with its entity set.
    ///   - lookup: the name of the single-valued navigation property.
    ///   - key: the row that has the lookup.
    public func setReference(
        _ reference: Reference<Record>,
        of lookup: String,
        _ key: RowKey<Record>
    ) async throws {
        try await client.run(as: CallName("set reference", in: source)) {
            $0.setReference(reference, of: lookup, key.predicate, in: source)
        }
    }

    /// Makes a lookup of a row refer to no row.
    ///
    /// - Parameters:
    ///   - lookup: the name of the single-valued navigation property.
    ///   - key: the row that has the lookup.
    public func removeReference(of lookup: String, _ key: RowKey<Record>) async throws {
        try await client.run(as: CallName("remove reference", in: source)) {
            $0.removeReference(of: lookup, key.predicate, in: source)
        }
    }
}
