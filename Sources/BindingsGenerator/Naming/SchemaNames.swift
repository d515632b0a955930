import CSDL
import Foundation

/// Reads the schema names of tables and columns, whose capitals show the words of run-together names.
///
/// The JSON is what the metadata API answers, in any shape: every object with a `LogicalName` and a `SchemaName` that
/// differ in capitals alone counts, be it of a table, of one of its columns or of a list of option sets.
public struct SchemaNames: Sendable, Hashable {
    /// Names with capitals, by the same in small letters.
    public private(set) var spellings: [String: String] = [:]

    /// Reads files; where two differ, the first counts.
    ///
    /// - Throws: ``GeneratorError`` where a file cannot be read or is not JSON.
    public init(contentsOfFiles paths: [String]) throws(GeneratorError) {
        for path in paths {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw GeneratorError(.badInput, [Diagnostic(.error, "there is no such file", file: path)])
            }
            do {
                add(try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]))
            } catch {
                throw GeneratorError(.badInput, [Diagnostic(.error, "the file is not JSON", file: path)])
            }
        }
    }

    private mutating func add(_ json: Any) {
        if let elements = json as? [Any] {
            for element in elements { add(element) }
        } else if let members = json as? [String: Any] {
            if let logicalName = members["LogicalName"] as? String, let schemaName = members["SchemaName"] as? String,
                logicalName == schemaName.lowercased(), spellings[logicalName] == nil
            {
                spellings[logicalName] = schemaName
            }
            // The order of members must not matter to what is generated.
            for name in members.keys.sorted() {
                if let value = members[name], value is [Any] || value is [String: Any] { add(value) }
            }
        }
    }
}
