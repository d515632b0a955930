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

/// What an upsert may do.
///
/// Source: Dataverse Web API, "Limit upsert operations".
public enum UpsertMode: Sendable, Hashable {
    /// Change the row, or create it if it does not exist.
    case createOrUpdate
    /// Create the row; one that exists is an error with the status 412, of kind `DataverseError.Kind.duplicate` or
    /// `DataverseError.Kind.preconditionFailed`.
    case createOnly
    /// Change the row; one that does not exist is an error of kind `DataverseError.Kind.notFound`.
    case updateOnly

    var headers: HTTPFields {
        switch self {
        case .createOrUpdate: [:]
        case .createOnly: [.ifNoneMatch: "*"]
        case .updateOnly: [.ifMatch: "*"]
        }
    }
}

/// What an upsert did.
public struct UpsertResult<Row: ODataRow>: Sendable, Hashable {
    /// The row as the service has stored it.
    public let row: Row
    /// Whether the row is new.
    public let wasCreated: Bool
}

/// What became of a row since it was read.
public enum ConditionalRow<Row: ODataRow>: Sendable, Hashable {
    /// Somebody has changed it: this is its present version.
    case changed(Row)
    /// It is as it was.
    case unchanged
    /// There is no such row any more.
    case missing
}

// The operations on rows. Source: OData Protocol 4.01, sections 11.2 and 11.4; Dataverse Web API, "Perform operations".
extension CallContext {
    /// Creates a row from the columns that were set, and gives its key.
    func create<Row: ODataRow>(_ row: Row, in source: EntitySetSource) -> ODataOperation<Row.PrimaryKey> {
        perform(requestToCreate(row, in: source), reading: .key(of: Row.self))
    }

    /// Creates a row, and gives it as the service has stored it.
    func createReturning<Row: ODataRow>(_ row: Row, in source: EntitySetSource) -> ODataOperation<Row> {
        perform(requestToCreate(row, in: source).map { $0?.returningRow(RowQuery<Row>()) }, reading: .row(service.rows))
    }

    /// Reads a row if it is not the version that is known. Dataverse sends it in any case where related rows or
    /// annotations are asked for.
    ///
    /// Source: OData Protocol 4.01, section 8.2.5 "Header If-None-Match".
    func retrieve<Row: ODataRow>(
        _ key: RowKey<Row>,
        ifChangedSince etag: String,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<ConditionalRow<Row>> {
        requestToRetrieve(key, of: query, in: source).flatMap { request -> ODataOperation<ConditionalRow<Row>> in
            guard var request else { return .done(.missing) }
            request.headers[.ifNoneMatch] = etag
            let outcome = send(request, accepting: [200, 304]).map { reply throws(DataverseError) in
                reply.status == .notModified ? ConditionalRow.unchanged : .changed(try reply.row(service.rows) as Row)
            }
            return outcome.recover { $0.isMissingRow ? .done(.missing) : .failed($0) }
        }
    }

    /// Reads a row; `nil` if there is none with this key.
    func retrieve<Row: ODataRow>(
        _ key: RowKey<Row>,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Row?> {
        perform(requestToRetrieve(key, of: query, in: source), reading: .optionalRow(service.rows))
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

    /// Sends the changed columns of a row that exists, and gives the row as the service has stored it.
    ///
    /// - Parameters:
    ///   - key: the row; `nil` for the one whose key the row has.
    ///   - query: the columns to read.
    func updateReturning<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>?,
        ifMatch check: VersionCheck,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Row> {
        let rowKey: ODataOperation<RowKey<Row>> = key.map { .done($0) } ?? self.key(of: row, in: source)
        return rowKey.flatMap { key in
            requestToUpdate(row, key: key, ifMatch: check, in: source).flatMap { request in
                if let request { return perform(.done(request.returningRow(query)), reading: .row(service.rows)) }
                // There is nothing to change, and the row is asked for all the same.
                return perform(requestToRetrieve(key, of: query.forOneRow, in: source), reading: .row(service.rows))
            }
        }
    }

    /// Sends the changed columns of a row, which is created if it does not exist.
    func upsert<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>,
        mode: UpsertMode = .createOrUpdate,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToUpsert(row, key: key, mode: mode, in: source), reading: .nothing)
    }

    /// Sends the changed columns of a row, which is created if it does not exist, and gives the row as the service
    /// has stored it. A new row is told from a changed one by the status, 201 or 200.
    func upsertReturning<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>,
        mode: UpsertMode,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<UpsertResult<Row>> {
        let request = requestToUpsert(row, key: key, mode: mode, in: source).map { $0?.returningRow(query) }
        return perform(
            request,
            reading: ReplyReader { reply throws(DataverseError) in
                UpsertResult(row: try reply.row(service.rows), wasCreated: reply.status == .created)
            }
        )
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
    func keyNames<Row: ODataRow>(
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

extension ServiceRequest {
    /// The request with the wish to get the row back, with the columns of a query.
    fileprivate func returningRow(_ query: RowQuery<some ODataRow>) -> ServiceRequest {
        var request = self
        request.target += query.forOneRow.urlText
        var preferences = ["return=representation"]
        if let annotations = query.headers[.prefer] { preferences.append(annotations) }
        request.headers[.prefer] = preferences.joined(separator: ",")
        return request
    }
}
