/// How rows stand in a file.
public enum RowFormat: Sendable, Hashable {
    /// Comma-separated values with a header line (RFC 4180), in UTF-8.
    case csv(CSVOptions = CSVOptions())
    /// One JSON object in each line, in UTF-8.
    case jsonLines
}

/// How comma-separated values are read and written.
public struct CSVOptions: Sendable, Hashable {
    /// What the text of a column means.
    public enum ColumnType: Sendable, Hashable {
        /// Text.
        case text
        /// A number, as JSON writes it.
        case number
        /// `true` or `false`, in any case; or 1 or 0.
        case boolean
        /// Any JSON.
        case json
    }

    /// The columns to write, in order; when reading, the names of the columns, for a file without a header line.
    /// Empty takes the columns of the first row, or of the header line.
    public var columns: [String] = []
    /// The types of columns that are not text.
    public var types: [String: ColumnType] = [:]
    /// Whether the first line names the columns.
    public var hasHeader = true
    /// The character between two fields; an ASCII character.
    public var delimiter: Character = ","
    /// Whether a field with nothing in it, not even quotes, is null; otherwise the column is left out of the row.
    public var readsEmptyAsNull = true
    /// How many bytes a field may have, so that a missing quote does not fill the memory.
    public var maximumFieldSize = 16 << 20

    /// What is said above.
    public init() {}
}
