import ODataCore

extension SchemaChanger {
    mutating func createRelationship(_ given: Record) throws {
        let name = try schemaName(given, of: "relationship")
        let isTaken =
            change.definitions.record(.relationship, name) != nil
            || schema.tables.values.contains { $0.collections[name] != nil }
        guard !isTaken else { throw Self.exists("relationship", name) }
        let identifier = MetadataIdentifier.new()
        var record: Record = [
            "MetadataId": .string(identifier), "SchemaName": .string(name), "IsCustomRelationship": true,
        ]
        switch given.text("@odata.type")?.split(separator: ".").last {
        case "OneToManyRelationshipMetadata":
            record = record.merging(try oneToMany(given, name))
        case "ManyToManyRelationshipMetadata":
            record = record.merging(try manyToMany(given, name))
        default:
            throw ServiceError.badPayload("'\(given.text("@odata.type") ?? "")' is no type of a relationship.")
        }
        change.definitions.set(Definition(kind: .relationship, table: "", name: name.lowercased(), record: record))
        change.created = "RelationshipDefinitions(\(identifier))"
    }

    private func table(_ record: Record, _ member: String) throws -> TableSchema {
        let name = record.text(member)?.lowercased() ?? ""
        guard let table = schema.table(ofType: name) else { throw Self.missing("table", name) }
        guard case .table = table.source else { throw ServiceError.unsupported("relationships of the table '\(name)'") }
        return table
    }

    private mutating func oneToMany(_ given: Record, _ name: String) throws -> Record {
        let referenced = try table(given, "ReferencedEntity")
        let referencing = try table(given, "ReferencingEntity")
        guard let lookup = given["Lookup"]?.objectValue else {
            throw ServiceError.badPayload("The relationship '\(name)' needs 'Lookup', the definition of its column.")
        }
        let lookupName = try schemaName(lookup, of: "column")
        let attribute = lookupName.lowercased()
        guard !referencing.columns.contains(where: { MetadataReader.logicalName($0) == attribute }) else {
            throw Self.exists("column", attribute)
        }
        let column: Record = [
            "@odata.type": .string("#" + MetadataLabel.namespace + "LookupAttributeMetadata"),
            "MetadataId": .string(MetadataIdentifier.new()), "LogicalName": .string(attribute),
            "SchemaName": .string(lookupName), "EntityLogicalName": .string(referencing.logicalName),
            "AttributeType": "Lookup", "AttributeTypeName": ["Value": "LookupType"],
            "DisplayName": MetadataLabel.completed(lookup["DisplayName"]),
            "Description": MetadataLabel.completed(lookup["Description"]), "IsCustomAttribute": true,
            "RequiredLevel": MetadataReader.requiredLevel(
                lookup["RequiredLevel"]?.objectValue?.text("Value") ?? "None"
            ), "Targets": [.string(referenced.logicalName)],
        ]
        try add(column, to: referencing.logicalName)
        let defaults: Record = [
            "Assign": "NoCascade", "Delete": "RemoveLink", "Merge": "NoCascade", "Reparent": "NoCascade",
            "Share": "NoCascade", "Unshare": "NoCascade",
        ]
        let cascade = given["CascadeConfiguration"]?.objectValue.map { defaults.merging($0) } ?? defaults
        return [
            "@odata.type": .string("#" + MetadataLabel.namespace + "OneToManyRelationshipMetadata"),
            "RelationshipType": "OneToManyRelationship", "ReferencedEntity": .string(referenced.logicalName),
            "ReferencedAttribute": referenced.key.first.map { .string($0) } ?? .null,
            "ReferencingEntity": .string(referencing.logicalName), "ReferencingAttribute": .string(attribute),
            "ReferencedEntityNavigationPropertyName": .string(name),
            "ReferencingEntityNavigationPropertyName": .string(lookupName), "CascadeConfiguration": .object(cascade),
        ]
    }

    private func manyToMany(_ given: Record, _ name: String) throws -> Record {
        let first = try table(given, "Entity1LogicalName")
        let second = try table(given, "Entity2LogicalName")
        return [
            "@odata.type": .string("#" + MetadataLabel.namespace + "ManyToManyRelationshipMetadata"),
            "RelationshipType": "ManyToManyRelationship",
            "IntersectEntityName": .string((given.text("IntersectEntityName") ?? name).lowercased()),
            "Entity1LogicalName": .string(first.logicalName), "Entity2LogicalName": .string(second.logicalName),
            "Entity1NavigationPropertyName": .string(given.text("Entity1NavigationPropertyName") ?? name),
            "Entity2NavigationPropertyName": .string(given.text("Entity2NavigationPropertyName") ?? name),
        ]
    }

    /// Changes what can be changed of a relationship: above all what a change of a row does to the rows that refer to it.
    mutating func updateRelationship(_ current: Record, _ given: Record) throws {
        guard let name = current.text("SchemaName"), current.text("ReferencingEntity") != nil else {
            throw ServiceError.unsupported("changing many-to-many relationships")
        }
        var record = change.definitions.record(.relationship, name) ?? current.merging(["isOverride": true])
        if let cascade = given["CascadeConfiguration"]?.objectValue {
            record["CascadeConfiguration"] = .object(
                (current["CascadeConfiguration"]?.objectValue ?? Record()).merging(cascade)
            )
        }
        for member in ["AssociatedMenuConfiguration", "IsHierarchical"] where given[member] != nil {
            record[member] = given[member]
        }
        change.definitions.set(Definition(kind: .relationship, table: "", name: name.lowercased(), record: record))
    }

    mutating func deleteRelationship(_ record: Record, named name: String) throws {
        guard let stored = change.definitions.record(.relationship, name), stored["isOverride"] == nil else {
            throw ServiceError(
                status: 400,
                code: "0x80047004",
                message: "The relationship '\(name)' is part of the system and cannot be deleted."
            )
        }
        change.definitions.forget(.relationship, name)
        if let referencing = record.text("ReferencingEntity"), let attribute = record.text("ReferencingAttribute"),
            let table = schema.table(ofType: referencing)
        {
            change.definitions.forget(.column, attribute, of: referencing)
            change.work.append(.dropColumns(["_\(attribute)_value"], table: table.entitySetName))
        } else {
            for table in schema.tables.values {
                for collection in table.collections.values {
                    guard collection.navigationProperty.lowercased() == name.lowercased(),
                        case .manyToMany(let link) = collection.kind
                    else { continue }
                    change.work.append(.dropLinks(link.table))
                }
            }
        }
    }

    // MARK: Choices

    mutating func createChoice(_ given: Record) throws {
        guard let name = given.text("Name") else {
            throw ServiceError.badPayload("The definition of a choice lacks 'Name'.")
        }
        guard change.definitions.record(.choice, name) == nil else { throw Self.exists("choice", name) }
        guard var record = try MetadataChoice.completed(.object(given), name: name, isGlobal: true).objectValue else {
            return
        }
        record["@odata.type"] = .string("#" + MetadataLabel.namespace + "OptionSetMetadata")
        change.definitions.set(Definition(kind: .choice, table: "", name: name.lowercased(), record: record))
        change.created = "GlobalOptionSetDefinitions(\(record.text("MetadataId") ?? ""))"
    }

    /// Changes the names of a choice; its options have actions of their own.
    mutating func updateChoice(_ current: Record, _ given: Record, mergesLabels: Bool) {
        var record = current
        for member in ["DisplayName", "Description"] where given[member] != nil {
            record[member] =
                mergesLabels
                ? MetadataLabel.merged(given[member], into: current[member]) : MetadataLabel.completed(given[member])
        }
        let name = current.text("Name")?.lowercased() ?? ""
        change.definitions.set(Definition(kind: .choice, table: "", name: name, record: record))
    }

    mutating func deleteChoice(_ record: Record) throws {
        let name = record.text("Name")?.lowercased() ?? ""
        let user = change.definitions.all(.column).first { $0.record?.text("GlobalOptionSetName") == name }
        if let user {
            throw ServiceError(
                status: 400,
                code: "0x80047002",
                message: "The choice '\(name)' cannot be deleted: the column '\(user.table).\(user.name)' uses it."
            )
        }
        change.definitions.forget(.choice, name)
    }
}
