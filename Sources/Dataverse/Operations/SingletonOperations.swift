import HTTPTypes

// Source: OData URL Conventions 4.01, section 4.1 "Addressing the Model for a Service": a singleton is a resource of its
// own, without a key.
extension CallContext {
    /// Reads a singleton.
    func retrieve<Row: ODataRow>(singleton name: String, of query: RowQuery<Row>) -> ODataOperation<Row> {
        let path = PercentEncoding.pathSegment(name) + query.urlText
        return send(ServiceRequest(.get, path, headers: query.headers)).map { reply throws(DataverseError) in
            try reply.row(service.rows)
        }
    }

    /// Sends the changed columns of a singleton; nothing is sent if there are none.
    func update(singleton name: String, with row: some ODataRow) -> ODataOperation<Void> {
        let changes = row.record.changes
        if changes.isEmpty { return .done(()) }
        let request = ServiceRequest(
            .patch,
            PercentEncoding.pathSegment(name),
            headers: [.ifMatch: row.record.etag ?? "*"],
            body: JSONWriter.bytes(from: .object(changes))
        )
        return send(request).map { _ in }
    }
}
