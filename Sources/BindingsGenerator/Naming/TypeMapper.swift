import CSDL

/// Translates types of the metadata to Swift types.
struct TypeMapper: Sendable {
    /// How a value of a type travels and is read.
    enum Kind: Sendable, Hashable {
        /// A primitive, an enumeration, or a collection of any of them or of complex values.
        case value
        /// A generated struct of a complex type.
        case complex
        /// A row.
        case entity
        /// Rows.
        case entities
        /// A complex value that nothing was generated for.
        case record
    }

    /// A Swift type.
    struct SwiftType: Sendable, Hashable {
        /// The type as it is written.
        let name: String
        /// How a value travels.
        let kind: Kind
        /// Whether it is an entity type of which there are only subtypes, or one that is not generated.
        var isGeneral = false
    }

    /// A generated row type.
    struct RowType: Sendable {
        /// The Swift name.
        let name: String
        /// The primary key; never empty.
        let key: PrimaryKey
    }

    let schema: SelectedSchema
    let typeNames: TypeNames
    /// The types by every name that a document may use.
    private var types: [String: SwiftType] = [:]
    /// The selected entity types with a key, by every name that a document may use.
    private var rows: [String: RowType] = [:]
    /// The tables that inherit from an abstract table with rows of its own kind of key, by its canonical name.
    private(set) var generalTypes: [String: [SchemaIndex.Declared<EntityType>]] = [:]

    init(schema: SelectedSchema, typeNames: TypeNames) {
        self.schema = schema
        self.typeNames = typeNames
        for type in PrimitiveType.allCases { types[type.rawValue] = TypeMapper.swiftType(of: type) }
        for type in schema.index.enumTypes {
            add(SwiftType(name: typeNames[type.qualifiedName] ?? "Value", kind: .value), type)
        }
        for type in schema.index.typeDefinitions {
            add(types[type.element.underlyingType.name] ?? SwiftType(name: "Value", kind: .value), type)
        }
        for type in schema.index.complexTypes {
            let name = typeNames[type.qualifiedName]
            add(SwiftType(name: name ?? "Record", kind: name == nil ? .record : .complex), type)
        }
        for type in schema.index.entityTypes {
            // Keys may have any of the types above.
            let key = primaryKey(of: type)
            guard let name = typeNames[type.qualifiedName] else {
                add(SwiftType(name: "UntypedEntity", kind: .entity, isGeneral: true), type)
                continue
            }
            let hasKey = !key.parts.isEmpty
            let rowName = hasKey ? name : "UntypedEntity"
            add(SwiftType(name: rowName, kind: .entity, isGeneral: !hasKey || type.element.isAbstract), type)
            guard hasKey else { continue }
            let row = RowType(name: name, key: key)
            rows[type.qualifiedName] = row
            if let alias = type.aliasQualifiedName { rows[alias] = row }
        }
        for type in schema.entityTypes where !type.element.isAbstract {
            guard let row = rows[type.qualifiedName], row.key.typeName == "UUID",
                !schema.index.entitySets(ofType: type.qualifiedName).isEmpty
            else { continue }
            for ancestor in schema.index.lineage(of: type).dropLast() where ancestor.element.isAbstract {
                guard rows[ancestor.qualifiedName]?.key.typeName == "UUID" else { continue }
                generalTypes[ancestor.qualifiedName, default: []].append(type)
            }
        }
    }

    private mutating func add(_ type: SwiftType, _ declared: SchemaIndex.Declared<some Any>) {
        types[declared.qualifiedName] = type
        if let alias = declared.aliasQualifiedName { types[alias] = type }
    }

    /// The row type of an entity type; `nil` where it is not selected or has no key.
    func row(named name: String) -> RowType? {
        rows[name] ?? rows[schema.index.canonicalName(name)]
    }

    /// The type of a column, parameter or result, without the question mark for null.
    func swiftType(of reference: TypeReference) -> SwiftType {
        let single = singleType(named: reference.name)
        guard reference.isCollection else { return single }
        let kind: Kind = single.kind == .entity ? .entities : .value
        return SwiftType(name: "[\(single.name)]", kind: kind, isGeneral: single.isGeneral)
    }

    /// The type of a column. A column of an entity type, which some services declare, holds a record.
    func columnType(of reference: TypeReference) -> String {
        let type = swiftType(of: reference)
        switch type.kind {
        case .entity: return "Record"
        case .entities: return "[Record]"
        case .value, .complex, .record: return type.name
        }
    }

    /// The row type that a navigation property leads to.
    func target(of reference: TypeReference) -> String { row(named: reference.name)?.name ?? "UntypedEntity" }

    private func singleType(named name: String) -> SwiftType {
        types[name] ?? types[schema.index.canonicalName(name)] ?? SwiftType(name: "Value", kind: .value)
    }

    private static func swiftType(of primitive: PrimitiveType) -> SwiftType {
        switch primitive {
        case .complexType: SwiftType(name: "Record", kind: .record)
        case .entityType: SwiftType(name: "UntypedEntity", kind: .entity, isGeneral: true)
        default: SwiftType(name: swiftName(of: primitive), kind: .value)
        }
    }

    private static func swiftName(of primitive: PrimitiveType) -> String {
        switch primitive {
        case .string: "String"
        case .boolean: "Bool"
        case .byte: "UInt8"
        case .sbyte: "Int8"
        case .int16: "Int16"
        case .int32: "Int32"
        case .int64: "Int64"
        case .single: "Float"
        case .double: "Double"
        case .decimal: "Decimal"
        case .guid: "UUID"
        case .dateTimeOffset: "Date"
        case .date: "DateOnly"
        case .timeOfDay: "TimeOfDay"
        case .duration: "Duration"
        case .binary: "Data"
        case .stream: "StreamReference"
        case .untyped, .primitiveType, .complexType, .entityType: "Value"
        case .geography, .geographyPoint, .geographyLineString, .geographyPolygon, .geographyMultiPoint,
            .geographyMultiLineString, .geographyMultiPolygon, .geographyCollection, .geometry, .geometryPoint,
            .geometryLineString, .geometryPolygon, .geometryMultiPoint, .geometryMultiLineString,
            .geometryMultiPolygon, .geometryCollection:
            "GeoJSON"
        }
    }
}
