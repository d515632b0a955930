/// One thing to do in a batch, typed by what comes back.
///
///     let (contact, accounts) = try client.batch(
///         .create(Contact { $0.lastname = "Lidman" }),
///         .query(RowQuery<Account>().where { $0.revenue > 1_000 }.top(5)))
///     let id = try contact.get()
public struct BatchOperation<Output: Sendable>: Sendable {
    let group: BatchGroup
    /// Reads the output from the outcomes of the group.
    let read: @Sendable (ArraySlice<BatchOutcome>) -> Result<Output, DataverseError>

    init(request: @escaping BatchStep, reader: ReplyReader<Output>) {
        self.init(group: BatchGroup(request), reader: reader)
    }

    init(group: BatchGroup, reader: ReplyReader<Output>) {
        self.init(group: group) { outcomes in
            var outcomes = BatchOutcomes(outcomes)
            return reader.read(outcomes.next())
        }
    }

    init(group: BatchGroup, read: @escaping @Sendable (ArraySlice<BatchOutcome>) -> Result<Output, DataverseError>) {
        self.group = group
        self.read = read
    }

    /// Creates a row.
    ///
    /// - Parameters:
    ///   - row: the new row.
    ///   - table: the name of the table; not needed for generated rows.
    public static func create<Row: ODataRow>(_ row: Row, table: String? = nil) -> Self where Output == Row.PrimaryKey {
        BatchOperation(
            request: { $0.requestToCreate(row, in: .of(Row.self, table: table)) },
            reader: .key(of: Row.self)
        )
    }

    /// Creates a row that later operations of the same change set refer to.
    ///
    /// - Parameters:
    ///   - new: the new row.
    ///   - table: the name of the table; not needed for generated rows.
    public static func create<Row: ODataRow>(
        _ new: NewRow<Row>,
        table: String? = nil
    ) -> Self where Output == Row.PrimaryKey {
        BatchOperation(
            group: BatchGroup({ $0.requestToCreate(new.row, in: .of(Row.self, table: table)) }, creating: new.token),
            reader: .key(of: Row.self)
        )
    }

    /// Reads a row; `nil` if there is none with this key.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - query: which columns and related rows to read.
    ///   - table: the name of the table; not needed for generated rows.
    public static func retrieve<Row: ODataRow>(
        _ key: RowKey<Row>,
        _ query: RowQuery<Row> = RowQuery(),
        table: String? = nil
    ) -> Self where Output == Row? {
        BatchOperation(
            request: { $0.requestToRetrieve(key, of: query.forOneRow, in: .of(Row.self, table: table)) },
            reader: .optionalRow(nil)
        )
    }

    /// Reads one page of a query.
    ///
    /// - Parameters:
    ///   - query: what to read.
    ///   - table: the name of the table; not needed for generated rows.
    public static func query<Row: ODataRow>(
        _ query: RowQuery<Row>,
        table: String? = nil
    ) -> Self where Output == Page<Row> {
        BatchOperation(request: { $0.requestForFirstPage(of: query, in: .of(Row.self, table: table)) }, reader: .page())
    }

    /// Calls an action or a function that belongs to the service.
    public static func call(_ operation: OperationCall<Output>) -> Self {
        BatchOperation(request: { $0.requestToCall(operation, on: .service) }, reader: .result(of: operation))
    }

    /// Calls an action or a function that is bound to a row.
    ///
    /// - Parameters:
    ///   - operation: what to call.
    ///   - key: the row to call it on.
    public static func call<Row: ODataEntity>(_ operation: OperationCall<Output>, on key: RowKey<Row>) -> Self {
        BatchOperation(
            request: { $0.requestToCall(operation, on: .row(key.predicate, of: .of(Row.self, table: nil))) },
            reader: .result(of: operation)
        )
    }
}

extension BatchOperation where Output == Void {
    /// Sends the changed columns of a row.
    ///
    /// - Parameters:
    ///   - row: a row that was read before, or has its key set.
    ///   - check: which version of the row may be changed.
    ///   - table: the name of the table; not needed for generated rows.
    public static func update<Row: ODataRow>(
        _ row: Row,
        ifMatch check: VersionCheck = .any,
        table: String? = nil
    ) -> Self {
        let source = EntitySetSource.of(Row.self, table: table)
        return BatchOperation(
            request: { call in
                call.key(of: row, in: source).flatMap {
                    call.requestToUpdate(row, key: $0, ifMatch: check, in: source)
                }
            },
            reader: .nothing
        )
    }

    /// Changes some columns of a row.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - changes: has the columns to change.
    ///   - check: which version of the row may be changed.
    ///   - table: the name of the table; not needed for generated rows.
    public static func update<Row: ODataRow>(
        _ key: RowKey<Row>,
        _ changes: Row,
        ifMatch check: VersionCheck = .any,
        table: String? = nil
    ) -> Self {
        BatchOperation(
            request: { $0.requestToUpdate(changes, key: key, ifMatch: check, in: .of(Row.self, table: table)) },
            reader: .nothing
        )
    }

    /// Changes a row, or creates it if it does not exist.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - values: has the columns to write.
    ///   - mode: whether the row may be new, must be new, or must exist.
    ///   - table: the name of the table; not needed for generated rows.
    public static func upsert<Row: ODataRow>(
        _ key: RowKey<Row>,
        _ values: Row,
        mode: UpsertMode = .createOrUpdate,
        table: String? = nil
    ) -> Self {
        BatchOperation(
            request: { $0.requestToUpsert(values, key: key, mode: mode, in: .of(Row.self, table: table)) },
            reader: .nothing
        )
    }

    /// Deletes a row.
    ///
    /// - Parameters:
    ///   - key: the primary key or an alternate key.
    ///   - etag: the version that may be deleted; `nil` for any.
    ///   - table: the name of the table; not needed for generated rows.
    public static func delete<Row: ODataRow>(
        _ key: RowKey<Row>,
        ifMatch etag: String? = nil,
        table: String? = nil
    ) -> Self {
        BatchOperation(
            request: { $0.requestToDelete(key, ifMatch: etag, in: .of(Row.self, table: table)) },
            reader: .nothing
        )
    }
}

extension EntitySetSource {
    /// The entity set of generated rows, or of the named table.
    static func of<Row: ODataRow>(_ row: Row.Type, table: String?) -> EntitySetSource {
        if let table { return .table(table) }
        return .entitySet(Row.entitySchema?.entitySetName ?? Row.entitySchema?.logicalName ?? "")
    }
}
