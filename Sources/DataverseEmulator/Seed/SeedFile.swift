import Foundation
import ODataCore

/// Rows to begin with, from a file.
///
/// A JSON file is an object with an array of rows for each entity set, as a request would send them:
/// `{"accounts": [{"name": "Contoso"}]}`. A CSV file has the rows of one table, after whose entity set or logical name
/// it is named (`accounts.csv`); its header has the names of columns, or `parentaccountid@odata.bind` for lookups. An
/// empty field leaves the column out.
public struct SeedFile: Sendable {
    /// The row of a file: what a request would send, and where it stands.
    struct Row: Sendable {
        let body: Body
        let place: String
    }

    enum Body: Sendable {
        case json(Record)
        /// Names of columns and texts, which become values by the types of the columns.
        case texts([(name: String, text: String)])
    }

    /// The rows by entity set, or logical name, in the order of the file.
    let tables: [(name: String, rows: [Row])]

    /// Reads a file.
    ///
    /// - Throws: ``SeedError`` if the file cannot be read, or is neither JSON nor CSV of this form.
    public init(file path: String) throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SeedError("\(path): the file cannot be read")
        }
        try self.init(Array(data), name: path)
    }

    /// Reads the contents of a file.
    ///
    /// - Parameters:
    ///   - bytes: The contents.
    ///   - name: The file's name: its ending says what the contents are.
    /// - Throws: ``SeedError`` if they are neither JSON nor CSV of this form.
    public init(_ bytes: [UInt8], name: String) throws {
        let url = URL(fileURLWithPath: name)
        switch url.pathExtension.lowercased() {
        case "json": tables = try Self.json(bytes, name)
        case "csv":
            tables = [(url.deletingPathExtension().lastPathComponent, try Self.csv(bytes, name))]
        default: throw SeedError("\(name): a file of rows ends in .json or .csv")
        }
    }

    private static func json(_ bytes: [UInt8], _ name: String) throws -> [(String, [Row])] {
        let value: Value
        do {
            value = try JSONReader.value(from: bytes)
        } catch {
            throw SeedError("\(name): the file is no JSON: \(error)")
        }
        guard let object = value.objectValue else {
            throw SeedError("\(name): the file must be an object with an array of rows for each entity set")
        }
        return try object.members.map { set, rows in
            guard let rows = rows.arrayValue else { throw SeedError("\(name): '\(set)' must be an array of rows") }
            return (
                set,
                try rows.enumerated().map { place, row in
                    guard let row = row.objectValue else { throw SeedError("\(name): \(set)[\(place)] is no object") }
                    return Row(body: .json(row), place: "\(name): \(set)[\(place)]")
                }
            )
        }
    }

    private static func csv(_ bytes: [UInt8], _ name: String) throws -> [Row] {
        let lines: [CSVReader.Line]
        do {
            lines = try CSVReader.lines(of: bytes)
        } catch {
            throw SeedError("\(name):\(error.line): \(error.reason)")
        }
        guard let header = lines.first else { throw SeedError("\(name): the file has no header line") }
        let names = header.fields.compactMap(\.self)
        guard names.count == header.fields.count, Set(names).count == names.count else {
            throw SeedError("\(name):\(header.number): a column has no name, or two have the same")
        }
        return try lines.dropFirst().map { line in
            guard line.fields.count == names.count else {
                throw SeedError(
                    "\(name):\(line.number): the line has \(line.fields.count) fields, the header \(names.count)"
                )
            }
            let values = zip(names, line.fields).compactMap { name, text in text.map { (name: name, text: $0) } }
            return Row(body: .texts(values), place: "\(name):\(line.number)")
        }
    }
}

/// Why rows cannot be seeded.
public struct SeedError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
