import HTTPTypes

// One column of a row at a time. Sources: OData Protocol 4.01, sections 11.2.4 "Requesting Individual Properties" and
// 11.4.9 "Managing Values and Properties Directly"; Dataverse Web API, "Update a single property value".
extension CallContext {
    /// Reads one column of a row; `nil` if it is null.
    func value<Row: ODataRow, ColumnType: ColumnValue>(
        of column: String,
        as type: ColumnType.Type,
        _ key: RowKey<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<ColumnType?> {
        path(of: column, key, in: source).flatMap { path in send(ServiceRequest(.get, path)) }
            .map { reply throws(DataverseError) in
                if reply.status == .noContent { return nil }
                guard let value = try reply.record()["value"] else { throw reply.unreadable("it has no “value”") }
                if value.isNull { return nil }
                do throws(ColumnValueError) {
                    return try ColumnType(json: value)
                } catch {
                    throw reply.unreadable("\(error)")
                }
            }
    }

    /// Reads one column of a row as bytes, or as the text of its value; `nil` if it is null.
    func rawValue<Row: ODataRow>(
        of column: String,
        _ key: RowKey<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<[UInt8]?> {
        path(of: column, key, in: source).flatMap { path in
            send(ServiceRequest(.get, path + "/$value", headers: [.accept: "*/*"]))
        }.map { $0.status == .noContent ? nil : $0.body }
    }

    /// Sets one column of a row.
    func setValue<Row: ODataRow>(
        _ value: Value,
        of column: String,
        _ key: RowKey<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        path(of: column, key, in: source).flatMap { path in
            let body: Record = ["value": value]
            return send(ServiceRequest(.put, path, body: JSONWriter.bytes(from: .object(body))))
        }.map { _ in }
    }

    /// Sets one column of a row to null.
    func clearValue<Row: ODataRow>(
        of column: String,
        _ key: RowKey<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        path(of: column, key, in: source).flatMap { path in send(ServiceRequest(.delete, path)) }.map { _ in }
    }

    private func path<Row: ODataRow>(
        of column: String,
        _ key: RowKey<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<String> {
        entitySetName(of: source).map { "\($0)\(key.predicate.urlText)/\(PercentEncoding.pathSegment(column))" }
    }
}
