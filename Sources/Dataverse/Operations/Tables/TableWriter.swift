extension MetadataWriter {
    /// The body of the action that creates a table with those of its columns that the action knows.
    func createTable(_ table: TableDefinition) throws(DataverseError) -> Record {
        try check(schemaName: table.schemaName, of: "table")
        let displayName = table.displayName ?? LocalizedLabel(table.schemaName)
        let names = displayName.texts(default: language)
        let pluralName = table.pluralName ?? LocalizedLabel(names.map { ($0.language, $0.text + "s") })
        let description =
            table.description ?? LocalizedLabel(names.map { ($0.language, "Custom entity for \($0.text)") })
        var attributes = [Value.object(try primaryColumn(of: table))]
        for column in table.columns where column.type.canBeCreatedWithTable {
            attributes.append(.object(try self.column(column, isComplex: true)))
        }
        // What is created later must not fail only then.
        for column in table.columns where !column.type.canBeCreatedWithTable { _ = try self.column(column) }
        var entity: Record = [
            AnnotationName.type: .string(Self.namespace + "ComplexEntityMetadata"),
            "SchemaName": .string(table.schemaName),
            "DisplayName": try label(displayName, of: table.schemaName),
            "DisplayCollectionName": try label(pluralName, of: "the plural of \(table.schemaName)"),
            "Description": try label(description, of: "the description of \(table.schemaName)"),
            "OwnershipType": .string(table.ownership.rawValue),
            "HasActivities": .bool(table.hasActivities),
            "HasNotes": .bool(table.hasNotes),
            "IsActivity": false,
            "Attributes": .array(attributes),
        ]
        entity.merge(table.additionalMetadata)
        return ["Entities": [.object(entity)]]
    }

    private func primaryColumn(of table: TableDefinition) throws(DataverseError) -> Record {
        let column = table.primaryColumn ?? .string("\(table.publisherPrefix)_Name")
        guard case .string = column.type else {
            throw DataverseError(
                .invalidRequest,
                "The primary column “\(column.schemaName)” of “\(table.schemaName)” must be a line of text. Use "
                    + "ColumnDefinition.string for it."
            )
        }
        return try self.column(column, isPrimaryName: true, isComplex: true)
    }
}

extension TableDefinition {
    /// The prefix of the publisher, such as `new` in `new_Product`.
    fileprivate var publisherPrefix: String {
        schemaName.contains("_") ? String(schemaName.prefix { $0 != "_" }) : "new"
    }
}
