import CSDL
import Foundation
import SchemaDiff

/// Choices of columns, in a file with replies of the metadata API, as `fetch --option-sets` writes it.
///
/// The file holds one reply or an array of them. Columns say their table as `EntityLogicalName`, or are members of a
/// table's `Attributes`.
///
/// Source: Dataverse Web API, "Query table definitions using the Web API".
struct ChoiceSetsFile {
    private typealias Object = [String: Any]

    private let file: String
    private var sets: [ChoiceSet] = []
    private var problem: String?

    /// Reads a file.
    ///
    /// - Throws: `CommandFailure` where it is no JSON or has no choices of columns.
    static func read(_ path: String) throws(CommandFailure) -> [ChoiceSet] {
        let json: Any
        do {
            json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile || error.code == .fileNoSuchFile {
            throw .badInput(Diagnostic(.error, "there is no such file", file: path))
        } catch {
            throw .badInput(Diagnostic(.error, "the file is no JSON: \(error.localizedDescription)", file: path))
        }
        var reader = ChoiceSetsFile(file: path)
        reader.read(json, table: nil, depth: 0)
        if let problem = reader.problem { throw .badInput(Diagnostic(.error, problem, file: path)) }
        return reader.sets.sorted { ($0.table, $0.column) < ($1.table, $1.column) }
    }

    private init(file: String) { self.file = file }

    private mutating func read(_ value: Any, table: String?, depth: Int) {
        guard depth < 10, problem == nil else { return }
        if let elements = value as? [Any] {
            for element in elements { read(element, table: table, depth: depth + 1) }
            return
        }
        guard let object = value as? Object else {
            problem = "expected replies of the metadata API: objects with 'LogicalName' and 'Attributes'"
            return
        }
        if let name = object["LogicalName"] as? String, let attributes = object["Attributes"] {
            read(attributes, table: name, depth: depth + 1)
        } else if let column = object["LogicalName"] as? String {
            guard let options = options(object["OptionSet"]) ?? options(object["GlobalOptionSet"]) else { return }
            guard let table = object["EntityLogicalName"] as? String ?? table else {
                problem = "the column '\(column)' has no 'EntityLogicalName' that says its table"
                return
            }
            sets.append(ChoiceSet(table: table, column: column, options: options))
        } else if let replies = object["value"] {
            read(replies, table: object["EntityLogicalName"] as? String ?? table, depth: depth + 1)
        } else {
            problem = "expected replies of the metadata API: objects with 'LogicalName' and 'Attributes'"
        }
    }

    private func options(_ value: Any?) -> [ChoiceSet.Option]? {
        guard let set = value as? Object else { return nil }
        let options: [Any]
        if let listed = set["Options"] as? [Any] {
            options = listed
        } else {
            options = [set["FalseOption"], set["TrueOption"]].compactMap(\.self)
        }
        guard !options.isEmpty else { return nil }
        return options.compactMap { option in
            guard let option = option as? Object, let value = option["Value"] as? Int else { return nil }
            return ChoiceSet.Option(value: value, label: label(option["Label"]) ?? String(value))
        }
    }

    private func label(_ value: Any?) -> String? {
        if let text = value as? String { return text }
        guard let label = value as? Object else { return nil }
        if let text = (label["UserLocalizedLabel"] as? Object)?["Label"] as? String { return text }
        return (label["LocalizedLabels"] as? [Object])?.first?["Label"] as? String
    }
}
