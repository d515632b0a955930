/// The options of a choice column, which the metadata document of Dataverse lacks.
public struct ChoiceSet: Sendable, Hashable {
    /// One option.
    public struct Option: Sendable, Hashable {
        /// The number that is stored and sent.
        public let value: Int
        /// What people read.
        public let label: String

        /// Makes an option.
        public init(value: Int, label: String) {
            self.value = value
            self.label = label
        }
    }

    /// The logical name of the table.
    public let table: String
    /// The logical name of the column.
    public let column: String
    /// The options.
    public let options: [Option]

    /// Makes the options of a column.
    public init(table: String, column: String, options: [Option]) {
        self.table = table
        self.column = column
        self.options = options
    }
}
