/// A place or a shape: the Swift type of all `Edm.Geography…` and `Edm.Geometry…` types, as GeoJSON (RFC 7946).
public struct GeoJSON: ColumnValue {
    /// The GeoJSON object, as it came from the service.
    public var object: Record

    /// - Parameter object: a GeoJSON object, with its `type` and `coordinates`.
    public init(_ object: Record) { self.object = object }

    /// A point.
    ///
    /// - Parameters:
    ///   - longitude: degrees east, or the first coordinate of a geometry.
    ///   - latitude: degrees north, or the second coordinate.
    public static func point(longitude: Double, latitude: Double) -> GeoJSON {
        GeoJSON(["type": "Point", "coordinates": [.double(longitude), .double(latitude)]])
    }

    /// What shape it is, such as `Point`.
    public var type: String? { object["type"]?.stringValue }

    /// The coordinates of a point; `nil` for any other shape.
    public var point: (longitude: Double, latitude: Double)? {
        guard type == "Point", case .array(let coordinates)? = object["coordinates"], coordinates.count >= 2,
            let longitude = try? Double(json: coordinates[0]), let latitude = try? Double(json: coordinates[1])
        else { return nil }
        return (longitude, latitude)
    }

    /// Reads the text of a point: `SRID=4326;Point(longitude latitude)`.
    init?(text: String) {
        guard let opening = text.firstIndex(of: "("), text.last == ")",
            text[..<opening].lowercased().hasSuffix(";point")
        else { return nil }
        let numbers = text[text.index(after: opening)...].dropLast().split(separator: " ").map { Double(String($0)) }
        guard numbers.count >= 2, let longitude = numbers[0], let latitude = numbers[1] else { return nil }
        self = .point(longitude: longitude, latitude: latitude)
    }

    public init(json: Value) throws(ColumnValueError) {
        guard case .object(let object) = json else { throw ColumnValueError(expected: "a GeoJSON object", found: json) }
        self.object = object
    }

    public var json: Value { .object(object) }

    /// Points can be compared in URLs; other shapes are written as JSON.
    public var urlLiteral: String {
        guard let point else { return JSONWriter.string(from: json) }
        return "geography'SRID=4326;Point(\(point.longitude.urlLiteral) \(point.latitude.urlLiteral))'"
    }
}
