import HTTPTypes

// Source: Dataverse Web API, "Work with alternate keys".
extension CallContext {
    /// Creates an alternate key, whose index the service then builds.
    func createAlternateKey(
        _ schemaName: String,
        on table: String,
        columns: [String],
        displayName: LocalizedLabel?
    ) -> ODataOperation<AlternateKeyInfo> {
        guard !columns.isEmpty else {
            return .failed(
                DataverseError(.invalidRequest, "The alternate key “\(schemaName)” has no columns. Name at least one.")
            )
        }
        return body { writer throws(DataverseError) in
            try writer.check(schemaName: schemaName, of: "key")
            let label = try writer.label(
                displayName ?? LocalizedLabel(schemaName),
                of: schemaName,
                namesUserLabel: true
            )
            return [
                "SchemaName": .string(schemaName), "KeyAttributes": .array(columns.map { .string($0) }),
                "DisplayName": label,
            ]
        }.flatMap { body in
            keysPath(of: table).flatMap { send(ServiceRequest(.post, $0, body: body)) }
        }.map { reply in
            AlternateKeyInfo(
                metadataID: reply.createdMetadataID,
                schemaName: schemaName,
                columns: columns,
                indexStatus: .pending
            )
        }
    }

    /// The alternate keys of a table with the status of their indexes.
    func alternateKeys(of table: String) -> ODataOperation<[AlternateKeyInfo]> {
        keysPath(of: table).flatMap { definitions(at: $0) }.map { $0.map(AlternateKeyInfo.init(metadata:)) }
    }

    /// Asks for an alternate key until its index is built.
    func waitForAlternateKey(
        _ schemaName: String,
        of table: String,
        interval: Duration,
        limit: Duration
    ) -> ODataOperation<AlternateKeyInfo> {
        alternateKeys(of: table).flatMap { keys in
            let key = keys.first { $0.schemaName.lowercased() == schemaName.lowercased() }
            switch key?.indexStatus {
            case .active:
                return key.map { .done($0) } ?? .failed(unknownKey(schemaName, of: table))
            case .failed:
                return .failed(
                    metadataError(
                        "The index of the alternate key “\(schemaName)” of “\(table)” could not be built. Look for rows "
                            + "with the same values, then delete the key and create it again."
                    )
                )
            case .pending, .inProgress, nil:
                if key == nil { return .failed(unknownKey(schemaName, of: table)) }
                guard interval > .zero, interval <= limit else {
                    return .failed(
                        metadataError(
                            "The index of the alternate key “\(schemaName)” of “\(table)” is not built yet. Wait longer."
                        )
                    )
                }
                return .sleep(interval) {
                    waitForAlternateKey(schemaName, of: table, interval: interval, limit: limit - interval)
                }
            }
        }
    }

    private func unknownKey(_ schemaName: String, of table: String) -> DataverseError {
        metadataError(
            "The table “\(table)” has no alternate key “\(schemaName)”. List its keys with listAlternateKeys."
        )
    }

    /// Deletes an alternate key.
    func deleteAlternateKey(_ id: UUID, of table: String) -> ODataOperation<Void> {
        keysPath(of: table).flatMap { send(ServiceRequest(.delete, "\($0)(\(id.guid))")) }.map { _ in }
    }

    private func keysPath(of table: String) -> ODataOperation<String> {
        tableInfo(of: table).map { info throws(DataverseError) in
            guard let info, info.metadataID != nil else { throw unknownTable(table) }
            let name = info.logicalName.isEmpty ? table.lowercased() : info.logicalName
            return "EntityDefinitions" + KeyPredicate(named: [("LogicalName", name)]).urlText + "/Keys"
        }
    }
}
