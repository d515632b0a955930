import HTTPTypes

// Definitions in a batch. Tables and columns are named in the URL, so that nothing has to be asked for before.
// Sources: Dataverse Web API, "Create and update table definitions" and "Create and update column definitions".
extension BatchOperation where Output == Void {
    /// Creates a table with the columns that can be created with it.
    ///
    /// - Parameters:
    ///   - table: the new table; multiple choices and choices of global options are added with ``addColumns(_:to:)``.
    ///   - solution: the unique name of the solution that the table belongs to; the default one if `nil`.
    public static func createTable(_ table: TableDefinition, solution: String? = nil) -> Self {
        BatchOperation(
            request: { call in
                if let column = table.columns.first(where: { !$0.type.canBeCreatedWithTable }) {
                    return .failed(
                        DataverseError(
                            .invalidRequest,
                            "The column “\(column.schemaName)” cannot be created together with its table. Add it with "
                                + "addColumns when the table is there."
                        )
                    )
                }
                return call.requestToCreateTable(table, solution: solution).map { $0 }
            },
            reader: .nothing
        )
    }

    /// Deletes a table, with all its rows.
    ///
    /// - Parameter table: the table's logical or schema name.
    public static func deleteTable(_ table: String) -> Self {
        BatchOperation(
            request: { _ in .done(ServiceRequest(.delete, MetadataPath.table(table), headers: [.ifMatch: "*"])) },
            reader: .nothing
        )
    }

    /// Adds columns to a table, a request for each.
    ///
    /// - Parameters:
    ///   - columns: the new columns.
    ///   - table: the table's logical or schema name.
    public static func addColumns(_ columns: [ColumnDefinition], to table: String) -> Self {
        all(
            columns.map { column in
                { call in
                    call.body { writer throws(DataverseError) in try writer.column(column) }
                        .map { ServiceRequest(.post, MetadataPath.table(table) + "/Attributes", body: $0) }
                }
            }
        )
    }

    /// Deletes columns of a table, a request for each, with what the rows have in them.
    ///
    /// - Parameters:
    ///   - columns: the columns' logical or schema names.
    ///   - table: the table's logical or schema name.
    public static func removeColumns(_ columns: [String], from table: String) -> Self {
        all(
            columns.map { column in
                let target = MetadataPath.column(column, of: table)
                return { _ in .done(ServiceRequest(.delete, target, headers: [.ifMatch: "*"])) }
            }
        )
    }

    /// Deletes a relationship; with a one-to-many relationship goes its lookup column.
    ///
    /// - Parameter id: the metadata identifier of the relationship.
    public static func deleteRelationship(_ id: UUID) -> Self {
        let target = "RelationshipDefinitions(\(id.guid))"
        return BatchOperation(
            request: { _ in .done(ServiceRequest(.delete, target, headers: [.ifMatch: "*"])) },
            reader: .nothing
        )
    }

    private static func all(_ steps: [BatchStep]) -> Self {
        BatchOperation(group: BatchGroup(steps: steps, isChangeSet: false)) { outcomes in
            Result { () throws(DataverseError) in
                for outcome in outcomes { _ = try outcome.get() }
            }
        }
    }
}

extension BatchOperation where Output == UUID? {
    /// Creates a one-to-many relationship, with its lookup column.
    ///
    /// - Parameters:
    ///   - relationship: the new relationship.
    ///   - solution: the unique name of the solution that it belongs to; the default one if `nil`.
    public static func createRelationship(_ relationship: OneToManyRelationship, solution: String? = nil) -> Self {
        BatchOperation(
            request: { $0.requestToCreateRelationship(relationship, solution: solution).map { $0 } },
            reader: ReplyReader { $0.createdMetadataID }
        )
    }

    /// Creates a many-to-many relationship.
    ///
    /// - Parameters:
    ///   - relationship: the new relationship.
    ///   - solution: the unique name of the solution that it belongs to; the default one if `nil`.
    public static func createRelationship(_ relationship: ManyToManyRelationship, solution: String? = nil) -> Self {
        BatchOperation(
            request: { $0.requestToCreateRelationship(relationship, solution: solution).map { $0 } },
            reader: ReplyReader { $0.createdMetadataID }
        )
    }
}

extension BatchOperation where Output == RelationshipInfo? {
    /// Reads what a relationship is like; `nil` if there is none with this name.
    ///
    /// - Parameter schemaName: the schema name of the relationship.
    public static func relationship(_ schemaName: String) -> Self {
        let filter = "SchemaName eq \(schemaName.urlLiteral)"
        let target = "RelationshipDefinitions" + DefinitionQuery.text(filter: filter, select: [])
        return BatchOperation(
            request: { _ in .done(ServiceRequest(.get, target)) },
            reader: ReplyReader<Page<Record>>.page(of: Record.self)
                .map { $0.rows.first.map(RelationshipInfo.init(metadata:)) }
        )
    }
}

/// Where definitions are, by name.
private enum MetadataPath {
    static func table(_ name: String) -> String {
        "EntityDefinitions" + KeyPredicate(named: [("LogicalName", name.lowercased())]).urlText
    }

    static func column(_ name: String, of table: String) -> String {
        "\(self.table(table))/Attributes" + KeyPredicate(named: [("LogicalName", name.lowercased())]).urlText
    }
}
