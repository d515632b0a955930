import Foundation
import GRDB

/// `EntityDefinitions`: what clients ask to find the entity set, the key and the name column of a table.
///
/// It is a table like any other, filled from the metadata, so that all query options work on it.
enum DefinitionsTable {
    /// Sets of the metadata API that the emulator does not take from CSDL.
    static let replacedSets: Set<String> = [
        "EntityDefinitions", "GlobalOptionSetDefinitions", "ManagedPropertyDefinitions", "RelationshipDefinitions",
    ]

    static let schema = TableSchema(
        entitySetName: "EntityDefinitions",
        logicalName: "EntityMetadata",
        typeName: "Microsoft.Dynamics.CRM.EntityMetadata",
        key: ["MetadataId"],
        columns: [
            column("MetadataId", .guid), column("LogicalName"), column("SchemaName"), column("EntitySetName"),
            column("LogicalCollectionName"), column("CollectionSchemaName"), column("PrimaryIdAttribute"),
            column("PrimaryNameAttribute"), column("ObjectTypeCode", .integer("Edm.Int32", 0...Int64(Int32.max))),
            column("IsCustomEntity", .boolean),
        ],
        alternateKeys: [["LogicalName"]],
        source: .definitions
    )

    private static func column(_ name: String, _ type: ColumnType = .string(maxLength: nil)) -> ColumnSchema {
        ColumnSchema(name: name, type: type, isNullable: true, isReadOnly: true, role: .plain)
    }

    static func fill(in db: Database, schema: ServiceSchema) throws {
        try db.execute(sql: "DELETE FROM \"EntityDefinitions\"")
        let statement = try db.makeStatement(
            sql: """
                INSERT INTO "EntityDefinitions" ("MetadataId", "LogicalName", "SchemaName", "EntitySetName",
                  "LogicalCollectionName", "CollectionSchemaName", "PrimaryIdAttribute", "PrimaryNameAttribute",
                  "ObjectTypeCode", "IsCustomEntity") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        for (place, name) in schema.entitySetNames.enumerated() {
            guard let table = schema.tables[name], name != "EntityDefinitions" else { continue }
            let isCustom = table.logicalName.contains("_")
            let schemaName = isCustom ? table.logicalName : capitalized(table.logicalName)
            try statement.execute(arguments: [
                identifier(of: table.logicalName), table.logicalName, schemaName, name, name,
                isCustom ? name : capitalized(name), table.keyMirror ?? table.key.first, table.primaryNameColumn,
                (isCustom ? 10_000 : 1) + place, isCustom,
            ])
        }
    }

    private static func capitalized(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

    /// A GUID that is the same for a name in every run: FNV-1a with two offsets.
    static func identifier(of name: String) -> String {
        func hash(_ offset: UInt64) -> UInt64 {
            name.utf8.reduce(offset) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }
        let high = hash(0xCBF2_9CE4_8422_2325)
        let low = hash(0x8422_2325_CBF2_9CE4)
        let hex = [high, low].map { value in
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        let digits = Array(hex)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
