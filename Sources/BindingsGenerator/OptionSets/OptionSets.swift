/// The options of choice columns, which CSDL does not have: it declares them as `Edm.Int32`.
package struct OptionSets: Sendable, Hashable {
    /// An option.
    package struct Option: Sendable, Hashable {
        package let value: Int32
        /// The label; empty where there is none.
        package let label: String
        /// What the option means, where the environment says.
        package let description: String?
        /// The number of the state that a status belongs to.
        package let state: Int32?
    }

    /// An option set.
    package struct OptionSet: Sendable, Hashable {
        /// The name: unique for global option sets.
        package let name: String
        /// Whether columns of several tables may share it.
        package let isGlobal: Bool
        package let displayName: String?
        package let description: String?
        package let options: [Option]
    }

    /// What a column has.
    package enum Column: Sendable, Hashable {
        /// One option, or several.
        case options(OptionSet)
        /// The labels of the two values.
        case boolean(whenTrue: String, whenFalse: String)
    }

    /// The columns by table and name, both in lower case.
    package var columns: [String: [String: Column]] = [:]
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
