// Many rows, relations and text queries in a batch.
extension BatchOperation {
    /// Creates many rows in one transaction (`CreateMultiple`).
    ///
    /// - Parameters:
    ///   - rows: the new rows.
    ///   - table: the name of the table; not needed for generated rows.
    public static func create<Row: ODataRow>(
        _ rows: [Row],
        table: String? = nil
    ) -> Self where Output == [Row.PrimaryKey] {
        BatchOperation(
            request: { $0.requestToCreate(rows, in: .of(Row.self, table: table)) },
            reader: .keys(of: rows.count, Row.self)
        )
    }

    /// Starts a job of the service that deletes many rows (`BulkDelete`).
    ///
    /// - Parameters:
    ///   - ids: the primary keys of the rows.
    ///   - type: the rows that the table has.
    ///   - start: when the job begins.
    ///   - table: the name of the table; not needed for generated rows.
    public static func deleteInBackground<Row: ODataRow>(
        _ ids: [Row.PrimaryKey],
        of type: Row.Type = Row.self,
        startingAt start: Date = Date(),
        table: String? = nil
    ) -> Self where Output == UUID? {
        BatchOperation(
            request: { $0.requestToDelete(ids, of: type, startingAt: start, in: .of(Row.self, table: table)) },
            reader: .job()
        )
    }

    /// Reads one page of a FetchXML query.
    public static func query(_ query: FetchXML) -> Self where Output == FetchXMLPage {
        BatchOperation(request: { $0.requestForPage(of: query) }, reader: .page(of: query))
    }

    /// Reads the first page of a SQL query.
    public static func query(_ query: SQLQuery) -> Self where Output == Page<Record> {
        BatchOperation(request: { $0.requestForFirstPage(of: query) }, reader: .page())
    }

    /// Sends any request below the service root, and gives its reply.
    public static func request(_ request: ServiceRequest) -> Self where Output == HTTPReply {
        BatchOperation(request: { _ in .done(request) }, reader: ReplyReader { $0 })
    }
}

extension BatchOperation where Output == Void {
    /// Changes many rows in one transaction (`UpdateMultiple`), each in its own way.
    ///
    /// - Parameters:
    ///   - rows: the primary keys, with the columns that were set on each row.
    ///   - table: the name of the table; not needed for generated rows.
    public static func update<Row: ODataRow>(
        _ rows: [(id: Row.PrimaryKey, changes: Row)],
        table: String? = nil
    ) -> Self {
        BatchOperation(request: { $0.requestToUpdate(rows, in: .of(Row.self, table: table)) }, reader: .nothing)
    }

    /// Changes many rows, or creates those that do not exist, in one transaction (`UpsertMultiple`).
    ///
    /// - Parameters:
    ///   - rows: the alternate keys, with the columns that were set on each row.
    ///   - table: the name of the table; not needed for generated rows.
    public static func upsert<Row: ODataRow>(
        _ rows: [(key: RowKey<Row>, values: Row)],
        table: String? = nil
    ) -> Self {
        BatchOperation(request: { $0.requestToUpsert(rows, in: .of(Row.self, table: table)) }, reader: .nothing)
    }

    /// Adds a row to a collection of another row.
    ///
    /// - Parameters:
    ///   - reference: the row to add.
    ///   - collection: the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public static func associate<Row: ODataEntity, Target: ODataRow>(
        _ reference: Reference<Target>,
        with collection: KeyPath<Row.Columns, CollectionNavigation<Row, Target>>,
        of key: RowKey<Row>
    ) -> Self {
        let name = Row.columns[keyPath: collection].navigationProperty
        return BatchOperation(
            request: { $0.requestToAssociate(reference, with: name, of: key.predicate, in: .of(Row.self, table: nil)) },
            reader: .nothing
        )
    }

    /// Takes a row out of a collection of another row; the row itself stays.
    ///
    /// - Parameters:
    ///   - reference: the row to take out.
    ///   - collection: the collection-valued navigation property.
    ///   - key: the row that has the collection.
    public static func disassociate<Row: ODataEntity, Target: ODataRow>(
        _ reference: Reference<Target>,
        from collection: KeyPath<Row.Columns, CollectionNavigation<Row, Target>>,
        of key: RowKey<Row>
    ) -> Self {
        let name = Row.columns[keyPath: collection].navigationProperty
        return BatchOperation(
            request: {
                $0.requestToDisassociate(reference, from: name, of: key.predicate, in: .of(Row.self, table: nil))
            },
            reader: .nothing
        )
    }

    /// Makes a lookup of a row refer to another row.
    ///
    /// - Parameters:
    ///   - reference: the row to refer to.
    ///   - lookup: the single-valued navigation property.
    ///   - key: the row that has the lookup.
    public static func setReference<Row: ODataEntity, Target: ODataRow>(
        _ reference: Reference<Target>,
        of lookup: KeyPath<Row.Columns, Lookup<Row, Target>>,
        _ key: RowKey<Row>
    ) -> Self {
        let name = Row.columns[keyPath: lookup].navigationProperty
        return BatchOperation(
            request: { $0.requestToSetReference(reference, of: name, key.predicate, in: .of(Row.self, table: nil)) },
            reader: .nothing
        )
    }

    /// Makes a lookup of a row refer to no row.
    ///
    /// - Parameters:
    ///   - lookup: the single-valued navigation property.
    ///   - key: the row that has the lookup.
    public static func removeReference<Row: ODataEntity, Target: ODataRow>(
        of lookup: KeyPath<Row.Columns, Lookup<Row, Target>>,
        _ key: RowKey<Row>
    ) -> Self {
        let name = Row.columns[keyPath: lookup].navigationProperty
        return BatchOperation(
            request: { $0.requestToRemoveReference(of: name, key.predicate, in: .of(Row.self, table: nil)) },
            reader: .nothing
        )
    }
}
