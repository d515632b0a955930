import GRDB

/// The table of pairs of a many-to-many relationship, as FetchXML links through it.
struct IntersectTable {
    let table: TableSchema
    private let collection: CollectionSchema
    private let link: LinkSchema

    /// The intersect table with a name. CSDL does not say their names: they are those of the relationships, with or
    /// without `_association` at their end, unless a definition says otherwise.
    static func named(_ name: String, in schema: ServiceSchema) throws -> IntersectTable? {
        let wanted = name.lowercased()
        for set in schema.entitySetNames {
            guard let owner = schema.tables[set] else { continue }
            for collection in owner.collections.values {
                guard case .manyToMany(let link) = collection.kind else { continue }
                let property = collection.navigationProperty.lowercased()
                let defined = schema.definitions.record(.relationship, property)?.text("IntersectEntityName")
                guard
                    [property, defined, property.hasSuffix("_association") ? String(property.dropLast(12)) : nil]
                        .contains(wanted)
                else { continue }
                return IntersectTable(wanted, link, collection)
            }
        }
        return nil
    }

    private init(_ name: String, _ link: LinkSchema, _ collection: CollectionSchema) {
        let (first, second) =
            link.ownColumn == "first" ? (link.ownKey, link.otherKey) : (link.otherKey, link.ownKey)
        // Both ends in the same table: Dataverse numbers the columns.
        let names = first == second ? [first + "one", second + "two"] : [first, second]
        table = TableSchema(
            entitySetName: name,
            logicalName: name,
            typeName: name,
            key: [],
            columns: names.map {
                ColumnSchema(name: $0, type: .guid, isNullable: false, isReadOnly: true, role: .plain)
            }
        )
        self.collection = collection
        self.link = link
    }

    func source(_ scope: QueryScope, _ context: QueryContext) throws -> SQLFragment {
        try context.use(collection)
        return """
            (SELECT "first" AS \(identifier: table.columns[0].name), "second" AS \(identifier: table.columns[1].name) \
            FROM \(identifier: link.table)) AS \(identifier: scope.alias)
            """
    }
}
