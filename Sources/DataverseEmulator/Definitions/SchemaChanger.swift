import ODataCore

/// Works changes of the schema out, and refuses those that cannot be.
struct SchemaChanger {
    let schema: ServiceSchema
    var change: SchemaChange

    init(schema: ServiceSchema) {
        self.schema = schema
        change = SchemaChange(schema.definitions)
    }

    static func exists(_ what: String, _ name: String) -> ServiceError {
        ServiceError(
            status: 400,
            code: "0x80044363",
            message: "The \(what) '\(name)' cannot be created, because there is one with the same name already."
        )
    }

    static func missing(_ what: String, _ name: String) -> ServiceError {
        ServiceError(status: 404, code: "0x80060888", message: "The \(what) '\(name)' does not exist.")
    }

    /// The schema name of a definition, which has to be an identifier.
    func schemaName(_ record: Record, of what: String) throws -> String {
        guard let name = record.text("SchemaName") else {
            throw ServiceError.badPayload("The definition of a \(what) lacks 'SchemaName'.")
        }
        let isIdentifier =
            name.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "_"): true
                default: false
                }
            } && name.first?.isNumber == false && name.utf8.count <= 128
        guard isIdentifier else {
            throw ServiceError.badPayload("'\(name.prefix(150))' is no name for a \(what).")
        }
        return name
    }

    // MARK: Tables

    mutating func createTable(_ given: Record) throws {
        let schemaName = try schemaName(given, of: "table")
        let name = schemaName.lowercased()
        guard schema.table(ofType: name) == nil, !change.definitions.all(.table).contains(where: { $0.name == name })
        else { throw Self.exists("table", name) }
        let set = given.text("EntitySetName") ?? Self.plural(name)
        guard schema.tables[set] == nil else { throw Self.exists("entity set", set) }
        let attributes = try (given["Attributes"]?.arrayValue ?? []).compactMap(\.objectValue).map { attribute in
            try column(attribute, of: name, existing: [])
        }
        let primary = attributes.first { $0["IsPrimaryName"] == true }
        guard let primaryName = primary?.text("LogicalName") else {
            throw ServiceError.badPayload("The table '\(name)' needs a column with 'IsPrimaryName'.")
        }
        let identifier = MetadataIdentifier.new()
        let record: Record = [
            "MetadataId": .string(identifier), "LogicalName": .string(name), "SchemaName": .string(schemaName),
            "EntitySetName": .string(set), "LogicalCollectionName": .string(set),
            "CollectionSchemaName": .string(Self.plural(schemaName)), "PrimaryIdAttribute": .string(name + "id"),
            "PrimaryNameAttribute": .string(primaryName), "IsCustomEntity": true,
            "OwnershipType": .string(given.text("OwnershipType") ?? "UserOwned"),
            "HasActivities": given["HasActivities"] ?? false, "HasNotes": given["HasNotes"] ?? false,
            "DisplayName": MetadataLabel.completed(given["DisplayName"]),
            "DisplayCollectionName": MetadataLabel.completed(given["DisplayCollectionName"]),
            "Description": MetadataLabel.completed(given["Description"]),
        ]
        change.definitions.set(Definition(kind: .table, table: "", name: name, record: record))
        for attribute in attributes { try add(attribute, to: name) }
        change.created = "EntityDefinitions(\(identifier))"
    }

    private static func plural(_ name: String) -> String {
        if name.hasSuffix("y"), !["ay", "ey", "oy", "uy"].contains(where: name.hasSuffix) {
            return name.dropLast() + "ies"
        }
        return name + (["s", "x", "z", "ch", "sh"].contains(where: name.hasSuffix) ? "es" : "s")
    }

    mutating func updateTable(_ table: TableSchema, _ given: Record, mergesLabels: Bool) {
        let current = MetadataReader(schema: schema).table(table)
        guard var record = change.definitions.record(.table, table.logicalName) else { return }
        for name in ["DisplayName", "DisplayCollectionName", "Description"] where given[name] != nil {
            record[name] =
                mergesLabels
                ? MetadataLabel.merged(given[name], into: current[name]) : MetadataLabel.completed(given[name])
        }
        for name in ["HasActivities", "HasNotes"] { record[name] = given[name] ?? record[name] }
        change.definitions.set(Definition(kind: .table, table: "", name: table.logicalName, record: record))
    }

    mutating func deleteTable(_ table: TableSchema) throws {
        let name = table.logicalName
        guard change.definitions.record(.table, name) != nil else {
            throw ServiceError(
                status: 400,
                code: "0x80045009",
                message: "The table '\(name)' is part of the system; only tables that were created can be deleted."
            )
        }
        for definition in change.definitions.all(.relationship) {
            guard let record = definition.record else { continue }
            if record.text("ReferencedEntity") == name, record.text("ReferencingEntity") != name {
                throw ServiceError(
                    status: 400,
                    code: "0x80047002",
                    message:
                        "The table '\(name)' cannot be deleted: the relationship '\(definition.name)' refers to it."
                )
            }
            let ends = ["ReferencingEntity", "Entity1LogicalName", "Entity2LogicalName"].map { record.text($0) }
            if ends.contains(name) { try deleteRelationship(record, named: definition.name) }
        }
        for kind in [Definition.Kind.column, .key] {
            for definition in change.definitions.all(kind) where definition.table == name {
                change.definitions.forget(kind, definition.name, of: name)
            }
        }
        change.definitions.forget(.table, name)
        change.work.append(.dropTable(table.entitySetName))
    }

    // MARK: Columns

    mutating func createColumn(_ given: Record, of table: TableSchema) throws {
        let existing = MetadataReader(schema: schema).columns(table).compactMap { $0.text("LogicalName") }
        let record = try column(given, of: table.logicalName, existing: existing)
        try add(record, to: table.logicalName)
        let identifier = record.text("MetadataId") ?? ""
        let owner = MetadataReader(schema: schema).table(table).text("MetadataId") ?? ""
        change.created = "EntityDefinitions(\(owner))/Attributes(\(identifier))"
    }

    mutating func add(_ record: Record, to table: String) throws {
        let name = record.text("LogicalName") ?? ""
        guard change.definitions.record(.column, name, of: table) == nil else { throw Self.exists("column", name) }
        change.definitions.set(Definition(kind: .column, table: table, name: name, record: record))
    }

    /// A definition of a request with what the service adds.
    private func column(_ given: Record, of table: String, existing: [String]) throws -> Record {
        let schemaName = try schemaName(given, of: "column")
        let name = schemaName.lowercased()
        guard !existing.contains(name) else { throw Self.exists("column", name) }
        guard let type = AttributeType(metadataType: given.text("@odata.type") ?? ""), type.canBeCreated else {
            throw ServiceError.badPayload(
                "'\(given.text("@odata.type") ?? "")' is no type that the column '\(name)' can be created with."
            )
        }
        var record: Record = [
            "@odata.type": .string("#" + MetadataLabel.namespace + type.metadataType),
            "MetadataId": .string(MetadataIdentifier.new()), "LogicalName": .string(name),
            "SchemaName": .string(schemaName), "EntityLogicalName": .string(table),
            "AttributeType": .string(type.code), "AttributeTypeName": ["Value": .string(type.typeName)],
            "DisplayName": MetadataLabel.completed(given["DisplayName"]),
            "Description": MetadataLabel.completed(given["Description"]), "IsCustomAttribute": true,
            "RequiredLevel": MetadataReader.requiredLevel(
                given["RequiredLevel"]?.objectValue?.text("Value") ?? "None"
            ), "IsPrimaryName": given["IsPrimaryName"] ?? false,
        ]
        for member in Self.changeable { record[member] = given[member] ?? record[member] }
        if type == .string, record["MaxLength"] == nil { record["MaxLength"] = 100 }
        if type == .memo, record["MaxLength"] == nil { record["MaxLength"] = 2000 }
        if type == .dateTime, record["DateTimeBehavior"] == nil {
            record["DateTimeBehavior"] = ["Value": "UserLocal"]
        }
        if type == .file { record["MaxSizeInKB"] = given["MaxSizeInKB"] ?? 32_768 }
        if type == .image {
            record["MaxSizeInKB"] = given["MaxSizeInKB"] ?? 10_240
            record["CanStoreFullImage"] = given["CanStoreFullImage"] ?? false
            record["IsPrimaryImage"] = given["IsPrimaryImage"] ?? false
        }
        if type.hasOptions {
            record["GlobalOptionSet"] = .null
            if let address = given.text("GlobalOptionSet@odata.bind") {
                record["GlobalOptionSetName"] = .string(try choice(at: address))
            } else {
                record["OptionSet"] = try MetadataChoice.completed(
                    given["OptionSet"],
                    name: "\(table)_\(name)",
                    isGlobal: false,
                    type: type == .boolean ? "Boolean" : "Picklist"
                )
            }
        }
        return record
    }

    /// The properties of columns that requests set as they are.
    private static let changeable = [
        "MaxLength", "FormatName", "Format", "ImeMode", "MinValue", "MaxValue", "Precision", "PrecisionSource",
        "AutoNumberFormat", "DateTimeBehavior", "DefaultFormValue", "DefaultValue",
    ]

    private func choice(at address: String) throws -> String {
        let path = address.drop { $0 == "/" }
        let key = path.drop { $0 != "(" }.dropFirst().dropLast()
        let name = key.hasPrefix("Name='") ? String(key.dropFirst(6).dropLast()) : nil
        let found = change.definitions.all(.choice).first { definition in
            name.map { definition.record?.text("Name") == $0 }
                ?? (definition.record?.text("MetadataId") == key.lowercased())
        }
        guard path.hasPrefix("GlobalOptionSetDefinitions("), let found else {
            throw Self.missing("choice", address)
        }
        return found.name
    }

    mutating func updateColumn(_ name: String, of table: TableSchema, _ given: Record, mergesLabels: Bool) throws {
        guard
            let current = MetadataReader(schema: schema).columns(table).first(where: { $0.text("LogicalName") == name })
        else { throw Self.missing("column", name) }
        if let type = given.text("@odata.type"),
            type.split(separator: ".").last
                != current.text("@odata.type")?.split(separator: ".").last
        {
            throw ServiceError.badPayload("The type of the column '\(name)' cannot be changed to '\(type)'.")
        }
        var record = change.definitions.record(.column, name, of: table.logicalName) ?? ["isOverride": true]
        for member in ["DisplayName", "Description"] where given[member] != nil {
            record[member] =
                mergesLabels
                ? MetadataLabel.merged(given[member], into: current[member]) : MetadataLabel.completed(given[member])
        }
        for member in Self.changeable where given[member] != nil { record[member] = given[member] }
        if let level = given["RequiredLevel"]?.objectValue?.text("Value") {
            record["RequiredLevel"] = MetadataReader.requiredLevel(level)
        }
        change.definitions.set(Definition(kind: .column, table: table.logicalName, name: name, record: record))
    }

    mutating func deleteColumn(_ name: String, of table: TableSchema) throws {
        guard let record = change.definitions.record(.column, name, of: table.logicalName), record["isOverride"] == nil,
            record["IsPrimaryName"] != true
        else {
            throw ServiceError(
                status: 400,
                code: "0x80047004",
                message: "The column '\(name)' is part of the system; only columns that were added can be deleted."
            )
        }
        for key in change.definitions.all(.key) where key.table == table.logicalName {
            guard key.record?["KeyAttributes"]?.arrayValue?.contains(.string(name)) == true else { continue }
            throw ServiceError(
                status: 400,
                code: "0x80047002",
                message: "The column '\(name)' cannot be deleted: the key '\(key.name)' uses it."
            )
        }
        change.definitions.forget(.column, name, of: table.logicalName)
        let isImage = record.text("@odata.type")?.hasSuffix(".ImageAttributeMetadata") == true
        let parts = ["", "_base", "_name"] + (isImage ? ColumnSchema.imageDetails : [])
        change.work.append(.dropColumns(parts.map { name + $0 }, table: table.entitySetName))
    }

    // MARK: Keys

    mutating func createKey(_ given: Record, of table: TableSchema) throws {
        let schemaName = try schemaName(given, of: "key")
        let columns = (given["KeyAttributes"]?.arrayValue ?? []).compactMap(\.stringValue).map { $0.lowercased() }
        let known = Set(table.columns.map(MetadataReader.logicalName))
        guard !columns.isEmpty, Set(columns).count == columns.count else {
            throw ServiceError.badPayload("The key '\(schemaName)' needs 'KeyAttributes'.")
        }
        if let unknown = columns.first(where: { !known.contains($0) }) { throw Self.missing("column", unknown) }
        let names = columns.map { table.column($0) == nil ? "_\($0)_value" : $0 }
        let name = schemaName.lowercased()
        guard change.definitions.record(.key, name, of: table.logicalName) == nil,
            !table.alternateKeys.contains(where: { Set($0) == Set(names) })
        else { throw Self.exists("key", schemaName) }
        let identifier = MetadataIdentifier.new()
        let record: Record = [
            "MetadataId": .string(identifier), "LogicalName": .string(name), "SchemaName": .string(schemaName),
            "EntityLogicalName": .string(table.logicalName), "KeyAttributes": .array(columns.map { .string($0) }),
            "EntityKeyIndexStatus": "Active", "DisplayName": MetadataLabel.completed(given["DisplayName"]),
        ]
        change.definitions.set(Definition(kind: .key, table: table.logicalName, name: name, record: record))
        change.work.append(.createKeys(table: table.entitySetName))
        let owner = MetadataReader(schema: schema).table(table).text("MetadataId") ?? ""
        change.created = "EntityDefinitions(\(owner))/Keys(\(identifier))"
    }

    mutating func deleteKey(_ key: Record, of table: TableSchema) throws {
        let name = key.text("LogicalName") ?? ""
        guard change.definitions.record(.key, name, of: table.logicalName) != nil else {
            throw ServiceError.unsupported("deleting the key '\(name)', which the metadata file declares")
        }
        change.definitions.forget(.key, name, of: table.logicalName)
        let columns = (key["KeyAttributes"]?.arrayValue ?? []).compactMap(\.stringValue).map { name in
            table.column(name) == nil ? "_\(name)_value" : name
        }
        change.work.append(.dropKey(columns, table: table.entitySetName))
    }
}
