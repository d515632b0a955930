import CSDL

/// The primary key of an entity type.
struct PrimaryKey: Sendable {
    /// One property of the key.
    struct Part: Sendable {
        /// The name that keys in URLs and rows use: the alias where there is one.
        let name: String
        /// The path to the property in a row; the name itself for a property of the row.
        let path: String
        /// The Swift type.
        let type: String
    }

    let parts: [Part]

    /// The Swift type of the key, seen from inside the row's struct.
    var typeName: String {
        switch parts.count {
        case 0: "Never"
        case 1: parts[0].type
        default: "Key"
        }
    }
}

extension TypeMapper {
    /// The primary key of an entity type, its own or inherited.
    func primaryKey(of type: SchemaIndex.Declared<EntityType>) -> PrimaryKey {
        let lineage = schema.index.lineage(of: type).map(\.element)
        let parts = schema.index.key(of: type).map { key in
            let property = self.property(at: key.name, in: lineage)
            return PrimaryKey.Part(
                name: key.alias ?? key.name,
                path: key.name,
                type: property.map { columnType(of: $0.type) } ?? "Value"
            )
        }
        return PrimaryKey(parts: parts)
    }

    /// The property at a path that may lead through complex properties.
    func property(at path: String, in lineage: [any StructuredType]) -> Property? {
        let segments = path.split(separator: "/", maxSplits: 1)
        guard let first = segments.first,
            let property = lineage.lazy.flatMap(\.properties).last(where: { $0.name == first })
        else { return nil }
        guard segments.count == 2 else { return property }
        guard let complex = schema.index.complexType(named: property.type.name) else { return nil }
        return self.property(at: String(segments[1]), in: schema.index.lineage(of: complex).map(\.element))
    }
}
