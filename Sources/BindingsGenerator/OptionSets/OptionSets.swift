/// The options of choice columns, which CSDL does not have: it declares them as `Edm.Int32`.
struct OptionSets: Sendable, Hashable {
    /// An option.
    struct Option: Sendable, Hashable {
        let value: Int32
        /// The label; empty where there is none.
        let label: String
        /// What the option means, where the environment says.
        let description: String?
        /// The number of the state that a status belongs to.
        let state: Int32?
    }

    /// An option set.
    struct OptionSet: Sendable, Hashable {
        /// The name: unique for global option sets.
        let name: String
        /// Whether columns of several tables may share it.
        let isGlobal: Bool
        let displayName: String?
        let description: String?
        let options: [Option]
    }

    /// What a column has.
    enum Column: Sendable, Hashable {
        /// One option, or several.
        case options(OptionSet)
        /// The labels of the two values.
        case boolean(whenTrue: String, whenFalse: String)
    }

    /// The columns by table and name, both in lower case.
    var columns: [String: [String: Column]] = [:]
    /// The files they were read from, for diagnostics.
    var files: [String] = []

    /// The column of the first of several tables that has it.
    func column(_ name: String, of tables: [String]) -> Column? {
        guard !columns.isEmpty else { return nil }
        for table in tables {
            if let column = columns[table.lowercased()]?[name.lowercased()] { return column }
        }
        return nil
    }
}
