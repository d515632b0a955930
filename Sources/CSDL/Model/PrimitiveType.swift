/// The primitive types of the entity data model and its built-in abstract types (OData CSDL XML 4.01, sections 4.4, 4.5).
public enum PrimitiveType: String, Sendable, Hashable, CaseIterable {
    /// Bytes.
    case binary = "Edm.Binary"
    /// True or false.
    case boolean = "Edm.Boolean"
    /// A whole number of 8 bits, without a sign.
    case byte = "Edm.Byte"
    /// A day.
    case date = "Edm.Date"
    /// A point in time with an offset from UTC.
    case dateTimeOffset = "Edm.DateTimeOffset"
    /// An exact number.
    case decimal = "Edm.Decimal"
    /// A floating-point number of 64 bits.
    case double = "Edm.Double"
    /// A length of time.
    case duration = "Edm.Duration"
    /// A GUID.
    case guid = "Edm.Guid"
    /// A whole number of 16 bits.
    case int16 = "Edm.Int16"
    /// A whole number of 32 bits.
    case int32 = "Edm.Int32"
    /// A whole number of 64 bits.
    case int64 = "Edm.Int64"
    /// A whole number of 8 bits.
    case sbyte = "Edm.SByte"
    /// A floating-point number of 32 bits.
    case single = "Edm.Single"
    /// A stream of bytes that is read apart from its entity.
    case stream = "Edm.Stream"
    /// A text.
    case string = "Edm.String"
    /// A time of day.
    case timeOfDay = "Edm.TimeOfDay"
    /// Any shape on the earth.
    case geography = "Edm.Geography"
    /// A point on the earth.
    case geographyPoint = "Edm.GeographyPoint"
    /// A line on the earth.
    case geographyLineString = "Edm.GeographyLineString"
    /// An area on the earth.
    case geographyPolygon = "Edm.GeographyPolygon"
    /// Points on the earth.
    case geographyMultiPoint = "Edm.GeographyMultiPoint"
    /// Lines on the earth.
    case geographyMultiLineString = "Edm.GeographyMultiLineString"
    /// Areas on the earth.
    case geographyMultiPolygon = "Edm.GeographyMultiPolygon"
    /// Shapes on the earth.
    case geographyCollection = "Edm.GeographyCollection"
    /// Any shape on a plane.
    case geometry = "Edm.Geometry"
    /// A point on a plane.
    case geometryPoint = "Edm.GeometryPoint"
    /// A line on a plane.
    case geometryLineString = "Edm.GeometryLineString"
    /// An area on a plane.
    case geometryPolygon = "Edm.GeometryPolygon"
    /// Points on a plane.
    case geometryMultiPoint = "Edm.GeometryMultiPoint"
    /// Lines on a plane.
    case geometryMultiLineString = "Edm.GeometryMultiLineString"
    /// Areas on a plane.
    case geometryMultiPolygon = "Edm.GeometryMultiPolygon"
    /// Shapes on a plane.
    case geometryCollection = "Edm.GeometryCollection"
    /// Any primitive type.
    case primitiveType = "Edm.PrimitiveType"
    /// Any complex type.
    case complexType = "Edm.ComplexType"
    /// Any entity type.
    case entityType = "Edm.EntityType"
    /// Any type at all.
    case untyped = "Edm.Untyped"

    /// Whether values are GeoJSON objects.
    public var isSpatial: Bool { rawValue.hasPrefix("Edm.Geo") }
}
