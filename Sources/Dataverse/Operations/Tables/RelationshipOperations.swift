import HTTPTypes

// Source: Dataverse Web API, "Create and update table relationships using the Web API".
extension CallContext {
    /// Creates a one-to-many relationship with its lookup column.
    func createRelationship(
        _ relationship: OneToManyRelationship,
        solution: String?
    ) -> ODataOperation<RelationshipInfo> {
        body { writer throws(DataverseError) in try writer.relationship(relationship) }
            .flatMap { createRelationship($0, solution: solution) }
            .map { id in
                RelationshipInfo(
                    metadataID: id,
                    schemaName: relationship.schemaName,
                    kind: .oneToMany(
                        lookup: relationship.lookup.schemaName,
                        referencedTable: relationship.referencedTable,
                        referencingTable: relationship.referencingTable
                    )
                )
            }
    }

    /// Creates a many-to-many relationship.
    func createRelationship(
        _ relationship: ManyToManyRelationship,
        solution: String?
    ) -> ODataOperation<RelationshipInfo> {
        body { writer throws(DataverseError) in try writer.relationship(relationship) }
            .flatMap { createRelationship($0, solution: solution) }
            .map { id in
                RelationshipInfo(
                    metadataID: id,
                    schemaName: relationship.schemaName,
                    kind: .manyToMany(firstTable: relationship.firstTable, secondTable: relationship.secondTable)
                )
            }
    }

    private func createRelationship(_ body: [UInt8], solution: String?) -> ODataOperation<UUID?> {
        solutionHeaders(solution).flatMap { headers in
            send(ServiceRequest(.post, "RelationshipDefinitions", headers: headers, body: body))
        }.map(\.createdMetadataID)
    }

    /// Adds a lookup column to a table, with a relationship whose name is made from those of the tables.
    func createLookup(
        _ lookup: LookupDefinition,
        on referencingTable: String,
        to referencedTable: String,
        onDelete: CascadeConfiguration.Behavior,
        solution: String?
    ) -> ODataOperation<RelationshipInfo> {
        let (referencing, referenced) = (referencingTable.lowercased(), referencedTable.lowercased())
        let relationship = OneToManyRelationship(
            "\(referenced)_\(referencing)_\(lookup.schemaName)",
            from: referenced,
            to: referencing,
            lookup: lookup,
            cascade: CascadeConfiguration(delete: onDelete)
        )
        return createRelationship(relationship, solution: solution)
    }

    /// A relationship by its name; `nil` if there is none.
    func relationship(_ schemaName: String) -> ODataOperation<RelationshipInfo?> {
        relationships(filter: "SchemaName eq \(schemaName.urlLiteral)", select: []).map(\.first)
    }

    /// The relationships of the environment.
    func relationships(filter: String?, select: [String]) -> ODataOperation<[RelationshipInfo]> {
        definitions(at: "RelationshipDefinitions" + DefinitionQuery.text(filter: filter, select: select))
            .map { $0.map(RelationshipInfo.init(metadata:)) }
    }

    /// The relationships of a table: those to many, then those to one, then those of many with many.
    func relationships(of table: String, filter: String?, select: [String]) -> ODataOperation<[RelationshipInfo]> {
        let toOne = DefinitionQuery.text(filter: filter, select: select)
        // Many-to-many relationships have other properties, and a `$select` of those above would be refused.
        let toMany = DefinitionQuery.text(filter: filter, select: [])
        return tablePath(of: table).flatMap { path in
            definitions(at: "\(path)/OneToManyRelationships\(toOne)").flatMap { first in
                definitions(at: "\(path)/ManyToOneRelationships\(toOne)").flatMap { second in
                    definitions(at: "\(path)/ManyToManyRelationships\(toMany)").map { first + second + $0 }
                }
            }
        }.map { $0.map(RelationshipInfo.init(metadata:)) }
    }

    /// Deletes a relationship; with a one-to-many relationship goes its lookup column.
    func deleteRelationship(_ id: UUID) -> ODataOperation<Void> {
        send(ServiceRequest(.delete, "RelationshipDefinitions(\(id.guid))", headers: [.ifMatch: "*"])).map { _ in }
    }
}

extension HTTPReply {
    /// Identifies the metadata that was created.
    var createdMetadataID: UUID? {
        headers[.odataEntityID].flatMap(KeyPredicateReader.literals)?.last.flatMap { UUID(uuidString: $0.literal) }
    }
}
