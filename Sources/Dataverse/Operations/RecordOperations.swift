import HTTPTypes

/// Which version of a row a change is meant for.
///
/// Source: OData Protocol 4.01, section 8.2.4 "Header If-Match".
public enum VersionCheck: Sendable, Hashable {
    /// Any version, as long as the row exists.
    case any
    /// The version that the row has in this app: the change is refused if somebody else has changed the row since.
    case unchanged
    /// This version.
    case etag(String)
}

// The operations on rows. Source: OData Protocol 4.01, sections 11.2 and 11.4; Dataverse Web API, "Perform operations".
extension CallContext {
    /// Creates a row from the columns that were set, and gives its key.
    func create<Row: ODataRow>(_ row: Row, in source: EntitySetSource) -> ODataOperation<Row.PrimaryKey> {
        perform(requestToCreate(row, in: source), reading: .key(of: Row.self))
    }

    /// Creates a row, and gives it as the service has stored it.
    func createReturning<Row: ODataRow>(_ row: Row, in source: EntitySetSource) -> ODataOperation<Row> {
        let request = requestToCreate(row, in: source).map { request in
            var request = request
            request?.headers[.prefer] = "return=representation"
            return request
        }
        return perform(request, reading: .row())
    }

    /// Reads a row; `nil` if there is none with this key.
    func retrieve<Row: ODataRow>(
        _ key: RowKey<Row>,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Row?> {
        perform(requestToRetrieve(key, of: query, in: source), reading: .optionalRow())
    }

    /// Sends the changed columns of a row that has its key.
    func update<Row: ODataRow>(
        _ row: Row,
        ifMatch check: VersionCheck,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        key(of: row, in: source).flatMap { update(row, key: $0, ifMatch: check, in: source) }
    }

    /// Sends the changed columns of a row that exists.
    func update<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>,
        ifMatch check: VersionCheck,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToUpdate(row, key: key, ifMatch: check, in: source), reading: .nothing)
    }

    /// Sends the changed columns of a row, which is created if it does not exist.
    func upsert<Row: ODataRow>(_ row: Row, key: RowKey<Row>, in source: EntitySetSource) -> ODataOperation<Void> {
        perform(requestToUpsert(row, key: key, in: source), reading: .nothing)
    }

    /// Deletes a row.
    func delete<Row: ODataRow>(
        _ key: RowKey<Row>,
        ifMatch etag: String? = nil,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToDelete(key, ifMatch: etag, in: source), reading: .nothing)
    }

    /// The key that a row carries.
    func key<Row: ODataRow>(of row: Row, in source: EntitySetSource) -> ODataOperation<RowKey<Row>> {
        keyNames(of: source, as: Row.self).flatMap { names in
            if let id = Row.PrimaryKey(record: row.record, key: names) { return .done(.id(id)) }
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "The row does not say which one it is: its key (\(names.joined(separator: ", "))) is not set. "
                        + "Read the row first, select its key, or give the key to the update."
                )
            )
        }
    }

    /// The names of the properties that make up the primary key; none if they are not known.
    private func keyNames<Row: ODataRow>(
        of source: EntitySetSource,
        as row: Row.Type
    ) -> ODataOperation<[String]> {
        if let schema = Row.entitySchema { return .done(schema.key) }
        switch source {
        case .table(let table): return tableEntry(of: table).map { [$0.primaryKey] }
        case .entitySet, .related: return .done([])
        }
    }
}
