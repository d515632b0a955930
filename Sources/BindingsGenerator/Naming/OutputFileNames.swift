// Shared with the build-tool plugin, which derives the names of its outputs with it: the standard library only.

/// The names of the generated files: one for each table or a fixed number of them, and fixed ones for what tables share.
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
    /// In a plugin, the tables that its plan has no file for.
    static let otherTables = "OtherTables.swift"

    /// The files that are always written.
    static let shared = [complexTypes, enumerations, operations]

    /// The file of each table; names that differ in case only are numbered, as not every file system tells them apart.
    ///
    /// - Parameter tables: Names of tables; the order does not matter, each counts once.
    static func files(forTables tables: [String]) -> [String: String] {
        var taken = Set((shared + [otherTables]).map { $0.lowercased() })
        var files: [String: String] = [:]
        for table in Set(tables).sorted() {
            let base = fitting(IdentifierWords(table).upperCamelCase)
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

    /// As much of a name as file systems take, which is 255 bytes with its extension and a number.
    private static func fitting(_ name: String) -> String {
        guard name.utf8.count > 200 else { return name }
        var fitting = ""
        for character in name where fitting.utf8.count + character.utf8.count <= 200 { fitting.append(character) }
        return fitting
    }

    /// The files that all tables are spread over: `Tables-1.swift` and so on. No table's own file has such a name.
    static func shards(_ count: Int) -> [String] {
        (1...max(1, count)).map { "Tables-\($0).swift" }
    }

    /// Whether a file is one of those that tables are spread over.
    static func isShard(_ name: String) -> Bool { name.hasPrefix("Tables-") }

    /// All files of a build with the plugin.
    static func planned(tables: [String], shards count: Int?) -> [String] {
        guard let count else { return files(forTables: tables).values.sorted() + [otherTables] + shared }
        return shards(count) + shared
    }
}
