// Shared with the build-tool plugin, which derives the names of its outputs with it: the standard library only.

/// The names of the generated files: one for each table, and fixed ones for what tables share.
///
/// A table's file depends on the names of the tables alone, not on the rest of the metadata, so that a build-tool
/// plugin can declare its outputs from a list of tables. Names have letters, digits and underscores only.
enum OutputFileNames {
    /// The enumerations and flags of all tables.
    static let enumerations = "Enumerations.swift"
    /// The complex types of all tables.
    static let complexTypes = "ComplexTypes.swift"
    /// The actions and functions that belong to no table.
    static let operations = "Operations.swift"

    /// The files that are always written.
    static let shared = [complexTypes, enumerations, operations]

    /// The file of each table; names that differ in case only are numbered, as not every file system tells them apart.
    ///
    /// - Parameter tables: Names of tables; the order does not matter, each counts once.
    static func files(forTables tables: [String]) -> [String: String] {
        var taken = Set(shared.map { $0.lowercased() })
        var files: [String: String] = [:]
        for table in Set(tables).sorted() {
            let base = IdentifierWords(table).upperCamelCase
            var name = base + ".swift"
            var number = 2
            while !taken.insert(name.lowercased()).inserted {
                name = "\(base)\(number).swift"
                number += 1
            }
            files[table] = name
        }
        return files
    }
}
