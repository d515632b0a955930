/// Where the rows of an entity set are found.
indirect enum EntitySetSource: Sendable, Hashable {
    /// An entity set whose name is known, with the names of its key properties where those are known.
    case entitySet(String)
    /// A Dataverse table whose entity set has to be asked for first.
    case table(String)
    /// The rows that a collection-valued navigation property of a row leads to.
    case related(String, of: KeyPredicate, in: EntitySetSource)
}

extension CallContext {
    /// The path of the rows, from the cache or from the service.
    ///
    /// Source: Dataverse Web API, "Query table definitions".
    func entitySetName(of source: EntitySetSource) -> ODataOperation<String> {
        switch source {
        case .entitySet(let name): .done(PercentEncoding.pathSegment(name))
        case .table(let table): tableEntry(of: table).map { PercentEncoding.pathSegment($0.entitySetName) }
        case .related(let navigationProperty, let key, let parent):
            entitySetName(of: parent).map { "\($0)\(key.urlText)/\(PercentEncoding.pathSegment(navigationProperty))" }
        }
    }

    /// What the service says about a table, asked once.
    func tableEntry(of table: String) -> ODataOperation<TableCache.Entry> {
        if let known = service.tables.entry(for: table) { return .done(known) }
        let query = QueryText.joined([
            ("$select", "LogicalName,EntitySetName,PrimaryIdAttribute"),
            ("$filter", "LogicalName eq \(table.lowercased().urlLiteral)"),
        ])
        return send(ServiceRequest(.get, "EntityDefinitions" + query)).map { reply throws(DataverseError) in
            guard let definition = try reply.record()["value"]?.arrayValue?.first?.objectValue,
                let entitySetName = definition["EntitySetName"]?.stringValue, !entitySetName.isEmpty
            else { throw unknownTable(table) }
            let entry = TableCache.Entry(
                entitySetName: entitySetName,
                primaryKey: definition["PrimaryIdAttribute"]?.stringValue ?? ""
            )
            service.tables.store(entry, for: table)
            return entry
        }
    }

    func unknownTable(_ table: String) -> DataverseError {
        var message = "There is no table “\(table)” in this environment. Give its logical name, such as account."
        if table.hasSuffix("s"), !table.hasSuffix("ss") {
            message += " “\(table)” looks like the name of an entity set; the table may be “\(table.dropLast())”."
        }
        var error = DataverseError(.metadata, message)
        error.correlationID = correlationID
        return error
    }
}
