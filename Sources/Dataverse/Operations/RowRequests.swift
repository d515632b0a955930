import HTTPTypes

// The requests of operations on rows, apart from their sending: they are sent one by one, or as parts of a batch.
extension CallContext {
    /// Sends a request, if there is one, and reads its outcome.
    func perform<Output>(
        _ request: ODataOperation<ServiceRequest?>,
        reading reader: ReplyReader<Output>
    ) -> ODataOperation<Output> {
        if case .done(let request) = request { return perform(request, reading: reader) }
        return request.flatMap { perform($0, reading: reader) }
    }

    private func perform<Output>(
        _ request: ServiceRequest?,
        reading reader: ReplyReader<Output>
    ) -> ODataOperation<Output> {
        guard let request else { return reader.read(.success(HTTPReply(status: .noContent))).asOperation }
        return send(request).flatMapResult { reader.read($0).asOperation }
    }

    func requestToCreate(_ row: some ODataRow, in source: EntitySetSource) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: source).flatMap { set in
            written(row.record.changes, of: row, in: source).map { record in
                ServiceRequest(.post, set, body: JSONWriter.bytes(from: .object(record)))
            }
        }
    }

    func requestToRetrieve<Row: ODataRow>(
        _ key: RowKey<Row>,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: source).map { set in
            ServiceRequest(.get, set + key.predicate.urlText + query.urlText, headers: query.headers)
        }
    }

    func requestToUpdate<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>,
        ifMatch check: VersionCheck,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        var changes = row.record.changes
        for name in Row.entitySchema?.key ?? [] { changes[name] = nil }
        if changes.isEmpty { return .done(nil) }
        return versionHeaders(check, of: row).flatMap { [changes] headers in
            entitySetName(of: source).flatMap { set in
                written(changes, of: row, in: source).map { record in
                    ServiceRequest(
                        .patch,
                        set + key.predicate.urlText,
                        headers: headers,
                        body: JSONWriter.bytes(from: .object(record)),
                        // Sent twice, the change of one version meets its own new version the second time.
                        isIdempotent: headers[.ifMatch] == "*"
                    )
                }
            }
        }
    }

    func requestToUpsert<Row: ODataRow>(
        _ row: Row,
        key: RowKey<Row>,
        mode: UpsertMode = .createOrUpdate,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: source).flatMap { set in
            written(row.record.changes, of: row, in: source).map { record in
                ServiceRequest(
                    .patch,
                    set + key.predicate.urlText,
                    headers: mode.headers,
                    body: JSONWriter.bytes(from: .object(record)),
                    // Sent twice, the creation meets its own row the second time.
                    isIdempotent: mode != .createOnly
                )
            }
        }
    }

    func requestToDelete<Row: ODataRow>(
        _ key: RowKey<Row>,
        ifMatch etag: String?,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        entitySetName(of: source).map { set in
            ServiceRequest(.delete, set + key.predicate.urlText, headers: [.ifMatch: etag ?? "*"])
        }
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
