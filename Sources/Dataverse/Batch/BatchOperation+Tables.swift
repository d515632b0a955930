import HTTPTypes

// Tables, columns and relationships in a batch. What a request needs to know of the metadata is asked for before the
// batch is sent, so a batch cannot add columns to a table that it creates itself.
extension BatchOperation where Output == Void {
    /// Creates a table; all of its columns must be of types that can be created with it.
    ///
    /// - Parameters:
    ///   - table: the new table.
    ///   - solution: the unique name of the solution that the table belongs to; `nil` for the default solution.
    public static func createTable(_ table: TableDefinition, solution: String? = nil) -> Self {
        BatchOperation(request: { $0.requestToCreate(table, solution: solution) }, reader: .nothing)
    }

    /// Deletes a table with all its rows.
    public static func deleteTable(_ table: String) -> Self {
        BatchOperation(request: { $0.requestToDelete(table: table) }, reader: .nothing)
    }

    /// Adds a column to a table.
    ///
    /// - Parameters:
    ///   - column: the new column.
    ///   - table: the name of the table.
    ///   - solution: the unique name of the solution that the column belongs to; `nil` for the default solution.
    public static func addColumn(_ column: ColumnDefinition, to table: String, solution: String? = nil) -> Self {
        BatchOperation(request: { $0.requestToAdd(column, to: table, solution: solution) }, reader: .nothing)
    }

    /// Deletes a column with its values.
    public static func removeColumn(_ column: String, from table: String) -> Self {
        BatchOperation(request: { $0.requestToRemove(column: column, from: table) }, reader: .nothing)
    }

    /// Deletes a relationship; with a one-to-many relationship goes its lookup column.
    public static func deleteRelationship(_ id: UUID) -> Self {
        BatchOperation(
            request: { _ in
                .done(ServiceRequest(.delete, "RelationshipDefinitions(\(id.guid))", headers: [.ifMatch: "*"]))
            },
            reader: .nothing
        )
    }
}

extension BatchOperation {
    /// What the service says about a table; `nil` if there is none with this name.
    public static func table(_ table: String) -> Self where Output == TableInfo? {
        BatchOperation(
            request: { _ in .done(ServiceRequest(.get, MetadataQuery.table(table))) },
            reader: ReplyReader { reply throws(DataverseError) in try reply.definitions().first.map(TableInfo.init) }
        )
    }

    /// The tables that are not private to the service.
    ///
    /// - Parameters:
    ///   - filter: a further condition in OData's words.
    ///   - select: the properties to read; all of them if empty.
    public static func tables(
        filter: String? = nil,
        select: [String] = []
    ) -> Self where Output == [TableInfo] {
        BatchOperation(
            request: { _ in .done(ServiceRequest(.get, MetadataQuery.tables(filter: filter, select: select))) },
            reader: ReplyReader { reply throws(DataverseError) in try reply.definitions().map(TableInfo.init) }
        )
    }

    /// A relationship by its name; `nil` if there is none.
    public static func relationship(_ schemaName: String) -> Self where Output == RelationshipInfo? {
        let query = DefinitionQuery.text(filter: "SchemaName eq \(schemaName.urlLiteral)", select: [])
        return BatchOperation(
            request: { _ in .done(ServiceRequest(.get, "RelationshipDefinitions" + query)) },
            reader: ReplyReader { reply throws(DataverseError) in
                try reply.definitions().first.map(RelationshipInfo.init)
            }
        )
    }

    /// Creates a one-to-many relationship with its lookup column, and gives its identifier.
    public static func createRelationship(
        _ relationship: OneToManyRelationship,
        solution: String? = nil
    ) -> Self where Output == UUID? {
        BatchOperation(
            request: { call in
                call.requestToCreateRelationship(solution: solution) { writer throws(DataverseError) in
                    try writer.relationship(relationship)
                }
            },
            reader: ReplyReader { $0.createdMetadataID }
        )
    }

    /// Creates a many-to-many relationship, and gives its identifier.
    public static func createRelationship(
        _ relationship: ManyToManyRelationship,
        solution: String? = nil
    ) -> Self where Output == UUID? {
        BatchOperation(
            request: { call in
                call.requestToCreateRelationship(solution: solution) { writer throws(DataverseError) in
                    try writer.relationship(relationship)
                }
            },
            reader: ReplyReader { $0.createdMetadataID }
        )
    }
}

extension CallContext {
    fileprivate func requestToCreate(
        _ table: TableDefinition,
        solution: String?
    ) -> ODataOperation<ServiceRequest?> {
        if let column = table.columns.first(where: { !$0.type.canBeCreatedWithTable }) {
            return .failed(
                metadataError(
                    "The column “\(column.schemaName)” cannot be created together with its table, which is what a "
                        + "batch does. Use tables.create, which adds it afterwards."
                )
            )
        }
        return solutionHeaders(solution).flatMap { _ in
            body { writer throws(DataverseError) in try writer.createTable(table) }
        }.map { body in
            service.tables.invalidate(table.schemaName)
            let options = solution.map { [(name: "SolutionUniqueName", value: $0)] } ?? []
            return ServiceRequest(.post, "CreateEntities" + QueryText.joined(options), body: body)
        }
    }

    fileprivate func requestToDelete(table: String) -> ODataOperation<ServiceRequest?> {
        tablePath(of: table).map { path in
            service.tables.invalidate(table)
            service.choices.invalidate(table)
            return ServiceRequest(.delete, path, headers: [.ifMatch: "*"])
        }
    }

    fileprivate func requestToAdd(
        _ column: ColumnDefinition,
        to table: String,
        solution: String?
    ) -> ODataOperation<ServiceRequest?> {
        body { writer throws(DataverseError) in try writer.column(column) }.flatMap { body in
            solutionHeaders(solution).flatMap { headers in
                tablePath(of: table).map { path in
                    service.choices.invalidate(table)
                    return ServiceRequest(.post, path + "/Attributes", headers: headers, body: body)
                }
            }
        }
    }

    fileprivate func requestToRemove(column name: String, from table: String) -> ODataOperation<ServiceRequest?> {
        tablePath(of: table).flatMap { path in
            column(name, at: path, select: ["AttributeType"]).map { column throws(DataverseError) in
                guard let id = column?.metadataID else { throw unknownColumn(name, of: table) }
                service.choices.invalidate(table)
                return ServiceRequest(.delete, "\(path)/Attributes(\(id.guid))", headers: [.ifMatch: "*"])
            }
        }
    }

    fileprivate func requestToCreateRelationship(
        solution: String?,
        _ write: (MetadataWriter) throws(DataverseError) -> Record
    ) -> ODataOperation<ServiceRequest?> {
        body(write).flatMap { body in
            solutionHeaders(solution).map { headers in
                ServiceRequest(.post, "RelationshipDefinitions", headers: headers, body: body)
            }
        }
    }
}

extension HTTPReply {
    /// The first page of a collection of definitions.
    fileprivate func definitions() throws(DataverseError) -> [Record] {
        let page: Page<Record> = try self.page()
        return page.rows
    }
}
