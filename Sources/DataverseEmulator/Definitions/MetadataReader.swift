import ODataCore

/// The schema as the metadata API tells it: what was defined, and for the rest what CSDL lets one conclude.
struct MetadataReader {
    let schema: ServiceSchema

    private var definitions: DefinitionCatalog { schema.definitions }

    // MARK: Tables

    func tables() -> [Record] {
        schema.entitySetNames.enumerated().compactMap { place, name in
            schema.tables[name].map { table($0, place: place) }
        }
    }

    func table(_ table: TableSchema, place: Int? = nil) -> Record {
        let place = place ?? schema.entitySetNames.firstIndex(of: table.entitySetName) ?? 0
        let name = table.logicalName
        let isCustom = name.contains("_")
        let schemaName = isCustom ? name : Self.capitalized(name)
        let base: Record = [
            "MetadataId": .string(MetadataIdentifier.of(name)), "LogicalName": .string(name),
            "SchemaName": .string(schemaName), "EntitySetName": .string(table.entitySetName),
            "LogicalCollectionName": .string(table.entitySetName),
            "CollectionSchemaName": .string(isCustom ? table.entitySetName : Self.capitalized(table.entitySetName)),
            "PrimaryIdAttribute": (table.keyMirror ?? table.key.first).map { .string($0) } ?? .null,
            "PrimaryNameAttribute": table.primaryNameColumn.map { .string($0) } ?? .null,
            "ObjectTypeCode": .integer(Int64((isCustom ? 10_000 : 1) + place)), "IsCustomEntity": .bool(isCustom),
            "IsPrivate": false, "IsIntersect": false, "IsManaged": false, "IsActivity": false,
            "IsLogicalEntity": false, "HasActivities": false, "HasNotes": false, "TableType": "Standard",
            "OwnershipType": .string(table.column("_ownerid_value") == nil ? "OrganizationOwned" : "UserOwned"),
            "DisplayName": MetadataLabel.label(schemaName),
            "DisplayCollectionName": MetadataLabel.label(schemaName + "s"),
            "Description": MetadataLabel.label(nil),
        ]
        return definitions.record(.table, name).map { base.merging($0) } ?? base
    }

    static func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

    // MARK: Columns

    func columns(_ table: TableSchema) -> [Record] {
        table.columns.enumerated().map { place, column in self.column(column, of: table, number: place + 1) }
    }

    /// The logical name of a column: `parentcustomerid` for `_parentcustomerid_value`.
    static func logicalName(_ column: ColumnSchema) -> String {
        column.name.hasPrefix("_") && column.name.hasSuffix("_value")
            ? String(column.name.dropFirst().dropLast("_value".count)) : column.name
    }

    /// The schema name of a column: what a definition says, or as much as the logical name tells, as CSDL has none.
    static func schemaName(
        of column: ColumnSchema,
        in table: TableSchema,
        _ definitions: DefinitionCatalog
    ) -> String {
        let name = logicalName(column)
        let defined = definitions.record(.column, name, of: table.logicalName)?.text("SchemaName")
        return defined ?? schemaName(name)
    }

    private static func schemaName(_ logicalName: String) -> String {
        logicalName.contains("_") ? logicalName : capitalized(logicalName)
    }

    private func column(_ column: ColumnSchema, of table: TableSchema, number: Int) -> Record {
        let name = Self.logicalName(column)
        let isPrimaryName = name == table.primaryNameColumn
        let type = AttributeType(column, of: table)
        var record: Record = [
            "@odata.type": .string("#" + MetadataLabel.namespace + type.metadataType),
            "MetadataId": .string(MetadataIdentifier.of(table.logicalName + "/" + name)),
            "LogicalName": .string(name), "SchemaName": .string(Self.schemaName(name)),
            "EntityLogicalName": .string(table.logicalName), "AttributeType": .string(type.code),
            "AttributeTypeName": ["Value": .string(type.typeName)], "AttributeOf": nil,
            "ColumnNumber": .integer(Int64(number)), "DisplayName": MetadataLabel.label(name),
            "Description": MetadataLabel.label(nil),
            "RequiredLevel": Self.requiredLevel(table.key.contains(name) ? "SystemRequired" : "None"),
            "IsPrimaryId": .bool(table.key.contains(name) || name == table.keyMirror),
            "IsPrimaryName": .bool(isPrimaryName), "IsCustomAttribute": .bool(name.contains("_")),
            "IsLogical": false, "IsManaged": false, "IsValidForRead": true,
            "IsValidForCreate": .bool(!column.isReadOnly || column.role == .lookup),
            "IsValidForUpdate": .bool(!column.isReadOnly && !table.key.contains(name) || column.role == .lookup),
        ]
        switch (column.type, type) {
        case (.string(let length), .string), (.string(let length), .memo):
            record["MaxLength"] = length.map { .integer(Int64($0)) } ?? .null
            record["FormatName"] = ["Value": "Text"]
            record["Format"] = "Text"
        case (.integer(_, let range), .integer):
            record["MinValue"] = .integer(range.lowerBound)
            record["MaxValue"] = .integer(range.upperBound)
            record["Format"] = "None"
        case (.date, _): record["Format"] = "DateOnly"
        case (.dateTimeOffset, _): record["Format"] = "DateAndTime"
        default: break
        }
        if type == .lookup || type == .owner {
            let targets = table.lookups(using: column.name).compactMap { schema.tables[$0.target]?.logicalName }
            record["Targets"] = .array(targets.map { .string($0) })
        }
        if type.hasOptions {
            record["OptionSet"] = optionSet(column, type, name: "\(table.logicalName)_\(name)")
            record["GlobalOptionSet"] = .null
        }
        if var stored = definitions.record(.column, name, of: table.logicalName) {
            stored["isOverride"] = nil
            record = record.merging(stored)
            if let global = stored.text("GlobalOptionSetName"), let set = definitions.record(.choice, global) {
                record["OptionSet"] = .object(set)
                record["GlobalOptionSet"] = .object(set)
                record["GlobalOptionSetName"] = nil
            }
        }
        return record
    }

    static func requiredLevel(_ level: String) -> Value {
        [
            "Value": .string(level), "CanBeChanged": true,
            "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings",
        ]
    }

    private func optionSet(_ column: ColumnSchema, _ type: AttributeType, name: String) -> Value {
        var labels = column.choices?.labels ?? [:]
        if labels.isEmpty {
            switch type {
            case .state: labels = [0: "Active", 1: "Inactive"]
            case .status: labels = [1: "Active", 2: "Inactive"]
            case .boolean: labels = [0: "No", 1: "Yes"]
            default: break
            }
        }
        let options = labels.sorted { $0.key < $1.key }.map { value, label -> Value in
            ["Value": .integer(value), "Label": MetadataLabel.label(label)]
        }
        var set: Record = [
            "MetadataId": .string(MetadataIdentifier.of("option set " + name)), "Options": .array(options),
        ]
        if type == .boolean {
            set["FalseOption"] = options.first ?? .null
            set["TrueOption"] = options.last ?? .null
        }
        let completed = try? MetadataChoice.completed(
            .object(set),
            name: name,
            isGlobal: false,
            type: type == .boolean || type == .state || type == .status ? type.rawValue : "Picklist"
        )
        return completed ?? .null
    }

    // MARK: Keys

    func keys(_ table: TableSchema) -> [Record] {
        table.alternateKeys.map { columns in
            let names = columns.map { name in table.column(name).map(Self.logicalName) ?? name }
            let stored = definitions.all(.key).first { definition in
                definition.table == table.logicalName
                    && definition.record?["KeyAttributes"]?.arrayValue?.compactMap(\.stringValue) == names
            }
            let name = names.joined(separator: "_") + "_key"
            let base: Record = [
                "MetadataId": .string(MetadataIdentifier.of("key \(table.logicalName)/\(name)")),
                "LogicalName": .string(name), "SchemaName": .string(name),
                "EntityLogicalName": .string(table.logicalName), "KeyAttributes": .array(names.map { .string($0) }),
                "EntityKeyIndexStatus": "Active", "DisplayName": MetadataLabel.label(name), "IsManaged": false,
            ]
            return stored?.record.map { base.merging($0) } ?? base
        }
    }

    // MARK: Relationships

    func relationships() -> [Record] {
        schema.entitySetNames.compactMap { schema.tables[$0] }.flatMap {
            oneToMany($0) + manyToMany($0, allSides: false)
        }
    }

    /// The relationships in which a table is the one that is referred to.
    func oneToMany(_ table: TableSchema) -> [Record] {
        table.collections.values.sorted { $0.navigationProperty < $1.navigationProperty }.compactMap { collection in
            guard case .oneToMany(let lookup) = collection.kind, let target = schema.tables[collection.target] else {
                return nil
            }
            return relationship(collection.navigationProperty, lookup, referenced: table, referencing: target)
        }
            + schema.tables.values.sorted { $0.logicalName < $1.logicalName }.flatMap { other in
                other.lookupOrder.compactMap { other.lookups[$0] }.filter { lookup in
                    lookup.target == table.entitySetName && !hasCollection(lookup, table, other)
                }.map { relationship(Self.plainName($0, other), $0, referenced: table, referencing: other) }
            }
    }

    /// The relationships in which a table has the lookup.
    func manyToOne(_ table: TableSchema) -> [Record] {
        table.lookupOrder.compactMap { table.lookups[$0] }.compactMap { lookup in
            guard let target = schema.tables[lookup.target] else { return nil }
            let collection = target.collections.values.first { collection in
                collection.target == table.entitySetName && collection.kind == .oneToMany(lookup)
            }
            let name = collection?.navigationProperty ?? Self.plainName(lookup, table)
            return relationship(name, lookup, referenced: target, referencing: table)
        }
    }

    private func hasCollection(_ lookup: LookupSchema, _ table: TableSchema, _ other: TableSchema) -> Bool {
        table.collections.values.contains { $0.target == other.entitySetName && $0.kind == .oneToMany(lookup) }
    }

    private static func plainName(_ lookup: LookupSchema, _ table: TableSchema) -> String {
        "lk_\(table.logicalName)_\(lookup.navigationProperty)"
    }

    private func relationship(
        _ name: String,
        _ lookup: LookupSchema,
        referenced: TableSchema,
        referencing: TableSchema
    ) -> Record {
        let attribute = referencing.column(lookup.column).map(Self.logicalName) ?? lookup.navigationProperty
        let base: Record = [
            "@odata.type": .string("#" + MetadataLabel.namespace + "OneToManyRelationshipMetadata"),
            "MetadataId": .string(MetadataIdentifier.of("relationship " + name)), "SchemaName": .string(name),
            "RelationshipType": "OneToManyRelationship", "IsCustomRelationship": .bool(name.contains("_")),
            "IsManaged": false, "ReferencedEntity": .string(referenced.logicalName),
            "ReferencedAttribute": .string(lookup.referencedColumn),
            "ReferencingEntity": .string(referencing.logicalName), "ReferencingAttribute": .string(attribute),
            "ReferencedEntityNavigationPropertyName": .string(name),
            "ReferencingEntityNavigationPropertyName": .string(lookup.navigationProperty),
            "CascadeConfiguration": [
                "Assign": "NoCascade", "Delete": "RemoveLink", "Merge": "NoCascade", "Reparent": "NoCascade",
                "Share": "NoCascade", "Unshare": "NoCascade",
            ],
        ]
        return stored(relationship: name).map { base.merging($0) } ?? base
    }

    /// What is defined of a relationship, without the mark of those that the document has.
    private func stored(relationship name: String) -> Record? {
        var record = definitions.record(.relationship, name)
        record?["isOverride"] = nil
        return record
    }

    /// - Parameter allSides: Whether relationships are told that another table tells as well.
    func manyToMany(_ table: TableSchema, allSides: Bool = true) -> [Record] {
        table.collections.values.sorted { $0.navigationProperty < $1.navigationProperty }.compactMap { collection in
            guard case .manyToMany(let link) = collection.kind, let target = schema.tables[collection.target],
                allSides || link.ownColumn == "first"
            else { return nil }
            let name = collection.navigationProperty
            let base: Record = [
                "@odata.type": .string("#" + MetadataLabel.namespace + "ManyToManyRelationshipMetadata"),
                "MetadataId": .string(MetadataIdentifier.of("relationship " + name)), "SchemaName": .string(name),
                "RelationshipType": "ManyToManyRelationship", "IsCustomRelationship": .bool(name.contains("_")),
                "IsManaged": false, "IntersectEntityName": .string(name),
                "Entity1LogicalName": .string(table.logicalName), "Entity2LogicalName": .string(target.logicalName),
                "Entity1IntersectAttribute": .string(link.ownKey), "Entity2IntersectAttribute": .string(link.otherKey),
                "Entity1NavigationPropertyName": .string(name), "Entity2NavigationPropertyName": .string(name),
            ]
            return stored(relationship: name).map { base.merging($0) } ?? base
        }
    }
}
