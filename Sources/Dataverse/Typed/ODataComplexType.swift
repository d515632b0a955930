/// A generated struct for a complex type: a structured value without a key.
public protocol ODataComplexType: ODataStructuredType, ColumnValue {
    /// What the metadata says about the type.
    static var schema: ComplexSchema { get }
}

extension ODataComplexType {
    public init(json: Value) throws(ColumnValueError) { self.init(record: try Record(json: json)) }
    public var json: Value { .object(record) }
    public var urlLiteral: String { record.urlLiteral }
}

/// What the metadata says about a complex type.
public struct ComplexSchema: Sendable, Hashable {
    /// The qualified name of the type.
    public let typeName: String

    /// A description of a complex type, as generated code gives it.
    public init(typeName: String) { self.typeName = typeName }
}
