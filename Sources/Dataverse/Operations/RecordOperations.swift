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
        entitySetName(of: source).flatMap { set in
            send(ServiceRequest(.post, set, body: JSONWriter.bytes(from: .object(row.record.changes))))
        }.map { reply throws(DataverseError) in try reply.key(of: Row.self) }
    }

    /// Creates a row, and gives it as the service has stored it.
    func createReturning<Row: ODataRow>(_ row: Row, in source: EntitySetSource) -> ODataOperation<Row> {
        entitySetName(of: source).flatMap { set in
            send(
                ServiceRequest(
                    .post,
                    set,
                    headers: [.prefer: "return=representation"],
                    body: JSONWriter.bytes(from: .object(row.record.changes))
                )
            )
        }.map { reply throws(DataverseError) in Row(record: try reply.record()) }
    }

    /// Reads a row; `nil` if there is none with this key.
    func retrieve<Row: ODataRow>(
        _ key: RowKey<Row>,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Row?> {
        entitySetName(of: source).flatMap { set in
            send(ServiceRequest(.get, set + key.predicate.urlText + query.urlText, headers: query.headers))
                .map { reply throws(DataverseError) in Row(record: try reply.record()) as Row? }
                .recover { $0.isMissingRow ? .done(nil) : .failed($0) }
        }
    }

    /// Sends the changed columns of a row that has its key.
    func update<Row: ODataRow>(
        _ row: Row,
        ifMatch check: VersionCheck,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        keyNames(of: source, as: Row.self).flatMap { names in
            guard let id = Row.PrimaryKey(record: row.record, key: names) else {
                return .failed(
                    DataverseError(
                        .invalidRequest,
                        "The row does not say which one it is: its key (\(names.joined(separator: ", "))) is not set. "
                            + "Read the row first, select its key, or give the key to the update."
                    )
                )
            }
            return update(row, key: .id(id), ifMatch: check, in: source)
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
        case .entitySet: return .done([])
        }
    }

    /// Sends the changed columns of a row that exists.
    func update<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>,
        ifMatch check: VersionCheck,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        var changes = row.record.changes
        for name in Row.entitySchema?.key ?? [] { changes[name] = nil }
        if changes.isEmpty { return .done(()) }
        return versionHeaders(check, of: row).flatMap { [changes] headers in
            entitySetName(of: source).flatMap { set in
                send(
                    ServiceRequest(
                        .patch,
                        set + key.predicate.urlText,
                        headers: headers,
                        body: JSONWriter.bytes(from: .object(changes))
                    )
                )
            }
        }.map { _ in }
    }

    /// Sends the changed columns of a row, which is created if it does not exist.
    func upsert<Row: ODataRow>(_ row: Row, key: RowKey<Row>, in source: EntitySetSource) -> ODataOperation<Void> {
        entitySetName(of: source).flatMap { set in
            send(
                ServiceRequest(
                    .patch,
                    set + key.predicate.urlText,
                    body: JSONWriter.bytes(from: .object(row.record.changes))
                )
            )
        }.map { _ in }
    }

    /// Deletes a row.
    func delete<Row: ODataRow>(
        _ key: RowKey<Row>,
        ifMatch etag: String? = nil,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        entitySetName(of: source).flatMap { set in
            send(ServiceRequest(.delete, set + key.predicate.urlText, headers: [.ifMatch: etag ?? "*"]))
        }.map { _ in }
    }

    private func versionHeaders(_ check: VersionCheck, of row: some ODataRow) -> ODataOperation<HTTPFields> {
        switch check {
        case .any: return .done([.ifMatch: "*"])
        case .etag(let etag): return .done([.ifMatch: etag])
        case .unchanged:
            guard let etag = row.record.etag else {
                return .failed(
                    DataverseError(
                        .invalidRequest,
                        "The row has no ETag to compare with. Read it from the service before the update."
                    )
                )
            }
            return .done([.ifMatch: etag])
        }
    }
}

extension DataverseError {
    /// Whether a 404 is about the row, and not about a table or a property that does not exist.
    fileprivate var isMissingRow: Bool {
        // 0x80060888: “Resource not found for the segment …”.
        kind == .notFound && serviceCode != "0x80060888"
    }
}
