/// A type that declares columns: the rows of a table, or a complex type.
public protocol ColumnSource: Sendable {
    /// The declarations of the columns.
    associatedtype Columns: Sendable
    /// The declarations of the columns.
    static var columns: Columns { get }
}
