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

    let schema: SelectedSchema
    let typeNames: TypeNames

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
    func target(of reference: TypeReference) -> String {
        guard let type = schema.index.entityType(named: reference.name), let name = typeNames[type.qualifiedName],
            !schema.index.key(of: type).isEmpty
        else { return "UntypedEntity" }
        return name
    }

    private func singleType(named name: String) -> SwiftType {
        switch schema.index.type(named: name) {
        case .primitive(let type)?:
            return TypeMapper.swiftType(of: type)
        case .definition(let definition)?:
            let primitive = PrimitiveType(rawValue: definition.element.underlyingType.name)
            return TypeMapper.swiftType(of: primitive ?? .untyped)
        case .entity(let type)?:
            guard let name = typeNames[type.qualifiedName], !schema.index.key(of: type).isEmpty else {
                return SwiftType(name: "UntypedEntity", kind: .entity, isGeneral: true)
            }
            return SwiftType(name: name, kind: .entity, isGeneral: type.element.isAbstract)
        case .complex(let type)?:
            guard let name = typeNames[type.qualifiedName] else { return SwiftType(name: "Record", kind: .record) }
            return SwiftType(name: name, kind: .complex)
        case .enumeration(let type)?:
            return SwiftType(name: typeNames[type.qualifiedName] ?? "Value", kind: .value)
        case nil:
            return SwiftType(name: "Value", kind: .value)
        }
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
