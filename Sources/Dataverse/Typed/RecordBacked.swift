/// A type that is a view of a record: a row, or a complex value.
public protocol RecordBacked: ColumnSource, Hashable {
    /// The values, and which of them were changed.
    var record: Record { get set }
    /// A value with this content.
    init(record: Record)
}
