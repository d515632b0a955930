/// A binary stream beside its row: the Swift type of `Edm.Stream`. The row holds links; the bytes are fetched apart.
///
/// Source: OData JSON Format 4.01, section 4.6.13.
public struct StreamReference: ColumnValue {
    /// The control information the service sent for the stream, or its inline value.
    public var content: Value

    public init(json: Value) { content = json }
    public var json: Value { content }
    public var urlLiteral: String { content.urlLiteral }
}
