// Rows and complex values in an app's own storage.
extension ODataStructuredType {
    /// Reads a row that ``encode(to:)`` wrote: with the same columns, the same changes and the same ETag.
    public init(from decoder: any Decoder) throws { self.init(record: try Record(from: decoder)) }

    /// Writes the row for an app's own storage:
    /// `{"values": {"name": "Contoso", "revenue": null}, "changed": ["/name"]}`.
    ///
    /// Columns that are absent stay absent and null stays null; annotations such as the ETag and formatted values are
    /// kept. What is sent to a service is not made with it.
    public func encode(to encoder: any Encoder) throws { try record.encode(to: encoder) }
}
