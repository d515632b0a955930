import HTTPTypes

// Source: Dataverse Web API, "Create and update table definitions".
extension CallContext {
    /// What the service says about a table; `nil` if there is none with this name.
    func tableInfo(of table: String, headers: HTTPFields = [:]) -> ODataOperation<TableInfo?> {
        definitions(at: MetadataQuery.table(table), headers: headers)
            .map { $0.first.map(TableInfo.init(metadata:)) }
    }

    /// Where the definition of a table is, such as `EntityDefinitions(70816501-…)`.
    func tablePath(of table: String) -> ODataOperation<String> {
        tableInfo(of: table).map { info throws(DataverseError) in
            guard let id = info?.metadataID else { throw unknownTable(table) }
            return "EntityDefinitions(\(id.guid))"
        }
    }

    /// The tables that are not private to the service.
    func tables(filter: String?, select: [String]) -> ODataOperation<[TableInfo]> {
        definitions(at: MetadataQuery.tables(filter: filter, select: select))
            .map { $0.map(TableInfo.init(metadata:)) }
    }

    /// Creates a table with its columns, and gives what the service then says about it.
    func createTable(_ table: TableDefinition, solution: String?) -> ODataOperation<TableInfo> {
        solutionHeaders(solution).flatMap { _ in
            body { writer throws(DataverseError) in try writer.createTable(table) }
        }.flatMap { body in
            tableInfo(of: table.schemaName).flatMap { existing -> ODataOperation<HTTPReply> in
                if existing != nil { return .failed(exists(table)) }
                let options = solution.map { [(name: "SolutionUniqueName", value: $0)] } ?? []
                return send(ServiceRequest(.post, "CreateEntities" + QueryText.joined(options), body: body))
            }
        }.flatMap { _ in
            service.tables.invalidate(table.schemaName)
            return tableInfo(of: table.schemaName, headers: [.consistency: "Strong"])
        }.map { info throws(DataverseError) -> TableInfo in
            guard let info, info.metadataID != nil, info.entitySetName?.isEmpty == false else { throw invisible(table) }
            return info
        }.flatMap { info in
            let remaining = table.columns.filter { !$0.type.canBeCreatedWithTable }
            guard !remaining.isEmpty else { return .done(info) }
            return addColumns(remaining, to: table.schemaName, solution: solution).map { _ in info }
        }
    }

    private func exists(_ table: TableDefinition) -> DataverseError {
        metadataError(
            "There is a table “\(table.schemaName)” already. Add columns to it with addColumns, or choose another name."
        )
    }

    private func invisible(_ table: TableDefinition) -> DataverseError {
        metadataError(
            "The table “\(table.schemaName)” was created, but the service does not show its definition yet. Ask for it "
                + "again with get before using it."
        )
    }

    /// Deletes a table with all its rows.
    func deleteTable(_ table: String) -> ODataOperation<Void> {
        tablePath(of: table).flatMap { path in
            send(ServiceRequest(.delete, path, headers: [.ifMatch: "*"]))
        }.map { _ in
            service.tables.invalidate(table)
            service.choices.invalidate(table)
        }
    }
}
