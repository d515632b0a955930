import HTTPTypes

/// A table as the bulk actions name it.
struct TableIdentity: Sendable, Hashable {
    /// The entity set, percent-encoded.
    let entitySet: String
    /// The name of the table, such as `account`.
    let logicalName: String
    /// The qualified name of the entity type.
    let typeName: String
    /// The column of the primary key.
    let primaryKey: String
}

// Many rows in one request. Sources: Dataverse Web API, "Use bulk operation messages" and "Delete data in bulk".
extension CallContext {
    /// Creates many rows in one transaction, and gives their keys in the same order.
    func createMany<Row: ODataRow>(_ rows: [Row], in source: EntitySetSource) -> ODataOperation<[Row.PrimaryKey]> {
        rows.isEmpty ? .done([]) : perform(requestToCreate(rows, in: source), reading: .keys(of: rows.count, Row.self))
    }

    func requestToCreate<Row: ODataRow>(_ rows: [Row], in source: EntitySetSource) -> ODataOperation<ServiceRequest?> {
        if rows.isEmpty { return .done(nil) }
        return targets(of: rows.map { $0.record.changes }, as: Row.self, in: source) { record, _, table in
            typed(record, as: table)
        }.map { table, targets in multiple("CreateMultiple", targets, in: table) }
    }

    /// Changes many rows in one transaction; each has its key and its changed columns.
    func updateMany<Row: ODataRow>(
        _ rows: [(id: Row.PrimaryKey, changes: Row)],
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToUpdate(rows, in: source), reading: .nothing)
    }

    func requestToUpdate<Row: ODataRow>(
        _ rows: [(id: Row.PrimaryKey, changes: Row)],
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        if rows.isEmpty { return .done(nil) }
        return targets(of: rows.map { $0.changes.record.changes }, as: Row.self, in: source) { record, index, table in
            var target = record
            target[table.primaryKey] = (rows[index].id as? any ColumnValue)?.json
            return typed(target, as: table)
            // Setting columns to the same values twice is setting them once.
        }.map { table, targets in multiple("UpdateMultiple", targets, in: table, isIdempotent: true) }
    }

    /// Changes many rows, or creates those that do not exist, in one transaction.
    func upsertMany<Row: ODataRow>(
        _ rows: [(key: RowKey<Row>, values: Row)],
        in source: EntitySetSource
    ) -> ODataOperation<Void> {
        perform(requestToUpsert(rows, in: source), reading: .nothing)
    }

    func requestToUpsert<Row: ODataRow>(
        _ rows: [(key: RowKey<Row>, values: Row)],
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        if rows.isEmpty { return .done(nil) }
        return targets(of: rows.map(\.values.record.changes), as: Row.self, in: source) { record, index, table in
            var target = typed(record, as: table)
            target[AnnotationName.id] = .string(table.entitySet + rows[index].key.predicate.urlText)
            return target
        }.map { table, targets in multiple("UpsertMultiple", targets, in: table, isIdempotent: true) }
    }

    /// Starts a job of the service that deletes rows, and gives the job's identifier.
    ///
    /// - Parameter start: when the job begins; the core has no clock.
    func deleteMany<Row: ODataRow>(
        _ ids: [Row.PrimaryKey],
        of type: Row.Type,
        startingAt start: Date,
        in source: EntitySetSource
    ) -> ODataOperation<UUID?> {
        perform(requestToDelete(ids, of: type, startingAt: start, in: source), reading: .job())
    }

    func requestToDelete<Row: ODataRow>(
        _ ids: [Row.PrimaryKey],
        of type: Row.Type,
        startingAt start: Date,
        in source: EntitySetSource
    ) -> ODataOperation<ServiceRequest?> {
        if ids.isEmpty { return .done(nil) }
        return identity(of: source, as: Row.self).map { table in
            let values = ids.compactMap { ($0 as? any ColumnValue)?.json }
            let job = BulkDeletion.job(of: table, ids: values, startingAt: start)
            return ServiceRequest(.post, "BulkDelete", body: JSONWriter.bytes(from: .object(job)))
        }
    }

    /// Deletes rows one after the other, and gives the failures by key; none of them stops the others.
    func deleteEach<Row: ODataRow>(
        _ ids: ArraySlice<Row.PrimaryKey>,
        of type: Row.Type,
        in source: EntitySetSource,
        failures: [Row.PrimaryKey: DataverseError] = [:]
    ) -> ODataOperation<[Row.PrimaryKey: DataverseError]> {
        guard let id = ids.first else { return .done(failures) }
        let outcome: ODataOperation<DataverseError?> = delete(RowKey<Row>.id(id), in: source).map { _ in nil }
        return outcome.recover { .done($0) }.flatMap { error in
            var failures = failures
            if let error { failures[id] = error }
            return deleteEach(ids.dropFirst(), of: type, in: source, failures: failures)
        }
    }

    /// The targets of a bulk action: what is written of each row, completed.
    private func targets<Row: ODataRow>(
        of records: [Record],
        as row: Row.Type,
        in source: EntitySetSource,
        _ complete: @escaping @Sendable (Record, Int, TableIdentity) -> Record
    ) -> ODataOperation<(TableIdentity, [Record])> {
        identity(of: source, as: Row.self).flatMap { table in
            written(records, of: Row.self, in: source).map { records in
                (table, records.enumerated().map { complete($0.element, $0.offset, table) })
            }
        }
    }

    /// How the bulk actions name a table.
    private func identity<Row: ODataRow>(
        of source: EntitySetSource,
        as row: Row.Type
    ) -> ODataOperation<TableIdentity> {
        if let schema = Row.entitySchema, let key = schema.key.first {
            return entitySetName(of: source).map {
                TableIdentity(
                    entitySet: $0,
                    logicalName: schema.logicalName,
                    typeName: schema.typeName,
                    primaryKey: key
                )
            }
        }
        switch source {
        case .table(let table):
            let name = table.lowercased()
            return tableEntry(of: table).map {
                TableIdentity(
                    entitySet: PercentEncoding.pathSegment($0.entitySetName),
                    logicalName: name,
                    typeName: "Microsoft.Dynamics.CRM.\(name)",
                    primaryKey: $0.primaryKey
                )
            }
        case .entitySet(let name), .related(let name, _, _):
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "Bulk actions name the table of each row, and the entity set “\(name)” does not say it. Use "
                        + "client.table(…) with the table's name, or generated rows."
                )
            )
        }
    }

    private func typed(_ row: Record, as table: TableIdentity) -> Record {
        var row = row
        if !row.contains(AnnotationName.type) { row[AnnotationName.type] = .string(table.typeName) }
        return row
    }

    private func multiple(
        _ action: String,
        _ targets: [Record],
        in table: TableIdentity,
        isIdempotent: Bool = false
    ) -> ServiceRequest {
        let body: Record = ["Targets": .array(targets.map { .object($0) })]
        return ServiceRequest(
            .post,
            "\(table.entitySet)/Microsoft.Dynamics.CRM.\(action)",
            body: JSONWriter.bytes(from: .object(body)),
            isIdempotent: isIdempotent
        )
    }
}

/// What the action BulkDelete is told.
private enum BulkDeletion {
    static func job(of table: TableIdentity, ids: [Value], startingAt start: Date) -> Record {
        let time = Date(timeIntervalSince1970: start.timeIntervalSince1970.rounded(.down)).timestamp
        let condition: Value = [
            "@odata.type": "Microsoft.Dynamics.CRM.ConditionExpression",
            "AttributeName": .string(table.primaryKey), "Operator": "In",
            "Values": .array(ids.map { ["Value": $0, "Type": "System.Guid"] }),
        ]
        let query: Value = [
            "@odata.type": "Microsoft.Dynamics.CRM.QueryExpression",
            "EntityName": .string(table.logicalName),
            "ColumnSet": [
                "@odata.type": "Microsoft.Dynamics.CRM.ColumnSet", "AllColumns": false, "Columns": [],
            ],
            "Criteria": [
                "@odata.type": "Microsoft.Dynamics.CRM.FilterExpression", "FilterOperator": "And",
                "Conditions": [condition],
            ],
        ]
        return [
            "JobName": .string("Bulk delete \(table.logicalName) records @ \(time)"),
            "SendEmailNotification": false, "ToRecipients": [], "CCRecipients": [], "RecurrencePattern": "",
            "StartDateTime": .string(time), "QuerySet": [query],
        ]
    }
}
