// Relationships, alternate keys and choices.
extension AsyncTableOperations {
    // MARK: Relationships

    /// Creates a relationship in which many rows refer to one, with its lookup column.
    ///
    /// - Parameters:
    ///   - relationship: the relationship.
    ///   - solution: the unique name of the solution that gets it; the default solution for `nil`.
    @discardableResult
    public func createRelationship(
        _ relationship: OneToManyRelationship,
        solution: String? = nil
    ) async throws -> RelationshipInfo {
        try await client.run(as: CallName("create relationship")) {
            $0.createRelationship(relationship, solution: solution)
        }
    }

    /// Creates a relationship in which many rows are associated with many.
    ///
    /// - Parameters:
    ///   - relationship: the relationship.
    ///   - solution: the unique name of the solution that gets it; the default solution for `nil`.
    @discardableResult
    public func createRelationship(
        _ relationship: ManyToManyRelationship,
        solution: String? = nil
    ) async throws -> RelationshipInfo {
        try await client.run(as: CallName("create relationship")) {
            $0.createRelationship(relationship, solution: solution)
        }
    }

    /// Adds a lookup column to a table, with a relationship that is named after both tables.
    ///
    /// - Parameters:
    ///   - lookup: the lookup column.
    ///   - referencingTable: the table that gets it.
    ///   - referencedTable: the table that it refers to.
    ///   - onDelete: what happens to the referring rows when a row is deleted.
    ///   - solution: the unique name of the solution that gets it; the default solution for `nil`.
    @discardableResult
    public func createLookup(
        _ lookup: LookupDefinition,
        on referencingTable: String,
        to referencedTable: String,
        onDelete: CascadeConfiguration.Behavior = .removeLink,
        solution: String? = nil
    ) async throws -> RelationshipInfo {
        try await client.run(as: CallName("create lookup")) {
            $0.createLookup(
                lookup,
                on: referencingTable,
                to: referencedTable,
                onDelete: onDelete,
                solution: solution
            )
        }
    }

    /// Reads a relationship, or gives `nil` if there is none with this name.
    public func getRelationship(_ schemaName: String) async throws -> RelationshipInfo? {
        try await client.run(as: CallName("get relationship")) { $0.relationship(schemaName) }
    }

    /// Lists the relationships of the environment.
    ///
    /// - Parameters:
    ///   - filter: an OData condition on the definitions.
    ///   - select: the properties to read; all for none.
    public func listRelationships(
        filter: String? = nil,
        select: [String] = []
    ) async throws -> [RelationshipInfo] {
        try await client.run(as: CallName("list relationships")) { $0.relationships(filter: filter, select: select) }
    }

    /// Lists the relationships of a table, from both sides.
    ///
    /// - Parameters:
    ///   - table: the name of the table.
    ///   - filter: an OData condition on the definitions.
    ///   - select: the properties to read of one-to-many relationships; all for none.
    public func listRelationships(
        of table: String,
        filter: String? = nil,
        select: [String] = []
    ) async throws -> [RelationshipInfo] {
        try await client.run(as: CallName("list relationships", table)) {
            $0.relationships(of: table, filter: filter, select: select)
        }
    }

    /// Deletes a relationship; with a one-to-many relationship goes its lookup column.
    ///
    /// - Parameter id: ``RelationshipInfo/metadataID``.
    public func deleteRelationship(_ id: UUID) async throws {
        try await client.run(as: CallName("delete relationship")) { $0.deleteRelationship(id) }
    }

    // MARK: Alternate keys

    /// Creates an alternate key. It can be used as soon as the service has built its index.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix.
    ///   - table: the table that gets it.
    ///   - columns: the logical names of the columns; not empty.
    ///   - displayName: what people read; the schema name for `nil`.
    @discardableResult
    public func createAlternateKey(
        _ schemaName: String,
        on table: String,
        columns: [String],
        displayName: LocalizedLabel? = nil
    ) async throws -> AlternateKeyInfo {
        try await client.run(as: CallName("create alternate key", table)) {
            $0.createAlternateKey(schemaName, on: table, columns: columns, displayName: displayName)
        }
    }

    /// Lists the alternate keys of a table with the status of their indexes.
    public func listAlternateKeys(of table: String) async throws -> [AlternateKeyInfo] {
        try await client.run(as: CallName("list alternate keys", table)) { $0.alternateKeys(of: table) }
    }

    /// Waits until the index of an alternate key is built.
    ///
    /// - Parameters:
    ///   - schemaName: the name of the key.
    ///   - table: the table that has it.
    ///   - interval: how long to wait before asking again.
    ///   - limit: how long to wait in all.
    /// - Throws: `DataverseError` of kind `DataverseError.Kind.metadata` if the index failed or is not built in time.
    @discardableResult
    public func waitForAlternateKey(
        _ schemaName: String,
        of table: String,
        interval: Duration = .seconds(3),
        limit: Duration = .seconds(300)
    ) async throws -> AlternateKeyInfo {
        try await client.run(as: CallName("wait for alternate key", table)) {
            $0.waitForAlternateKey(schemaName, of: table, interval: interval, limit: limit)
        }
    }

    /// Deletes an alternate key.
    ///
    /// - Parameters:
    ///   - id: ``AlternateKeyInfo/metadataID``.
    ///   - table: the table that has it.
    public func deleteAlternateKey(_ id: UUID, of table: String) async throws {
        try await client.run(as: CallName("delete alternate key", table)) { $0.deleteAlternateKey(id, of: table) }
    }

    // MARK: Choices

    /// Gives the value that a label of a choice column stands for, or `nil` if there is no such option.
    ///
    /// Labels of all languages are found; case, accents and the amount of white space do not count. What the service
    /// says about a table is remembered for an hour.
    ///
    /// - Parameters:
    ///   - label: the text that people read.
    ///   - column: the choice column.
    ///   - table: the table that has it.
    public func choiceValue(
        of label: String,
        in column: String,
        of table: String
    ) async throws -> Int? {
        try await client.run(as: CallName("choice value", table)) { $0.choiceValue(of: label, in: column, of: table) }
    }

    /// Replaces the labels of choice columns in a row by the values that they stand for; all else stays as it is.
    public func resolveChoiceLabels(in row: Record, of table: String) async throws -> Record {
        try await client.run(as: CallName("resolve choice labels", table)) {
            $0.resolveChoiceLabels(in: [row], of: table).map { $0.first ?? row }
        }
    }

    /// Forgets what the service said about tables, after somebody else has changed them.
    ///
    /// - Parameters:
    ///   - cache: what to forget.
    ///   - table: the table to forget it of; `nil` for all.
    /// - Returns: how many entries were forgotten.
    @discardableResult
    public func flushCache(_ cache: MetadataCache = .all, of table: String? = nil) -> Int {
        client.context.flush(cache, of: table)
    }
}
